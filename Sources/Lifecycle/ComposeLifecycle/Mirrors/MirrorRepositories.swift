import ComposePolicy
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

  /// Client names of the stream, each with the release name that it stands for while
  /// `release` is current, and the repositories of that name.
  package func clientNames(
    of release: ReleaseID
  ) -> [(client: String, repositories: [MirrorRepository])] {
    guard let names = policy.mirrors?.names, let tree = servedTree(of: release) else { return [] }
    let repositories = mirrorRepositories(of: tree)
    var result: [(client: String, repositories: [MirrorRepository])] = []
    for isModular in [false, true] {
      for kind in [RPMFile.Kind.binary, .debug, .source] {
        let own = repositories.filter { $0.kind == kind && $0.isModular == isModular }
        if own.isEmpty { continue }
        for client in names.clients(of: kind, isModular: isModular, major: policy.major) {
          result.append((client.description, own))
        }
      }
    }
    return result
  }

  /// The tree of `release` that clients get by their names: where pushes go.
  package func servedTree(of release: ReleaseID) -> TreeName? { policy.tree(.updates, of: release) }
}
