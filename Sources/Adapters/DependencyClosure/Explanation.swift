import CSolv
import ReleaseModel

/// Says why solvables of a ``BrokenSet`` cannot be installed.
struct Explanation {
  private let universe: PackageUniverse
  private let broken: BrokenSet
  private let missing: [Id: Set<Id>]
  private var causes: [Id: BrokenPackage.Cause] = [:]

  init(of universe: PackageUniverse, broken: BrokenSet) {
    self.universe = universe
    self.broken = broken
    missing = Self.missing(universe, broken)
    // In their order: what an RPM needs broke before it. One by one, not by recursion:
    // a chain may be as long as there are packages.
    for id in broken.order { causes[id] = cause(of: id) }
  }

  func brokenPackage(_ id: Id) -> BrokenPackage {
    BrokenPackage(
      rpm: universe.rpm(id), cause: causes[id] ?? .conflict([]),
      missing: universe.sorted(missing[id] ?? []))
  }

  private func cause(of id: Id) -> BrokenPackage.Cause {
    switch broken.reasons[id] {
    case .requirement(let requirement)?:
      let providers = universe.conditions(of: requirement).flatMap(universe.providers)
      let culprit = providers.filter { universe.isConsidered($0) && $0 != id }
        .min { universe.rpm($0).nevra.description < universe.rpm($1).nevra.description }
      let text = universe.text(of: requirement)
      guard let culprit else {
        let hidden = universe.sorted(providers.filter { universe.hidden[$0] != nil })
        if let first = hidden.first,
          let id = providers.first(where: {
            universe.rpm($0) == first && universe.hidden[$0] != nil
          }),
          let hiding = universe.hidden[id]
        {
          return .hidden(requirement: text, rpm: first, hiding)
        }
        return .unprovided(requirement: text, formerly: universe.sorted(providers))
      }
      return .needsBroken(
        requirement: text, provider: universe.rpm(culprit),
        because: causes[culprit] ?? .conflict([]))
    case .conflict(let texts, _)?: return .conflict(texts)
    case nil: return .conflict([])
    }
  }

  /// By solvable: what is missing for it to be installable, directly or through
  /// what it needs. What one lacks is added to all that need it until nothing
  /// changes, because dependencies can form cycles.
  private static func missing(
    _ universe: PackageUniverse, _ broken: BrokenSet
  ) -> [Id: Set<Id>] {
    var found: [Id: Set<Id>] = [:]
    var needs: [Id: [Id]] = [:]
    for id in broken.order {
      let links = Self.links(of: id, universe, broken)
      found[id] = links.gone
      needs[id] = links.broken
    }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for id in broken.order {
        let before = found[id] ?? []
        let after = (needs[id] ?? []).reduce(into: before) { $0.formUnion(found[$1] ?? []) }
        if after.count > before.count {
          found[id] = after
          hasChanged = true
        }
      }
    }
    return found
  }

  /// What `id` lacks itself, and the broken ones that it needs.
  private static func links(
    of id: Id, _ universe: PackageUniverse, _ broken: BrokenSet
  ) -> (gone: Set<Id>, broken: [Id]) {
    var gone: Set<Id> = []
    var others: Set<Id> = []
    func note(_ providers: [Id]) {
      let present = providers.filter(universe.isConsidered)
      if present.isEmpty { gone.formUnion(providers.filter { universe.hidden[$0] == nil }) }
      others.formUnion(present)
    }
    switch broken.reasons[id] {
    case .requirement(let requirement)? where universe.isRich(requirement):
      note(universe.conditions(of: requirement).flatMap(universe.providers))
    case .conflict(_, let sources)?:
      for source in sources {
        if broken.contains(source) {
          others.insert(source)
        } else if !universe.isConsidered(source), universe.hidden[source] == nil {
          gone.insert(source)
        }
      }
    default: break
    }
    for requirement in universe.failingRequirements(of: id, broken) {
      note(universe.providers(of: requirement))
    }
    return (gone, others.subtracting([id]).sorted())
  }
}
