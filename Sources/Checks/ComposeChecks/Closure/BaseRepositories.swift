import ComposePolicy
import ComposeStream
package import ComposeTrees
import DependencyClosure
import DurableFiles
import HeaderCache
package import PackageLibrary
package import ReleaseModel
import RepoMetadata

/// The repositories that users have beside ours, as the policy names them.
struct BaseRepositories {
  let stream: StreamContext

  /// Adds those of `arch` at the minor release of `release` to `universe`.
  ///
  /// Throws `noInput` where one is not there, `unavailable` where its server does
  /// not answer, `badData` where it is damaged: without it the check would
  /// resolve dependencies for another system than the policy describes.
  func add(to universe: PackageUniverse, _ arch: Architecture, for release: ReleaseID) throws {
    try documents(of: arch, for: release).add(to: universe, store: stream.library)
  }

  /// Those of one architecture, opened.
  struct Opened {
    fileprivate let repositories: [(label: String, documents: RepositoryDocuments)]

    /// Adds them to `universe`.
    func add(to universe: PackageUniverse, store: PackageLibrary) throws {
      for (label, documents) in repositories {
        try universe.add(documents, as: .base, label: label, store: store, isLasting: true)
      }
    }

    /// What identifies all that a closure reads of each; nil for one that does not say.
    var identities: [String?] {
      repositories.map { $0.documents.closureIdentity(as: "base \($0.label)") }
    }
  }

  /// Throws as ``add(to:_:for:)`` does.
  func documents(of arch: Architecture, for release: ReleaseID) throws -> Opened {
    var opened: [(String, RepositoryDocuments)] = []
    try forEach(of: arch, for: release) { base, documents in
      opened.append(("\(base.id) (\(arch))", documents))
    }
    return Opened(repositories: opened)
  }

  /// What users can install from them, and their groups and modules.
  func offers(for release: ReleaseID) throws -> BaseOffers {
    let offers = try Concurrently.map(stream.policy.arches) { arch -> BaseOffers in
      try Interruption.check(remaining: "reading the base repositories")
      let universe = try PackageUniverse(
        arch: arch, assumesExternals: false, platform: stream.policy.modulePlatform)
      var offers = BaseOffers()
      try forEach(of: arch, for: release) { base, documents in
        try universe.add(
          documents, as: .base, label: "\(base.id) (\(arch))", store: stream.library,
          isLasting: true)
        offers.groups.formUnion(try documents.groups().map(\.id))
        offers.modules.formUnion(try documents.modules().streams.map(\.id))
      }
      offers.names = try universe.offeredNames(.base)
      return offers
    }
    return offers.reduce(into: BaseOffers()) { all, some in
      all.names.formUnion(some.names)
      all.groups.formUnion(some.groups)
      all.modules.formUnion(some.modules)
    }
  }

  /// Throws what ``add(to:_:for:)`` would, for all architectures, as far as the
  /// indexes tell.
  func requireThere(for release: ReleaseID) throws {
    for arch in stream.policy.arches { try forEach(of: arch, for: release) { _, _ in } }
  }

  /// Opens each; what is not there is told by the name that the policy gives
  /// it.
  private func forEach(
    of arch: Architecture, for release: ReleaseID,
    _ body: (BaseRepository, RepositoryDocuments) throws -> Void
  ) throws {
    for base in stream.policy.gate.base {
      let place = base.location.filled(release: release, arch: arch)
      do {
        try body(base, RepositoryDocuments(source(base, at: place), by: .others))
      } catch let error as ComposeError where error.kind == .noInput {
        throw ComposeError(
          .noInput, place.sanitizedForDisplay, "the base repository '\(base.id)' is not there",
          remedy: "Put it there, or correct 'base' of the policy")
      }
    }
  }

  /// The same for a client; how many packages they have is not its concern.
  func clientRepositories(_ arch: Architecture, for release: ReleaseID) -> [ClientRepository] {
    stream.policy.gate.base.map { base in
      let place = base.location.filled(release: release, arch: arch)
      return ClientRepository(
        id: "base-\(base.id)", place: base.isURL ? .url(place) : .directory(path(place)),
        packages: 0)
    }
  }

  private func path(_ place: String) -> String { stream.path(ofNamed: place) }

  private func source(
    _ base: BaseRepository, at place: String
  ) throws -> any RepositorySource {
    if base.isURL {
      guard let fetching = stream.fetching else {
        throw ComposeError(
          .unavailable, place, "nothing here can fetch it", remedy: "Name a path instead")
      }
      return ServerSource(label: place, fetching: fetching)
    }
    return DirectorySource(directory: try Directory.open(root: path(place)))
  }
}

extension PackageUniverse {
  /// Adds the packages of a repository.
  ///
  /// - Parameters:
  ///   - store: what was read before.
  ///   - isLasting: whether the repository is asked about often as it is: then it is kept as a
  ///     whole, not in parts.
  func add(
    _ documents: RepositoryDocuments, as role: Role, label: String, store: PackageLibrary,
    isLasting: Bool = false
  ) throws {
    // What is damaged is read, and then told.
    let isKnown = documents.isIntact(["primary"])
    let name: String? = isKnown ? documents.primaryFile.map { "primary \($0)" } : nil
    // Those of pushes are nearly the same each time.
    let parts: PrimaryContents.Parts? =
      isLasting ? nil : { try documents.primaryParts(by: store) }
    let contents = PrimaryContents(named: name, store: store, parts: parts) { body in
      guard let primary = try documents.document("primary") else {
        throw ComposeError(
          .badData, documents.label.sanitizedForDisplay,
          "its repomd.xml lists no primary metadata", remedy: "Make its metadata anew")
      }
      try primary.withDescriptor(body)
    }
    try add(
      contents,
      fileLists: { paths in try documents.owners(of: paths, by: store) }, as: role, label: label)
    // Of what users had, nothing is installed.
    if role == .release || role == .base { add(modules: try documents.modules(), as: role) }
  }
}

extension RepositoryDocuments {
  /// What it says of modules.
  func modules() throws -> ModuleDocument {
    try document("modules").map {
      try ModulesReader.document(in: $0, of: "\(label)/modules")
    } ?? .none
  }

  /// Its groups. Some repositories have them only compressed, under another name.
  func groups() throws -> [CompsGroup] {
    let types = repomd.records.map(\.type).filter { $0 == "group" || $0.hasPrefix("group_") }
    guard let type = types.first(where: { $0 == "group" }) ?? types.first,
      let opened = try document(type)
    else { return [] }
    return try CompsReader.groups(in: opened, of: "\(label)/\(type)")
  }
}

extension StreamContext {
  /// What the base repositories offer users of `release`; nil where the policy names
  /// none. Throws where one cannot be read.
  package func baseOffers(for release: ReleaseID) throws -> BaseOffers? {
    policy.gate.base.isEmpty ? nil : try BaseRepositories(stream: self).offers(for: release)
  }
}

extension PackageLibrary: SolvStore {
  /// What libsolv made of repositories at an earlier time.
  package func solvs(_ keys: [Checksum]) -> [[UInt8]?] { made(.solv, of: keys) }

  /// Keeps it for later runs, if there is a cache.
  package func keep(solv: [UInt8], as key: Checksum) { keep(solv, as: .solv, of: key) }
}
