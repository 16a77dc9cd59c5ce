package import ReleaseModel

/// Says what breaks, and why, as dnf's users know it.
package struct BreakageText: Sendable {
  private let removed: RemovedPackages
  private let arches: Int

  /// - Parameter arches: how many architectures there are: what breaks on all
  ///   of them names none.
  package init(_ removed: RemovedPackages, arches: Int) {
    self.removed = removed
    self.arches = arches
  }

  // MARK: Sentences

  /// Such as `iota-1.0-1 needs gamma >= 1.0, which only gamma-1.0-1 provided;
  /// gamma is retired: upstream is gone`.
  func sentence(_ broken: BrokenPackage) -> String {
    "\(Self.name(broken.rpm)) \(clause(broken.cause))"
  }

  private func clause(_ cause: BrokenPackage.Cause) -> String {
    switch cause {
    case .unprovided(let requirement, let formerly):
      guard !formerly.isEmpty else { return "needs \(requirement), which nothing provides" }
      return "needs \(requirement), which only \(Self.list(Self.names(formerly))) provided; "
        + removed.clauses(formerly)
    case .needsBroken(let requirement, let provider, let because):
      // A long chain is told by its two ends.
      let (last, cause) = Self.end(of: provider, because)
      return "needs \(requirement), but \(Self.name(provider)) cannot be installed: "
        + "\(Self.name(last)) \(clause(cause))"
    case .conflict(let reasons):
      return "cannot be installed: "
        + (reasons.isEmpty ? "the solver gives no reason" : reasons.joined(separator: "; "))
    case .hidden(let requirement, let rpm, let hiding):
      guard let requirement else { return "is hidden from clients: \(Self.why(hiding))" }
      return "needs \(requirement), which only \(Self.name(rpm)) has, hidden from clients: "
        + Self.why(hiding)
    }
  }

  private static func why(_ hiding: BrokenPackage.Hiding) -> String {
    switch hiding {
    case .notEnabled(let stream): "the module stream \(stream) is not the default"
    case .behind(let stream): "the module stream \(stream), which they use, has one of its names"
    }
  }

  /// What is wrong at the end of a chain, and with which RPM.
  private static func end(
    of provider: BinaryPackage, _ cause: BrokenPackage.Cause
  ) -> (BinaryPackage, BrokenPackage.Cause) {
    var (last, cause) = (provider, cause)
    while case .needsBroken(_, let next, let because) = cause { (last, cause) = (next, because) }
    return (last, cause)
  }

  private static func name(_ rpm: BinaryPackage) -> String {
    "\(rpm.nevra.name)-\(rpm.nevra.evr)"
  }

  private static func names(_ rpms: [BinaryPackage]) -> [String] {
    rpms.map(name).reduce(into: []) { names, name in
      if names.last != name { names.append(name) }
    }
  }

  static func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  // MARK: Findings

  /// One finding for each RPM and reason, the architectures together.
  ///
  /// - Parameter apart: architectures that have findings of their own, by
  ///   package; see ``GatePolicy/archesApart(for:in:)``.
  package func findings(
    _ broken: [Architecture: [BrokenPackage]], apart: [String: Set<Architecture>] = [:]
  ) -> [Finding] {
    grouped(broken, apart: apart) { sentence($0) }.map { group in
      Finding(
        code: Self.code(group.first.cause), message: group.message,
        remedy: remedy(group.first), package: group.first.rpm.package, rpms: group.rpms,
        arches: group.arches, removals: removed.removals(group.first.missing).nonEmpty)
    }
  }

  /// One finding for each recommendation that nothing fulfils any more.
  package func findings(lost: [Architecture: [LostRecommendation]]) -> [Finding] {
    grouped(lost) { lost in
      return "\(Self.name(lost.rpm)) recommends \(lost.recommendation), which only "
        + "\(Self.list(Self.names(lost.formerly))) provided; "
        + removed.clauses(lost.formerly)
    }.map { group in
      Finding(
        code: "lost-recommendation", message: group.message,
        remedy: "It can be installed all the same; tell its packager",
        package: group.first.rpm.package, rpms: group.rpms, arches: group.arches,
        removals: removed.removals(group.first.formerly).nonEmpty)
    }
  }

  /// Codes of packages that cannot be installed.
  package static let codes: Set<String> = [
    "newly-broken", "not-installable", "needs-broken", "conflict", "hidden-by-module",
  ]

  private static func code(_ cause: BrokenPackage.Cause) -> String {
    switch cause {
    case .unprovided(_, let formerly): formerly.isEmpty ? "not-installable" : "newly-broken"
    case .needsBroken: "needs-broken"
    case .conflict: "conflict"
    case .hidden: "hidden-by-module"
    }
  }

  private func remedy(_ broken: BrokenPackage) -> String {
    let package = broken.rpm.package
    switch broken.cause {
    case .unprovided(_, let formerly) where !formerly.isEmpty:
      return "Rebuild \(package) without it, retire \(package) as well, or "
        + removed.wayBack(formerly)
    case .unprovided:
      return "Rebuild \(package), or name the repository that has it in 'base' of the policy"
    case .needsBroken(_, let provider, _):
      return "Mend \(provider.package) first"
    case .conflict:
      return "Rebuild what does not fit together"
    case .hidden:
      return
        "Put \(package) into that module stream, build it without what the stream has, or make "
        + "another stream the default"
    }
  }

  private struct Group<Item> {
    let message: String
    let first: Item
    let rpms: [String]
    /// Nil where it is about all of them.
    let arches: [Architecture]?
  }

  /// What items have in common that become one.
  private struct GroupKey: Hashable {
    let message: String
    /// Of one that stands apart.
    let arch: Architecture?
  }

  /// Items of all architectures with one message become one, but for those that
  /// stand apart.
  private func grouped<Item: RPMHolding>(
    _ items: [Architecture: [Item]], apart: [String: Set<Architecture>] = [:],
    _ sentence: (Item) -> String
  ) -> [Group<Item>] {
    var order: [GroupKey] = []
    var groups: [GroupKey: (first: Item, rpms: Set<String>, arches: Set<Architecture>)] = [:]
    for (arch, items) in items.sorted(by: { $0.key < $1.key }) {
      for item in items {
        let standsApart = apart[item.rpm.package]?.contains(arch) == true
        let key = GroupKey(message: sentence(item), arch: standsApart ? arch : nil)
        if groups[key] == nil { order.append(key) }
        var group = groups[key] ?? (item, [], [])
        group.rpms.insert(item.rpm.nevra.description)
        group.arches.insert(arch)
        groups[key] = group
      }
    }
    return order.compactMap { key in
      groups[key].map { group in
        let arches = group.arches.sorted()
        let names = arches.map(\.name).joined(separator: ", ")
        let isEverywhere = arches.count == self.arches
        return Group(
          message: isEverywhere ? key.message : "\(key.message) (on \(names))",
          first: group.first, rpms: group.rpms.sorted(),
          arches: isEverywhere && key.arch == nil ? nil : arches)
      }
    }
  }

  // MARK: Blast radius

  /// What breaks for want of `package`: one entry for each source package.
  package func breakages(
    of package: String, in broken: [Architecture: [BrokenPackage]], owners: [String: String] = [:]
  ) -> [Breakage] {
    let blamed = broken.mapValues { $0.filter { $0.missing.contains { $0.package == package } } }
    return breakages(blamed, owners: owners)
  }

  /// The same for everything that is broken.
  package func breakages(
    _ broken: [Architecture: [BrokenPackage]], owners: [String: String] = [:]
  ) -> [Breakage] {
    let groups = grouped(broken) { sentence($0) }
    return Dictionary(grouping: groups) { $0.first.rpm.package }.map { name, groups in
      Breakage(
        package: name, owner: owners[name], rpms: Set(groups.flatMap(\.rpms)).sorted(),
        explanations: groups.map(\.message).sorted())
    }.sorted { $0.package < $1.package }
  }
}

/// What names one RPM.
private protocol RPMHolding {
  var rpm: BinaryPackage { get }
}

extension Array {
  fileprivate var nonEmpty: [Element]? { isEmpty ? nil : self }
}

extension BrokenPackage: RPMHolding {}
extension LostRecommendation: RPMHolding {}
