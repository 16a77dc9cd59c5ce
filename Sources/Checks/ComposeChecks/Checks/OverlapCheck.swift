import ComposeTrees
import ComposePolicy
import DependencyClosure
import ReleaseLedger
import ReleaseModel

/// `overlap`: no package takes the place of one of the base repositories: that
/// is EPEL's promise to those who run Enterprise Linux.
struct OverlapCheck: ReleaseCheck {
  let readsBase = true

  func check(_ release: CheckedRelease) throws -> CheckFindings {
    // Without base repositories there is nothing to compare with.
    guard !release.policy.gate.base.isEmpty else { return CheckFindings() }
    let closure = try release.closure
    let areas = release.record.trees.map(\.name.area)
    return CheckFindings(
      findings: ClosureCheck.merged(areas) { area in
        let pairs = (closure.overlaps[area] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
        var seen: Set<Finding> = []
        return pairs.map(finding).filter { seen.insert($0).inserted }
      })
  }

  private func finding(_ overlap: Overlap) -> Finding {
    let (ours, theirs) = (overlap.rpm.nevra, overlap.base.nevra)
    let what =
      switch overlap.kind {
      case .name: "has the name of"
      case .provides: "provides the name of"
      case .obsoletes: "obsoletes"
      }
    return Finding(
      code: "overlap-\(overlap.kind.rawValue)",
      message: "\(ours.name)-\(ours.evr) \(what) \(theirs.name)-\(theirs.evr) "
        + "in \(overlap.repository)",
      remedy: "Retire \(overlap.rpm.package), rename it, or waive it",
      package: overlap.rpm.package, rpms: [ours.description])
  }
}
