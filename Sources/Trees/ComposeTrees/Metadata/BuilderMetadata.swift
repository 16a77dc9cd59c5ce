package import BuildSystems
package import ComposePolicy
import ComposeStream
package import DurableFiles
package import ReleaseModel
package import RepoMetadata

/// Copies metadata that builders of the build system made into a tree: the data files as they
/// are, if they list exactly the RPMs of the tree. The index is always
/// written here, so that its revision never goes back.
package struct BuilderMetadata {
  let made: BuiltRepositories
  let tree: Directory
  let settings: Policy.MetadataPolicy

  /// - Parameter settings: compression that the policy asks for; builders may
  ///   have used another.
  package init(made: BuiltRepositories, tree: Directory, settings: Policy.MetadataPolicy) {
    self.made = made
    self.tree = tree
    self.settings = settings
  }

  /// - Parameter files: what the repository has, with checksums.
  package func take(
    _ arch: Architecture, into repository: RelativePath, listing files: [RelativePath: Checksum]
  ) throws -> [MetadataRecord] {
    let repomd = try made.withMetadata("repomd.xml", of: arch) { file in
      try file.withDescriptor { try Repomd(path: file.path, openedAs: $0) }
    }
    let directory = try tree.makeDirectories(
      repository.appending(RelativePath.of("repodata")), durably: false)
    return try MetadataKind.allCases.map { kind in
      guard let record = repomd.records.first(where: { $0.type == kind.rawValue }) else {
        throw unusable(arch, "its repomd.xml lists no \(kind.rawValue)")
      }
      let suffix = settings.compression == .zstd ? "zst" : settings.compression.rawValue
      guard record.fileName.hasSuffix(".xml.\(suffix)") else {
        throw unusable(
          arch, "\(record.fileName) is not compressed by \(settings.compression.rawValue)")
      }
      return try made.withMetadata(record.fileName, of: arch) { file in
        if kind == .primary {
          let listed = try file.withDescriptor {
            try PrimaryReader.packages(
              in: file.path, openedAs: $0, openChecksum: record.openChecksum)
          }
          try compare(listed, with: files, arch)
        }
        return try copy(file, as: record, of: kind, into: directory)
      }
    }
  }

  private func compare(
    _ listed: [ListedPackage], with files: [RelativePath: Checksum], _ arch: Architecture
  ) throws {
    let theirs = Dictionary(listed.map { ($0.location, $0.sha256) }) { first, _ in first }
    let lacking = files.keys.filter { theirs[$0] == nil }.sorted()
    let strange = theirs.keys.filter { files[$0] == nil }.sorted()
    let different = files.keys.filter { theirs[$0] != nil && theirs[$0] != files[$0] }.sorted()
    let cause =
      lacking.first.map { "it lacks \($0.name)" } ?? strange.first.map { "it lists \($0.name) too" }
      ?? different.first.map { "its \($0.name) has other contents" }
    let count = lacking.count + strange.count + different.count
    if let cause {
      throw unusable(arch, cause + (count > 1 ? "; \(count - 1) more RPMs differ" : ""))
    }
  }

  /// Copies a data file under a name of our own, if it is what repomd.xml says:
  /// the hub's own file is never linked, because the hub could still write to it.
  private func copy(
    _ file: ReadableFile, as record: MetadataRecord, of kind: MetadataKind,
    into directory: Directory
  ) throws -> MetadataRecord {
    let suffix = record.fileName.split(separator: ".").last.map { ".\($0)" } ?? ""
    let name = "\(record.checksum)-\(kind.rawValue).xml\(suffix)"
    let temporary = Directory.temporaryPrefix + kind.rawValue
    try directory.removeFile(temporary)
    let target = try directory.createFile(temporary)
    try file.forEachChunk { try target.write($0) }
    guard try directory.openFile(RelativePath.of(temporary)).sha256() == record.checksum else {
      try directory.removeFile(temporary)
      throw ComposeError(
        .badData, file.path.sanitizedForDisplay, "it is not what its repomd.xml says",
        remedy: "Look at the hub's disk, then compose again")
    }
    try directory.replace(name, with: temporary)
    return MetadataRecord(
      type: record.type, fileName: name, checksum: record.checksum,
      openChecksum: record.openChecksum, size: record.size, openSize: record.openSize)
  }

  private func unusable(_ arch: Architecture, _ cause: String) -> ComposeError {
    ComposeError(
      .failed, "\(made.label), \(arch)", cause,
      remedy: "Find out who else changes the tag, or set 'metadata: here' in the policy")
  }
}
