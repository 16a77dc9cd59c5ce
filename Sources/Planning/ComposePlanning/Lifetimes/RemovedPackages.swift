package import ReleaseModel

/// Packages that a release does not have any more, with why: the reasons that
/// messages about missing dependencies give.
package struct RemovedPackages: Sendable {
  /// What the markers say, by package.
  package var retired: [String: String]
  /// Names of packages that the hub hides.
  package var blocked: Set<String>
  /// Packages that are only thought of as leaving.
  package var imagined: Set<String>
  /// Builds that the push at hand takes out, by package.
  package var leaving: [String: NVR]
  /// What is there now, by package.
  package var present: [String: EVR]
  /// How RPMs went that users had before, by RPM.
  package var removals: [NEVRA: Removal]
  /// The release that is asked about; nil where none is.
  package var release: ReleaseID?

  /// - Parameter retired: what each marker says, by package.
  package init(
    retired: [String: String] = [:], blocked: Set<String> = [], imagined: Set<String> = [],
    leaving: [String: NVR] = [:], present: [String: EVR] = [:], removals: [NEVRA: Removal] = [:],
    release: ReleaseID? = nil
  ) {
    self.removals = removals
    self.release = release
    self.retired = retired
    self.blocked = blocked
    self.imagined = imagined
    self.leaving = leaving
    self.present = present
  }

  /// One clause for each package of `formerly`, such as `gamma is retired:
  /// upstream is gone`, joined.
  func clauses(_ formerly: [BinaryPackage]) -> String {
    byPackage(formerly).map(clause).joined(separator: "; ")
  }

  /// Who took `formerly` away, where that is known: one entry for each package.
  func removals(_ formerly: [BinaryPackage]) -> [Removal] {
    byPackage(formerly).compactMap { package, rpms -> Removal? in
      if imagined.contains(package) { return nil }
      let known = known(rpms)
      guard let release else { return known }
      if let text = retired[package] {
        return known?.cause == .retired
          ? known
          : Removal(package: package, release: release, cause: .retired, reason: text.firstLine)
      }
      if known == nil, blocked.contains(package) {
        return Removal(package: package, release: release, cause: .blocked)
      }
      if known == nil, let evr = present[package] {
        return Removal(
          package: package,
          build: NVR(name: package, version: evr.version, rpmRelease: evr.rpmRelease),
          release: release,
          cause: .replaced)
      }
      return known
    }
  }

  /// What would bring `formerly` back, such as `keep gamma`: as it went, so it comes.
  func wayBack(_ formerly: [BinaryPackage]) -> String {
    var kept: [String] = []
    var others: [String] = []
    for (package, rpms) in byPackage(formerly) {
      let known = imagined.contains(package) || retired[package] != nil ? nil : known(rpms)
      if let known, let build = known.build, [.withdrawn, .undone].contains(known.cause) {
        let major = known.release.prefix { $0 != "." }
        others.append("list \(build) again with 'update \(major) --again \(build)'")
      } else if known?.cause == .blocked {
        others.append("unblock \(package)")
      } else {
        kept.append(leaving[package]?.description ?? package)
      }
    }
    if !kept.isEmpty { others.insert("keep \(BreakageText.list(kept))", at: 0) }
    return BreakageText.list(others)
  }

  private func byPackage(_ rpms: [BinaryPackage]) -> [(String, [BinaryPackage])] {
    Dictionary(grouping: rpms, by: \.package).sorted { $0.key < $1.key }
  }

  /// How the last of `rpms` went, as it is recorded.
  private func known(_ rpms: [BinaryPackage]) -> Removal? {
    rpms.compactMap { removals[$0.nevra] }.max { ($0.at ?? "") < ($1.at ?? "") }
  }

  private func clause(_ package: String, _ rpms: [BinaryPackage]) -> String {
    if imagined.contains(package) { return "\(package) would be retired" }
    let known = known(rpms)
    if let text = retired[package] {
      let reason = text.firstLine
      let when = known.flatMap { $0.cause == .retired ? " (\($0.circumstances))" : nil } ?? ""
      // Packagers begin with just these words.
      if reason.lowercased().hasPrefix("\(package) is retired".lowercased()) {
        return reason + when
      }
      return "\(package) is retired" + (reason.isEmpty ? "" : ": \(reason)") + when
    }
    if let known { return known.clause(present: present[package]) }
    if let build = leaving[package] { return "this push takes \(build) out" }
    if blocked.contains(package) { return "\(package) is blocked" }
    if let evr = present[package] { return "\(package) is \(evr) now" }
    return "\(package) is no longer there"
  }
}
