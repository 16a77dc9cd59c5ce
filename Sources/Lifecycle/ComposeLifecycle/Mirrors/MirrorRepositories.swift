package import ComposePolicy
package import ComposeStream
package import MirrorDocuments
package import ReleaseModel

extension StreamContext {
  /// Repositories of `tree` by the names that the policy gives them, as the stream had them
  /// for that release: binary ones first, each kind by architecture. None where the policy
  /// has no such names.
  package func mirrorRepositories(of tree: TreeName) -> [MirrorRepository] {
    let policy = policy.asOf(tree.release)
    guard let mirrors = policy.mirrors, let top = RelativePath(mirrors.manager.directory) else {
      return []
    }
    let layout = policy.repositories
    let plain = (false, layout.binary, layout.debug, layout.source)
    let modular = layout.modular.map { (true, $0.binary, $0.debug, $0.source) }
    var repositories: [MirrorRepository] = []
    for (isModular, binary, debug, source) in [plain] + [modular].compactMap({ $0 }) {
      let places: [(kind: RPMFile.Kind, arch: String, path: String)] =
        policy.arches.map { (.binary, $0.name, binary.filled(arch: $0)) }
        + policy.arches.map { (.debug, $0.name, debug.filled(arch: $0)) }
        + [(.source, Self.sources, source.filled())]
      for place in places {
        guard
          let name = mirrors.names.name(
            of: tree.release, in: tree.area, kind: place.kind, isModular: isModular),
          let path = RelativePath(place.path).map(tree.path.appending)
        else { continue }
        repositories.append(
          MirrorRepository(
            name: name.description, arch: place.arch, kind: place.kind, isModular: isModular,
            directory: top.appending(path), path: path))
      }
    }
    return repositories
  }

  /// MirrorManager's architecture of sources.
  private static var sources: String { "source" }

  /// All client names of the stream, each with the repositories that it stands for where its
  /// clients get `release`.
  package func clientNames(of release: ReleaseID) -> [ClientName] {
    guard let names = policy.mirrors?.names, let tree = servedTree(of: release) else { return [] }
    let repositories = mirrorRepositories(of: tree)
    var result: [ClientName] = []
    for isModular in [false, true] {
      for kind in [RPMFile.Kind.binary, .debug, .source] {
        let own = repositories.filter { $0.kind == kind && $0.isModular == isModular }
        if own.isEmpty { continue }
        for client in names.clients(of: kind, isModular: isModular, major: policy.major) {
          result.append(
            ClientName(
              name: client.name.description, mover: policy.ownMover(of: client.link),
              repositories: own))
        }
      }
    }
    return result
  }

  /// What the client names of the stream stand for while links lead as `linked` says; without
  /// those whose link leads nowhere yet.
  ///
  /// - Parameter mover: of those alone that go with this link, or with the leading release where
  ///   that is nil.
  package func redirects(
    of linked: LinkedReleases, movedBy mover: RelativePath?
  ) -> [Overlay.Redirect] {
    guard let release = linked.release(movedBy: mover) else { return [] }
    return clientNames(of: release).filter { $0.mover == mover }.compactMap { client in
      client.repositories.first.map { Overlay.Redirect(client: client.name, release: $0.name) }
    }
  }

  /// The tree of `release` that clients get by their names: where pushes go.
  package func servedTree(of release: ReleaseID) -> TreeName? { policy.tree(.updates, of: release) }
}

/// A name that clients ask for, and what they get by it.
package struct ClientName: Sendable {
  /// Such as `epel-7`.
  package let name: String
  /// The link with moments of its own that it goes with; nil for the leading release.
  package let mover: RelativePath?
  /// The repositories that it stands for.
  package let repositories: [MirrorRepository]
}
