import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import RPMPackages
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// `upgrade-path`: nothing is older than what users have now: for each name in
/// each repository, across a change between noarch and a machine, and where a
/// package replaces another by Obsoletes. Of a maintained release, nothing is newer than what
/// the next minor release has.
struct UpgradePathCheck: ReleaseCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    var found = try back(release)
    let ahead = try NextMinorUpgrade(release)?.check() ?? CheckFindings()
    found.findings += ahead.findings
    found.warnings += ahead.warnings
    return found
  }

  private func back(_ release: CheckedRelease) throws -> CheckFindings {
    guard let baseline = try Baseline.of(release.record, in: release.stream) else {
      return CheckFindings()
    }
    let origins =
      [UpgradeOrigin(baseline)]
      + (try UpgradeOrigin.rolledBack(before: release.record, after: baseline, release.stream))
    var found = CheckFindings()
    for origin in origins {
      do {
        let findings = try check(release, from: origin).findings
        // A maintained release goes its own way: what it has got since stands in the way of
        // what a push brings to the later one, not of all else.
        guard let arriving = release.arrivingPackages, origin.release == baseline.release,
          try release.stream.standings()[origin.release] == .maintained
        else {
          found.findings += findings
          continue
        }
        let standing = findings.filter { $0.package.map(arriving.contains) ?? true }
        found.findings += standing
        found.warnings += findings.filter { !standing.contains($0) }
      } catch let error as ComposeError where error.kind == .badData {
        found.findings.append(
          Finding(
            code: "no-baseline",
            message: "\(error.thing): \(error.cause): nothing to compare with",
            remedy: "Restore \(origin.release) from a mirror, or promote with --override-checks"))
      }
    }
    return found
  }

  private func check(_ release: CheckedRelease, from origin: UpgradeOrigin) throws -> CheckFindings
  {
    var findings: [Area: [Finding]] = [:]
    var known: [RelativePath: [NEVRA]] = [:]
    let assignment = RepositoryAssignment(policy: release.policy)
    for listing in try release.listings where Self.areas(release).contains(listing.tree.area) {
      // An updates tree that began empty does not list the packages of the
      // release, so there is nothing to compare.
      if listing.tree.area == .updates, release.policy.areas[.updates]?.begins == .empty {
        continue
      }
      for (repository, result) in listing.repositories.sorted(by: { $0.key < $1.key }) {
        guard case .success(let contents) = result else { continue }
        let before = try known[repository] ?? origin.packages(of: repository)
        known[repository] = before
        findings[listing.tree.area, default: []] +=
          UpgradePath(
            from: before, to: contents.packages, order: .rpm,
            users: origin.users, repository: repository,
            arch: assignment.arch(of: repository),
            streams: ModuleMembership(
              try origin.modules(of: repository), (try? contents.modules?.get()) ?? .none)
          ).findings
      }
    }
    return CheckFindings(
      findings: ClosureCheck.merged(Array(findings.keys).sorted()) { findings[$0] ?? [] })
  }

  /// Areas whose packages users get. Of a release that they have or had, those
  /// that links lead to: what is frozen beside them does not follow pushes.
  static func areas(_ release: CheckedRelease) -> Set<Area> {
    (release.record.promotion == nil
      ? Set(Area.allCases) : Set(release.policy.links.map(\.area))).filter(\.isStable)
  }
}

/// Compares what two releases list in one repository. Pure.
struct UpgradePath {
  private let before: [Key: NEVRA]
  private let after: [Key: ListedPackage]
  /// What is for some machine, by name.
  private let machines: [String: [ListedPackage]]
  /// Replacements by the name that they replace.
  private let obsoleting: [String: [ListedPackage]]
  private let order: VersionOrder
  /// Such as `users of 7.06.201903 have`.
  private let users: String
  private let repository: RelativePath
  private let arch: Architecture?
  private let streams: ModuleMembership
  /// The later release that has `after`; nil where `after` is what is judged.
  private let next: ReleaseID?

  private struct Key: Hashable {
    let name: String
    let arch: Architecture
    /// Users of one module stream get nothing of another.
    let stream: String?
  }

