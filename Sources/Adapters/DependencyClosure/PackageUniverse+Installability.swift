import CSolv
package import ReleaseModel

extension PackageUniverse {
  /// Every RPM of the release that nobody could install, sorted by NEVRA: of
  /// several versions of one, the newest. Older ones stay for downgrades; they
  /// can satisfy dependencies of others, but a broken one cannot be repaired
  /// any more, so it is not reported.
  package func brokenPackages() throws -> [BrokenPackage] {
    try prepare()
    let unreachable = hiddenForGood()
    let broken = try inEachState {
      explained(brokenAmong(newest($0)))
    } unusable: {
      unusable($0, newest($1))
    }
    return Self.sorted(unreachable + broken)
  }

  static func sorted(_ broken: [BrokenPackage]) -> [BrokenPackage] {
    broken.sorted { $0.rpm.nevra.description < $1.rpm.nevra.description }
  }

  /// The same as values with their reasons, sorted by NEVRA.
  func explained(_ broken: BrokenSet) -> [BrokenPackage] {
    let explanation = Explanation(of: self, broken: broken)
    return Self.sorted(broken.order.map { explanation.brokenPackage($0) })
  }

  /// Recommendations of the release that something fulfilled before.
  package func lostRecommendations() throws -> [LostRecommendation] {
    try prepare()
    return newest(ids(.release)).flatMap { id in
      recommendations(of: id).compactMap { dependency in
        guard !isRich(dependency) else { return nil }
        let providers = providers(of: dependency)
        guard !providers.isEmpty, providers.allSatisfy({ role($0) == .former }) else { return nil }
        return LostRecommendation(
          rpm: rpm(id), recommendation: text(of: dependency), formerly: sorted(providers))
      }
    }.sorted {
      ($0.rpm.nevra.description, $0.recommendation) < ($1.rpm.nevra.description, $1.recommendation)
    }
  }

  /// What cannot be installed among `candidates`.
  ///
  /// Packages that need what nothing installable provides are found without the
  /// solver. The solver then gets all others at once as weak jobs, and installs
  /// as many as it can; the rest is given to it again until a run installs none.
  /// Only what then remains is tried one by one, so that most packages take part
  /// in a single run.
  func brokenAmong(_ candidates: [Id]) -> BrokenSet {
    var broken = BrokenSet()
    var rest = settle(candidates, &broken)
    while !rest.isEmpty {
      guard let run = SolverRun(pool, installing: rest, isWeak: true) else { break }
      let refused = rest.filter { !run.installs($0) }
      if refused.count == rest.count { break }
      rest = refused
    }
    for id in rest where !broken.contains(id) {
      guard let run = SolverRun(pool, installing: [id], isWeak: false), !run.isSolved else {
        continue
      }
      broken.insert(id, reason(id, run.reasons))
      // Packages that need this one are broken as well, and need no run of their
      // own.
      _ = settle(rest.filter { !broken.contains($0) }, &broken)
    }
    return broken
  }

  /// Adds to `broken` what has a plain requirement that nothing installable
  /// provides, until there is none; returns the others.
  private func settle(_ candidates: [Id], _ broken: inout BrokenSet) -> [Id] {
    var rest = candidates
    var isSettled = false
    while !isSettled {
      isSettled = true
      rest.removeAll { id in
        guard let requirement = failingRequirement(of: id, broken) else { return false }
        broken.insert(id, .requirement(requirement))
        isSettled = false
        return true
      }
    }
    return rest
  }

  /// Why the solver could not install `id`: where nothing excludes anything, a
  /// rich dependency failed like a plain one.
  private func reason(_ id: Id, _ rules: [SolverRun.Reason]) -> BrokenSet.Reason {
    let requirement = rules.first { $0.kind == .requirement && $0.source == id }?.dependency
    if let requirement, isRich(requirement), !rules.contains(where: { $0.kind == .exclusion }),
      !conditions(of: requirement).flatMap(providers).contains(where: isConsidered)
    {
      return .requirement(requirement)
    }
    // A rule about a missing package is skipped: the rule of the package that
    // needs it says more.
    let telling = rules.filter { $0.kind != .absence }
    let texts = (telling.isEmpty ? rules : telling).map(\.text)
    return .conflict(
      Set(texts).sorted(), about: Set(rules.map(\.source)).subtracting([id]).sorted())
  }

  /// A plain requirement that nothing installable provides: if there are
  /// several, one that something provided before.
  private func failingRequirement(of id: Id, _ broken: BrokenSet) -> Id? {
    let failing = failingRequirements(of: id, broken)
    return failing.min { lhs, rhs in
      (rank(lhs), text(of: lhs)) < (rank(rhs), text(of: rhs))
    }
  }

  func failingRequirements(of id: Id, _ broken: BrokenSet) -> [Id] {
    requirements(of: id).filter { requirement in
      !isRich(requirement) && !hasProvider(requirement) { !broken.contains($0) }
    }
  }

  private func rank(_ requirement: Id) -> Int {
    let providers = providers(of: requirement)
    if providers.contains(where: isConsidered) { return 2 }
    return providers.isEmpty ? 1 : 0
  }
}

/// Solvables that cannot be installed, in the order in which they were found:
/// each one's reason refers only to those before it.
struct BrokenSet {
  enum Reason {
    case requirement(Id)
    /// In the solver's words, sorted; and the other solvables in it.
    case conflict([String], about: [Id])
  }

  private(set) var order: [Id] = []
  private(set) var reasons: [Id: Reason] = [:]

  mutating func insert(_ id: Id, _ reason: Reason) {
    order.append(id)
    reasons[id] = reason
  }

  func contains(_ id: Id) -> Bool { reasons[id] != nil }
}
