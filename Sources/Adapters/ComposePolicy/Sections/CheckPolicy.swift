import ReleaseModel
import Yams

/// The checks by their stable names, in the order of reports. `Docs/Checks.md`
/// says what each promises.
package enum CheckName: String, CaseIterable, Codable, Sendable {
  /// repomd.xml and the documents that it names agree with the RPMs.
  case metadata
  /// File names, headers, metadata and builds name the same RPMs.
  case identity
  /// Digests hold, and signatures are by keys of the policy.
  case signatures
  /// Each repomd.xml is signed by the policy's key.
  case metadataSignature = "metadata-signature"
  /// Every file is as `MANIFEST.sha256` has it, and there is no other.
  case manifest
  /// Every RPM can be installed from the release and the base.
  case closure
  /// No package is older than users have it.
  case upgradePath = "upgrade-path"
  /// Nothing that users have is gone without a decision.
  case vanish
  /// A file name that clients may know keeps its contents.
  case contents
  /// No package has, provides or obsoletes the name of one of the base.
  case overlap
  /// dnf and zypper load the repositories and install the policy's sample.
  case rehearsal
}

/// `checks`: the level of each check.
enum CheckPolicy: PolicySection {
  static let keys: [PolicyKeys.Key] =
    [
      .init(
        "checks",
        "what becomes of the findings of each check, by its name: `refuse`, `warn` or `off`",
        or: "refuse")
    ] + CheckName.allCases.map { .init("checks.\($0.rawValue)", "as `checks`", or: "refuse") }

  /// Decodes `checks`; every check has a level.
  static func decode(_ node: PolicyNode?) throws -> [CheckName: CheckLevel] {
    var levels: [CheckName: CheckLevel] = [:]
    for name in CheckName.allCases {
      levels[name] = try node?.optional(name.rawValue)?.word(CheckLevel.self) ?? .refuse
    }
    return levels
  }

  /// - Parameter idle: checks that have nothing to look at: left out where the policy says
  ///   nothing of them.
  static func node(_ levels: [CheckName: CheckLevel], withoutIdle idle: Set<CheckName>) -> Node {
    .map(
      CheckName.allCases.filter { !idle.contains($0) || levels[$0] != .refuse }
        .map { ($0.rawValue, (levels[$0] ?? .refuse).rawValue) })
  }
}