  init(
    from before: [NEVRA], to after: [ListedPackage], order: VersionOrder,
    users: String, repository: RelativePath, arch: Architecture?,
    streams: ModuleMembership = .none, next: ReleaseID? = nil
  ) {
    self.streams = streams
    self.next = next
    self.before = Self.newest(before, order, streams) { $0 }
    let newest = Self.newest(after, order, streams, \.nevra)
    self.after = newest
    machines = Dictionary(grouping: newest.values.filter { $0.nevra.arch != .noarch }) {
      $0.nevra.name
    }
    var obsoleting: [String: [ListedPackage]] = [:]
    for package in newest.values {
      for name in Set(package.obsoletes.map(\.name)) {
        obsoleting[name, default: []].append(package)
      }
    }
    self.obsoleting = obsoleting
    self.order = order
    self.users = users
    self.repository = repository
    self.arch = arch
  }

  private static func newest<Item>(
    _ items: [Item], _ order: VersionOrder, _ streams: ModuleMembership,
    _ nevra: (Item) -> NEVRA
  ) -> [Key: Item] {
    Dictionary(
      items.map {
        (
          Key(
            name: nevra($0).name, arch: nevra($0).arch, stream: streams.stream(of: nevra($0))), $0
        )
      }
    ) {
      order.isOlder(nevra($0).evr, than: nevra($1).evr) ? $1 : $0
    }
  }

  var findings: [Finding] {
    before.values.compactMap { old -> (name: String, finding: Finding)? in
      let finding = successor(of: old).map { goesBack(from: old, to: $0) } ?? lost(old)
      return finding.map { (old.description, $0) }
    }
    .sorted { $0.name < $1.name }.map(\.finding)
  }

  /// What users get in place of `old`, by its name.
  private func successor(of old: NEVRA) -> ListedPackage? {
    let (name, arch, stream) = (old.name, old.arch, streams.stream(of: old))
    if let same = after[Key(name: name, arch: arch, stream: stream)] { return same }
    // Only a change from or to noarch is an upgrade for clients.
    if arch != .noarch { return after[Key(name: name, arch: .noarch, stream: stream)] }
    return machines[name]?.filter { streams.stream(of: $0.nevra) == stream }
      .min { $0.nevra.arch < $1.nevra.arch }
  }

  private func goesBack(from old: NEVRA, to new: ListedPackage) -> Finding? {
    guard order.isOlder(new.nevra.evr, than: old.evr) else { return nil }
    if let next {
      return Finding(
        code: "newer-than-next-minor",
        message: "\(old) is newer than \(new.nevra.evr), which \(next) has: \(users) it, and would "
          + "go back with \(next) (\(repository))",
        remedy: "Push \(new.package) into \(next) first, in a version that is not older",
        package: new.package, rpms: [old.description], arches: arch.map { [$0] })
    }
    return Finding(
      code: "older",
      message: "\(new.nevra) is older than \(old.evr), which \(users) "
        + "(\(repository))",
      remedy: "Build \(new.package) with a higher version, release or epoch, "
        + "or tag the newer build",
      package: new.package, rpms: [new.nevra.description], arches: arch.map { [$0] })
  }

  /// A package that is gone, though another wants to replace it, but not at the
  /// version that users have: their installed package is never replaced.
  private func lost(_ old: NEVRA) -> Finding? {
    guard !old.arch.isSource else { return nil }
    let heirs = obsoleting[old.name] ?? []
    guard let heir = heirs.min(by: { $0.nevra.description < $1.nevra.description }),
      !heirs.contains(where: { $0.replaces(old, order) })
    else { return nil }
    return Finding(
      code: "obsoletes-too-little",
      message: "\(heir.nevra) obsoletes \(old.name), but not \(old.evr), which "
        + "\(users) (\(repository))",
      remedy: "Let \(heir.package) obsolete \(old.name) up to that version",
      package: heir.package, rpms: [heir.nevra.description], arches: arch.map { [$0] })
  }
}

extension ListedPackage {
  /// Whether it obsoletes `other` at its very version.
  func replaces(_ other: NEVRA, _ order: VersionOrder) -> Bool {
    obsoletes.contains { obsoleted in
      guard obsoleted.name == other.name else { return false }
      guard let bound = obsoleted.bound else { return true }
      // RPM leaves the release aside where the bound has none.
      let evr =
        bound.evr.rpmRelease.isEmpty
        ? EVR(epoch: other.evr.epoch, version: other.evr.version, rpmRelease: "") : other.evr
      let result = order.compare(evr, bound.evr)
      switch bound.relation {
      case .less: return result < 0
      case .lessOrEqual: return result <= 0
      case .equal: return result == 0
      case .greaterOrEqual: return result >= 0
      case .greater: return result > 0
      }
    }
  }
}
