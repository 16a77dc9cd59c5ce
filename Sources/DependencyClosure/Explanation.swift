import CSolv
import ReleaseModel

/// Says why solvables of a ``BrokenSet`` cannot be installed.
struct Explanation {
  private let universe: PackageUniverse
  private let broken: BrokenSet

  init(of universe: PackageUniverse, broken: BrokenSet) {
    self.universe = universe
    self.broken = broken
  }

  func brokenPackage(_ id: Id) -> BrokenPackage {
    var seen: Set<Id> = []
    return BrokenPackage(
      rpm: universe.rpm(id), cause: cause(of: id),
      missing: universe.sorted(missing(for: id, &seen)))
  }

  private func cause(of id: Id) -> BrokenPackage.Cause {
    switch broken.reasons[id] {
    case .requirement(let requirement)?:
      let providers = universe.providers(of: requirement)
      let culprit = providers.filter { universe.isConsidered($0) && $0 != id }
        .min { universe.rpm($0).nevra.description < universe.rpm($1).nevra.description }
      let text = universe.text(of: requirement)
      guard let culprit else {
        return .unprovided(requirement: text, formerly: universe.sorted(providers))
      }
      return .needsBroken(
        requirement: text, provider: universe.rpm(culprit), because: cause(of: culprit))
    case .conflict(let rules)?: return .conflict(rules.map(\.text))
    case nil: return .conflict([])
    }
  }

  /// What had to be there for `id` to be installable, along every chain.
  private func missing(for id: Id, _ seen: inout Set<Id>) -> Set<Id> {
    guard seen.insert(id).inserted else { return [] }
    var found: Set<Id> = []
    if case .conflict(let rules)? = broken.reasons[id] {
      for (_, source) in rules where source != id {
        if broken.contains(source) {
          found.formUnion(missing(for: source, &seen))
        } else if !universe.isConsidered(source) {
          found.insert(source)
        }
      }
    }
    for requirement in universe.failingRequirements(of: id, broken) {
      let providers = universe.providers(of: requirement)
      let present = providers.filter(universe.isConsidered)
      if present.isEmpty { found.formUnion(providers) }
      for provider in present { found.formUnion(missing(for: provider, &seen)) }
    }
    return found
  }
}
