import ComposeStream
import ComposeTrees
import ComposePolicy
import RPMPackages
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// `upgrade-path`: nothing is older than what users have now: for each name in
/// each repository, across a change between noarch and a machine, and where a
/// package replaces another by Obsoletes.
struct UpgradePathCheck: ReleaseCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    guard let baseline = try Baseline.of(release.record, in: release.stream) else {
      return CheckFindings()
    }
    do {
      return try check(release, from: baseline)
    } catch let error as ComposeError where error.kind == .badData {
      return CheckFindings(findings: [
        Finding(
          code: "no-baseline",
          message: "\(error.thing): \(error.cause): nothing to compare with",
          remedy: "Restore \(baseline.release) from a mirror, or promote with --override-checks")
      ])
    }
  }

  private func check(_ release: CheckedRelease, from baseline: Baseline) throws -> CheckFindings {
    var findings: [Area: [Finding]] = [:]
    var known: [RelativePath: [ListedPackage]] = [:]
    for listing in try release.listings where Self.areas(release).contains(listing.tree.area) {
      // An updates tree that began empty does not list the packages of the
      // release, so there is nothing to compare.
      if listing.tree.area == .updates, release.policy.areas[.updates]?.begins == .empty {
        continue
      }
      for (repository, result) in listing.repositories.sorted(by: { $0.key < $1.key }) {
        guard case .success(let contents) = result else { continue }
        let before = try known[repository] ?? baseline.packages(of: repository)
        known[repository] = before
        findings[listing.tree.area, default: []] +=
          UpgradePath(
            from: before, to: contents.packages, order: .rpm,
            release: baseline.release, repository: repository
          ).findings
      }
    }
    return CheckFindings(
      findings: ClosureCheck.merged(Array(findings.keys).sorted()) { findings[$0] ?? [] })
  }

  /// Areas whose packages users get. Of a release that they have or had, those
  /// that links lead to: what is frozen beside them does not follow pushes.
  private static func areas(_ release: CheckedRelease) -> Set<Area> {
    switch release.record.state {
    case .current, .superseded, .archived: Set(release.policy.links.map(\.area))
    default: Set(Area.allCases)
    }
  }
}

/// Compares what two releases list in one repository. Pure.
struct UpgradePath {
  private let before: [Key: ListedPackage]
  private let after: [Key: ListedPackage]
  /// What is for some machine, by name.
  private let machines: [String: [ListedPackage]]
  /// Replacements by the name that they replace.
  private let obsoleting: [String: [ListedPackage]]
  private let order: VersionOrder
  private let release: ReleaseID
  private let repository: RelativePath

  private struct Key: Hashable {
    let name: String
    let arch: Architecture
  }

  init(
    from before: [ListedPackage], to after: [ListedPackage], order: VersionOrder,
    release: ReleaseID, repository: RelativePath
  ) {
    self.before = Self.newest(before, order)
    let newest = Self.newest(after, order)
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
    self.release = release
    self.repository = repository
  }

  private static func newest(
    _ packages: [ListedPackage], _ order: VersionOrder
  ) -> [Key: ListedPackage] {
    Dictionary(
      packages.map { (Key(name: $0.nevra.name, arch: $0.nevra.arch), $0) }
    ) { order.isOlder($0.nevra.evr, than: $1.nevra.evr) ? $1 : $0 }
  }

  var findings: [Finding] {
    before.values.compactMap { old -> (name: String, finding: Finding)? in
      let finding = successor(of: old).map { goesBack(from: old, to: $0) } ?? lost(old)
      return finding.map { (old.nevra.description, $0) }
    }
    .sorted { $0.name < $1.name }.map(\.finding)
  }

  /// What users get in place of `old`, by its name.
  private func successor(of old: ListedPackage) -> ListedPackage? {
    let (name, arch) = (old.nevra.name, old.nevra.arch)
    if let same = after[Key(name: name, arch: arch)] { return same }
    // Only a change from or to noarch is an upgrade for clients.
    if arch != .noarch { return after[Key(name: name, arch: .noarch)] }
    return machines[name]?.min { $0.nevra.arch < $1.nevra.arch }
  }

  private func goesBack(from old: ListedPackage, to new: ListedPackage) -> Finding? {
    guard order.isOlder(new.nevra.evr, than: old.nevra.evr) else { return nil }
    return Finding(
      code: "older",
      message: "\(new.nevra) is older than \(old.nevra.evr), which users of \(release) have "
        + "(\(repository))",
      remedy: "Build \(new.package) with a higher version, release or epoch, "
        + "or tag the newer build",
      package: new.package, rpms: [new.nevra.description])
  }

  /// A package that is gone, though another wants to replace it, but not at the
  /// version that users have: their installed package is never replaced.
  private func lost(_ old: ListedPackage) -> Finding? {
    guard !old.nevra.arch.isSource else { return nil }
    let heirs = obsoleting[old.nevra.name] ?? []
    guard let heir = heirs.min(by: { $0.nevra.description < $1.nevra.description }),
      !heirs.contains(where: { $0.replaces(old.nevra, order) })
    else { return nil }
    return Finding(
      code: "obsoletes-too-little",
      message: "\(heir.nevra) obsoletes \(old.nevra.name), but not \(old.nevra.evr), which "
        + "users of \(release) have (\(repository))",
      remedy: "Let \(heir.package) obsolete \(old.nevra.name) up to that version",
      package: heir.package, rpms: [heir.nevra.description])
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
