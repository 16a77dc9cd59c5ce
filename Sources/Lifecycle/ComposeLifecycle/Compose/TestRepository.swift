import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import DocumentSigning
import Foundation
import ReleaseModel

/// The .repo file in staging by which testers use a release before it is
/// published.
struct TestRepository {
  let stream: StreamContext
  let release: ReleaseID
  /// Whether RPMs that no key of the policy signed are in it.
  var allowsUnsigned = false

  func writing() throws -> any Step {
    WriteDocument(
      root: stream.locations.staging, path: try path,
      contents: Array(try stream.templates.testRepository(try context()).utf8))
  }

  /// Throws what ``writing()`` would, and `cannotCreate` where something else has the name.
  func preflight() throws {
    _ = try writing()
    try requireReplaceable()
  }

  /// Throws `cannotCreate` where something else than a file has the name.
  func requireReplaceable() throws {
    try Preflight(stream: stream).requireReplaceable(path, below: stream.locations.staging)
  }

  func removing() throws -> any Step {
    RemoveDocument(root: stream.locations.staging, path: try path)
  }

  private var path: RelativePath {
    get throws { try RelativePath.of(stream.policy.testRepositoryName(of: release)) }
  }

  private func context() throws -> TestRepositoryFile {
    let policy = stream.policy
    // Below --root nothing is served: clients read the files themselves.
    let base =
      stream.locations.prefix.isEmpty
      ? policy.urls.staging ?? Self.url(of: stream.locations.staging)
      : Self.url(of: stream.locations.staging)
    guard let tree = policy.tree(.updates, of: release) else {
      throw ComposeError(
        .badData, policy.stream, "it has no updates tree", remedy: "Correct the policy")
    }
    let url = "\(base)/\(tree.path)"
    let basearch = Architecture("$basearch")
    let layout = policy.repositories
    let id = "\(policy.stream)-\(release)-test"
    return TestRepositoryFile(
      stream: policy.stream, release: release, title: policy.title,
      keyURLs: allowsUnsigned ? [] : stream.keyFiles.map(Self.url),
      metadataKeyURL: stream.signer.map { Self.url(of: $0.publicKeyFile) },
      repositories: [
        .init(
          id: id, name: "\(policy.title): \(release), test",
          baseURL: "\(url)/\(layout.binary.filled(arch: basearch))", isEnabled: true),
        .init(
          id: "\(id)-debuginfo", name: "\(policy.title): \(release), test, debug",
          baseURL: "\(url)/\(layout.debug.filled(arch: basearch))", isEnabled: false),
        .init(
          id: "\(id)-source", name: "\(policy.title): \(release), test, source",
          baseURL: "\(url)/\(layout.source.filled())", isEnabled: false),
      ])
  }

  /// `path` as a URL: a space in a directory's name would end it in a .repo
  /// file.
  private static func url(of path: String) -> String {
    URL(fileURLWithPath: path, isDirectory: false).absoluteString
  }
}
