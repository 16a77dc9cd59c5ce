import ReleaseModel
import Yams

/// The checks by their stable names, in the order of reports.
package enum CheckName: String, CaseIterable, Codable, Sendable {
  case metadata, identity, signatures, manifest, closure
  case upgradePath = "upgrade-path"
  case vanish, contents, overlap, rehearsal

  /// What holds where the check passes: the meaning of its key `checks.NAME`.
  var meaning: String {
    switch self {
    case .metadata: "repomd.xml, metadata and RPMs agree"
    case .identity: "RPMs are what names, metadata and builds say"
    case .signatures: "digests hold, signatures are by keys of the policy"
    case .manifest: "every file is as recorded"
    case .closure: "every package can be installed"
    case .upgradePath: "nothing is older than users have it"
    case .vanish: "nothing that users have is gone without a decision"
    case .contents: "a file name that clients may know keeps its contents"
    case .overlap: "nothing replaces a package of `base`"
    case .rehearsal: "dnf and zypper load the repositories"
    }
  }
}

/// `checks`: the level of each check.
enum CheckPolicy: PolicySection {
  static let keys: [PolicyKeys.Key] =
    [
      .init(
        "checks", "what becomes of each check's findings: `refuse`, `warn` or `off`", or: "refuse")
    ] + CheckName.allCases.map { .init("checks.\($0.rawValue)", $0.meaning, or: "refuse") }

  /// Decodes `checks`; every check has a level.
  static func decode(_ node: PolicyNode?) throws -> [CheckName: CheckLevel] {
    var levels: [CheckName: CheckLevel] = [:]
    for name in CheckName.allCases {
      levels[name] = try node?.optional(name.rawValue)?.word(CheckLevel.self) ?? .refuse
    }
    return levels
  }

  static func node(_ levels: [CheckName: CheckLevel]) -> Node {
    .map(CheckName.allCases.map { ($0.rawValue, (levels[$0] ?? .refuse).rawValue) })
  }
}
