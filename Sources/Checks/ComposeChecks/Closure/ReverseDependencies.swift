import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DependencyClosure
import ReleaseLedger
package import ReleaseModel

/// Tells packagers which packages depend on theirs: what would break if one left,
/// or broke when it did.
package struct ReverseDependencies {
  private let stream: StreamContext
  /// By architecture.
  private let universes: [(arch: Architecture, universe: PackageUniverse)]
  private let broken: [Architecture: [BrokenPackage]]
  private let removed: RemovedPackages
  private let owners: [String: String]
  /// Source packages that are in the release.
  private let present: Set<String>

  /// What users have now, by the metadata of the current release. Nil before
  /// the first promotion, and where its trees cannot be read.
  package init?(ofCurrentIn stream: StreamContext, owners: [String: String] = [:]) throws {
    guard let record = try stream.ledger.currentRelease(),
      let current = try Baseline.current(in: stream)
    else { return nil }
    let before = try Baseline.of(record, in: stream)
    let leaving = try stream.ledger.leaving(of: record.id)
    let gone = try stream.ledger.removedRPMs()
    let universes = try stream.policy.arches.compactMap {
      arch -> (arch: Architecture, universe: PackageUniverse)? in
      let paths = stream.policy.repositories.binaryPaths(of: arch)
      if paths.isEmpty { return nil }
      let universe = try PackageUniverse(
        arch: arch, assumesExternals: stream.policy.gate.base.isEmpty,
        platform: stream.policy.modulePlatform)
      for path in paths { try current.add(to: universe, path, as: .release) }
      try BaseRepositories(stream: stream).add(to: universe, arch, for: record.id)
      for path in paths { try before?.add(to: universe, path) }
      try universe.add(records: leaving, label: "left out")
      try universe.add(gone, of: arch)
      return (arch, universe)
    }
    try self.init(
      stream: stream, universes: universes, owners: owners,
      removed: RemovedPackages(of: record.id, in: stream.ledger))
  }

  /// What is live in a build system, all of it read: the next release.
  package init?(of live: [Build], in stream: StreamContext, owners: [String: String] = [:]) throws {
    let decision = Retirement.decide(live, RepositoryAssignment(policy: stream.policy))
    let leaving = Set(decision.retired.map(\.package))
    guard live.flatMap(\.rpms).allSatisfy({ $0.path.hasPrefix("/") }) else { return nil }
    // Base repositories are those of the release that users have, or of none.
    guard let release = try stream.ledger.currentRelease()?.id ?? stream.policy.firstRelease else {
      return nil
    }
    // Modules are those of the policy's file; where it cannot be read, a compose says so.
    let documents = try DocumentGathering(stream: stream).modulesAlone()
    let baseline = try Baseline.current(in: stream)
    let gone = try stream.ledger.removedRPMs()
    let universes = try stream.policy.arches.map { arch in
      let universe = try stream.universe(
        arch, for: release, decision.live, former: live.filter { leaving.contains($0.package) },
        documents)
      for path in stream.policy.repositories.binaryPaths(of: arch) {
        try baseline?.add(to: universe, path)
      }
      try universe.add(gone, of: arch)
      return (arch: arch, universe: universe)
    }
    try self.init(
      stream: stream, universes: universes, owners: owners,
      removed: RemovedPackages(
        retired: Dictionary(decision.retired.map { ($0.package, $0.text) }) { first, _ in first },
        present: Dictionary(decision.live.map { ($0.package, $0.evr) }) { $1 },
        removals: gone.removals))
  }

  private init(
    stream: StreamContext, universes: [(arch: Architecture, universe: PackageUniverse)],
    owners: [String: String], removed: RemovedPackages
  ) throws {
    self.stream = stream
    self.universes = universes
    self.owners = owners
    self.removed = removed
    broken = Dictionary(
      uniqueKeysWithValues: try universes.map { ($0.arch, try $0.universe.brokenPackages()) })
    present = try universes.reduce(into: []) { names, item in
      names.formUnion(try item.universe.releasePackages())
    }
  }

  /// What breaks for want of `package`, or would without it.
  package func breakage(of package: String) throws -> [Breakage] {
    guard present.contains(package) else {
      return text(removed).breakages(of: package, in: broken, owners: owners)
    }
    return try breakage(without: [package])
  }

  /// What would break if all of `packages` left together.
  package func breakage(without packages: Set<String>) throws -> [Breakage] {
    var removed = removed
    removed.imagined = packages
    let broken = Dictionary(
      uniqueKeysWithValues: try universes.map {
        ($0.arch, try $0.universe.brokenPackages(without: packages))
      })
    return text(removed).breakages(broken, owners: owners)
  }

  /// Packages that take the place of each of `packages` in what users can
  /// install: by package, sorted; one that nothing replaces is missing.
  package func replacements(of packages: Set<String>) throws -> [String: [String]] {
    try universes.reduce(into: [String: Set<String>]()) { found, item in
      try found.merge(item.universe.replacements(of: packages)) { $0.union($1) }
    }.mapValues { $0.sorted() }
  }

  /// What the packages of the release need directly of others of it: names of source
  /// packages, by the one that needs; on any architecture.
  package func needs() throws -> [String: Set<String>] {
    try universes.reduce(into: [String: Set<String>]()) { found, item in
      try found.merge(item.universe.needs()) { $0.union($1) }
    }
  }

  private func text(_ removed: RemovedPackages) -> BreakageText {
    BreakageText(removed, arches: stream.policy.arches.count)
  }
}

extension Policy {
  /// Some release, where only the major and minor version matter.
  fileprivate var firstRelease: ReleaseID? {
    let minor = calendar.last { !$0.isPlanned }?.minorRelease.minor ?? 0
    let digits = String(minor)
    let padded = String(repeating: "0", count: max(0, release.minorDigits - digits.count)) + digits
    return try? ReleaseID("\(major).\(padded)")
  }
}
