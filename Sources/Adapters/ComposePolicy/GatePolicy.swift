package import ReleaseModel

/// What a release must pass before users get it.
package struct GatePolicy: Hashable, Sendable {
  /// Of each check.
  package let levels: [CheckName: CheckLevel]
  /// In the order of the file.
  package let waivers: [Waiver]
  /// Repositories that users have as well, such as RHEL's.
  package let base: [BaseRepository]
  /// Binary packages that the clients' rehearsal installs.
  package let sample: [String]
  /// The weakest hash that signatures and payload digests may use.
  package let digestFloor: DigestFloor

  package func level(of check: CheckName) -> CheckLevel { levels[check] ?? .refuse }
}

/// The checks by their stable names, in the order of reports.
package enum CheckName: String, CaseIterable, Codable, Sendable {
  case metadata, identity, signatures, manifest, closure
  case upgradePath = "upgrade-path"
  case overlap, rehearsal
}

/// A finding that the policy lets pass, for a while and for a reason.
package struct Waiver: Hashable, Sendable {
  package let check: CheckName
  /// Name of the source package.
  package let package: String
  package let reason: String
  /// The last minor release that it holds for.
  package let until: MinorRelease

  package func isExpired(for release: ReleaseID) -> Bool { until < release.minorRelease }
}

/// A repository of rpm-md that users have beside ours.
package struct BaseRepository: Hashable, Sendable {
  package let id: String
  /// A URL; an absolute path, which `--root` goes in front of; or a path
  /// relative to the policy file.
  package let location: PathTemplate
  package let isURL: Bool
}

/// Hash functions from weak to strong.
package enum DigestFloor: String, CaseIterable, Comparable, Sendable {
  case md5, sha1, sha224, sha256, sha384, sha512

  package static func < (lhs: DigestFloor, rhs: DigestFloor) -> Bool {
    (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
  }
}
