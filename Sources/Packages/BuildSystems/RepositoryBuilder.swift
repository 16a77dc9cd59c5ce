package import DurableFiles
package import ReleaseModel

/// A build system whose builders can make repositories, so that the machine
/// that composes need not.
package protocol RepositoryBuilder: Sendable {
  /// Has repositories made of what is in `tag`, and waits for them.
  ///
  /// Throws `failed` where the builders could not; `unavailable`.
  ///
  /// - Parameters:
  ///   - arches: the architectures, and ``Architecture/src`` for sources.
  ///   - splitDebug: keep debug RPMs out of the repositories.
  func buildRepositories(
    of tag: String, arches: [Architecture], allowUnsigned: Bool, splitDebug: Bool
  ) throws -> BuiltRepositories
}

/// Repositories that builders made. Nothing in them is trusted: whoever
/// takes a file compares its checksum.
package struct BuiltRepositories: Sendable {
  /// What a person calls them, such as `repository 7 of task 12`.
  package let label: String
  let files: any TopDirectory
  let directory: RelativePath

  /// Hands `repodata/NAME` of an architecture's repository to `body`.
  ///
  /// Throws `failed` where there is no such file, and what `body` throws.
  package func withMetadata<Value>(
    _ name: String, of arch: Architecture, _ body: (ReadableFile) throws -> Value
  ) throws -> Value {
    let path = try directory.appending(RelativePath.of("\(arch)/repodata/\(name)"))
    let value = try files.withFile(path) { path, descriptor in
      try body(
        descriptor.map { try ReadableFile(openedAs: $0, path: path) } ?? ReadableFile(path: path))
    }
    guard let value else {
      throw ComposeError(
        .failed, "\(files.label)/\(path)", "\(label) lacks it",
        remedy: "Look at the task in the hub; is 'koji.topdir' of the policy the same hub's?")
    }
    return value
  }
}
