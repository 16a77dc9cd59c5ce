import ComposePlanning
import ComposePolicy
import ReleaseModel

/// The identity of a tree, `.composeinfo` at its top: which release, which
/// respin, of which day. Everything in it comes from the plan, so that the
/// same plan gives the same bytes.
struct ComposeInfo {
  static let fileName = ".composeinfo"

  let policy: Policy
  let plan: Plan
  let area: Area

  var contents: [UInt8] {
    let day = plan.date.filter { $0 != "-" }
    let lines = [
      "[compose]",
      "id = \(plan.stream)-\(plan.release)-\(day).\(plan.respin)",
      "date = \(day)",
      "respin = \(plan.respin)",
      "type = production",
      "",
      "[release]",
      "name = \(policy.title)",
      "short = \(plan.stream)",
      "version = \(plan.release)",
      "previous = \(plan.previous?.description ?? "")",
      "",
      "[tree]",
      "area = \(area.rawValue)",
      "path = \(policy.tree(area, of: plan.release)?.path.description ?? "")",
      "arches = \(policy.arches.map(\.name).joined(separator: ","))",
      "tag = \(plan.composeTag)",
      "plan = \(plan.digest)",
    ]
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
