import ComposeChecks
import ComposePlanning
import ComposeReports
import ReleaseLedger
import ReleaseModel

/// What `compose` or `branch` did.
struct ComposeReport: Report, Encodable {
  let release: String
  let state = "staged"
  let planDigest: String
  /// Where the release is branched from; left out where it is not.
  let branching: Branching?
  let composeTag: String
  let trees: [TreePlan]
  let retired: [RetiredEntry]
  let warnings: [Finding]
  let checks: CheckReport
  private let buildCount: Int
  /// Of `retired`, what leaves with the release.
  private let departing: [RetiredEntry]
  private let next: String

  init(plan: Plan, checks: CheckReport, next: String) {
    self.next = next
    release = plan.release.description
    planDigest = plan.digest.hex
    branching = plan.branching
    composeTag = plan.composeTag
    trees = plan.trees
    retired = plan.retired
    departing = plan.departing
    // Leave out what the checks report again.
    let found = Set(checks.checks.flatMap { $0.findings + $0.warnings })
    warnings = plan.warnings.filter { !found.contains($0) && $0.code != "waived" }
    buildCount = plan.builds.count
    self.checks = checks
  }

  /// What the ledger knows of a compose whose plan is gone.
  init(
    _ record: ReleaseRecord, branching: Branching?, builds: Int, retired: [RetiredEntry],
    checks: CheckReport, next: String
  ) {
    self.next = next
    release = record.id.description
    planDigest = record.planDigest
    self.branching = branching
    composeTag = record.composeTag
    trees = record.trees.map {
      TreePlan(
        area: $0.name.area, path: $0.name.path, packages: $0.packages, bytes: $0.bytes,
        repositories: [])
    }
    self.retired = retired
    departing = retired.filter(\.wasCarried)
    warnings = []
    buildCount = builds
    self.checks = checks
  }

  private enum CodingKeys: String, CodingKey {
    case release, state, planDigest, branching, composeTag, trees, retired, warnings, checks, next
  }

  func text(_ style: TextStyle) -> String {
    var table = TextTable(["", ""])
    if let branching { table.add(["branched", "from \(branching.former)"]) }
    table.add(["builds", "\(buildCount.grouped) tagged into \(composeTag)"])
    for tree in trees {
      table.add(["tree", "\(tree.path): \(tree.packages.counted("RPM file"))"])
    }
    return style.paint("Composed \(release): it is staged", .good) + "\n" + table.text(style) + "\n"
      + RetiredText.section("Left out, retired", of: departing, in: style)
      + FindingsText.section("Warnings", of: warnings, as: .attention, in: style)
      + CheckReportText(checks).text(style)
      + (checks.passed ? NextText.lines([next], in: style) : "")
  }
}
