import CSolv
package import ReleaseModel

extension PackageUniverse {
  /// What could be installed now, but could not any more without `packages`
  /// (names of source packages), sorted by NEVRA; those packages aside.
  package func brokenPackages(without packages: Set<String>) throws -> [BrokenPackage] {
    try prepare()
    let leaving = ids(.release).filter { packages.contains(rpm($0).package) }
    let dependents = Set(dependents(of: leaving))
    return Self.sorted(
      try inEachState { asked in
        let candidates = newest(asked.filter(dependents.contains))
        let before = brokenAmong(candidates)
        let sound = candidates.filter { !before.contains($0) }
        guard !sound.isEmpty else { return [] }
        let present = leaving.filter(isConsidered)
        for id in present { csolv_map_clear(considered, id) }
        defer { for id in present { csolv_map_set(considered, id) } }
        return explained(brokenAmong(sound))
      } unusable: { _, _ in
        []
      })
  }

  /// RPMs of the release that need `ids`, directly or not.
  private func dependents(of ids: [Id]) -> [Id] {
    let requirers = cachedRequirers ?? allRequirers()
    cachedRequirers = requirers
    var seen = Set(ids)
    var found: [Id] = []
    var next = ids
    while let id = next.popLast() {
      for requirer in requirers[id] ?? [] where seen.insert(requirer).inserted {
        next.append(requirer)
        if role(requirer) == .release { found.append(requirer) }
      }
    }
    return found
  }

  /// By provider: who needs something that it provides.
  private func allRequirers() -> [Id: [Id]] {
    var requirers: [Id: [Id]] = [:]
    for index in roles.indices where roles[index] == .release || roles[index] == .base {
      let id = Id(index)
      for dependency in requirements(of: id) {
        for leaf in conditions(of: dependency) {
          for provider in providers(of: leaf) where provider != id {
            requirers[provider, default: []].append(id)
          }
        }
      }
    }
    return requirers
  }
}
