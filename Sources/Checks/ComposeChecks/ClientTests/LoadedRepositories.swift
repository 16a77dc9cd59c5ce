import ComposePolicy
import ComposeTrees
import Digests
import DurableFiles
import HeaderCache
import PackageLibrary
import ReleaseModel
import RepoMetadata

/// Which repositories clients have loaded: a client that has loaded one need not do it again, as
/// long as it is the same client, and the repository has the same bytes. Only success is
/// remembered.
struct LoadedRepositories {
  private let library: PackageLibrary
  private let asks: Bool

  /// - Parameter asks: whether what earlier runs have remembered counts.
  init(library: PackageLibrary, asks: Bool) {
    self.library = library
    self.asks = asks
  }

  /// The same clients with what each has to load: of repositories with the same contents, one;
  /// those of source packages, which are the same on every architecture, by the first client of
  /// a kind. Clients with nothing to load are left out.
  func new(for clients: [RehearsingClient]) -> [RehearsingClient] {
    var seen: Set<Checksum> = []
    return clients.compactMap { client in
      guard let version = InstalledClient.identity(of: client.name.program) else { return client }
      var loading = client
      loading.repositories = client.repositories.filter { repository in
        guard let key = key(repository, client, version) else { return true }
        return seen.insert(key).inserted && !(asks && library.made(.loaded, of: key) != nil)
      }
      return loading.repositories.isEmpty ? nil : loading
    }
  }

  /// Remembers that these clients have loaded all that they had.
  func remember(_ clients: [RehearsingClient]) {
    for client in clients {
      guard let version = InstalledClient.identity(of: client.name.program) else { continue }
      for repository in client.repositories {
        guard let key = key(repository, client, version) else { continue }
        library.keep([1], as: .loaded, of: key)
      }
    }
  }

  /// Nil where nobody can tell what the repository has in it.
  private func key(
    _ repository: ClientRepository, _ client: RehearsingClient, _ version: String
  ) -> Checksum? {
    guard let contents = repository.contents else { return nil }
    let sources = Set(client.policy.repositories.sourcePaths.map(\.description))
    let isSource = sources.contains { repository.label.hasSuffix("/\($0)") }
    let words = [
      "loaded 1", version, isSource ? "sources" : client.arch.name,
      "\(client.policy.major) \(client.policy.modulePlatform)", "\(repository.packages)",
      contents.hex,
    ]
    return Checksum(of: Array(words.joined(separator: "\n").utf8))
  }

  /// Stands for all bytes that a client reads of a repository; nil where a file is not what
  /// repomd.xml says: then the client shall say what it makes of it.
  ///
  /// - Parameter key: file of the keys that its repomd.xml must be signed by; nil where it need
  ///   not be.
  static func contents(
    of repository: RelativePath, _ repomd: Repomd, in tree: Directory, signedBy key: String?
  ) throws -> Checksum? {
    let index = try tree.openFile(RepositoryMetadata.repomdPath(of: repository)).sha256()
    var words = ["repomd \(index)"]
    for record in repomd.records {
      let path = try repository.appending(RelativePath.of("repodata/\(record.fileName)"))
      guard try tree.status(of: path)?.kind == .file,
        try tree.openFile(path).sha256() == record.checksum
      else { return nil }
      words.append("\(record.type) \(record.checksum)")
    }
    if let key {
      words.append("key \(try ReadableFile(path: key).sha256())")
      for path in try RepositoryMetadata.signaturePaths(of: repository) {
        guard try tree.status(of: path)?.kind == .file else { return nil }
        words.append("signature \(try tree.openFile(path).sha256())")
      }
    }
    return Checksum(of: Array(words.joined(separator: "\n").utf8))
  }
}
