import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import ReleaseLedger
import ReleaseModel

/// `closure`: every package of every architecture can be installed from the
/// release and the policy's base repositories. Without base repositories, what
/// no release of the stream ever provided is taken for granted.
struct ClosureCheck: ReleaseCheck {
  let readsBase = true

  func check(_ release: CheckedRelease) throws -> CheckFindings {
    let closure = try release.closure
    let text = BreakageText(
      try RemovedPackages(
        of: release.record.id, in: release.stream.ledger, leaving: release.takenOut),
      arches: release.policy.arches.count)
    var found = CheckFindings()
    let areas = release.trees.map(\.name.area)
    let apart = release.policy.gate.archesApart(for: .closure, in: release.record.id)
    found.findings =
      closure.unreadable.sorted { $0.key < $1.key }.flatMap(\.value).map(Self.unreadable)
      + Self.merged(areas) { text.findings(closure.broken[$0] ?? [:], apart: apart) }
    if release.policy.gate.base.isEmpty {
      found.notes = [.assumed(closure.assumed.count)].compactMap { $0 }
    }
    found.assumed = release.policy.gate.base.isEmpty ? closure.assumed.count : nil
    found.warnings = Self.merged(areas) { text.findings(lost: closure.lost[$0] ?? [:]) }
    return found
  }

  private static func unreadable(_ error: ComposeError) -> Finding {
    Finding(
      code: "not-resolved", message: "\(error.thing): \(error.cause)",
      remedy: "Restore it from a mirror, or compose the release again")
  }

  /// Findings of all areas; what only some of them have names those.
  static func merged(_ areas: [Area], _ findings: (Area) -> [Finding]) -> [Finding] {
    let byArea = areas.map { ($0, findings($0)) }
    var seen: Set<Finding> = []
    return byArea.flatMap { _, findings in findings }.filter { seen.insert($0).inserted }
      .map { finding in
        let having = byArea.filter { $0.1.contains(finding) }.map(\.0.rawValue)
        guard having.count < areas.count else { return finding }
        return Finding(
          code: finding.code,
          message: "\(finding.message) (in \(having.joined(separator: ", ")))",
          remedy: finding.remedy, package: finding.package, rpms: finding.rpms,
          arches: finding.arches, removals: finding.removals)
      }
  }
}
