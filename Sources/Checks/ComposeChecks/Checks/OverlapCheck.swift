import ComposePlanning
import ComposePolicy
import ComposeTrees
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
    let areas = release.trees.map(\.name.area)
    return CheckFindings(
      findings: ClosureCheck.merged(areas) { area in
        findings(closure.overlaps[area] ?? [:], of: release)
      })
  }

  /// One finding for each pair, the architectures together but for those that a
  /// waiver names.
  private func findings(
    _ overlaps: [Architecture: [Overlap]], of release: CheckedRelease
  ) -> [Finding] {
    let apart = release.policy.gate.archesApart(for: .overlap, in: release.record.id)
    var arches: [Finding: [Architecture]] = [:]
    var order: [Finding] = []
    for (arch, overlaps) in overlaps.sorted(by: { $0.key < $1.key }) {
      for overlap in overlaps {
        var finding = finding(overlap)
        if apart[overlap.rpm.package]?.contains(arch) == true { finding.arches = [arch] }
        if arches[finding] == nil { order.append(finding) }
        if arches[finding]?.last != arch { arches[finding, default: []].append(arch) }
      }
    }
    return order.map { found in
      var finding = found
      if finding.arches == nil, let on = arches[found], on.count < release.policy.arches.count {
        finding.arches = on
      }
      return finding
    }
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
