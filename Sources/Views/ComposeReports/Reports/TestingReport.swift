package import ComposePlanning
package import ReleaseModel

/// What brings a testing tree up to date, or did.
package struct TestingReport: Report {
  /// What comes and what leaves.
  package let plan: TestingPlan
  /// Whether nothing was changed; JSON key `dryRun`.
  package let isDryRun: Bool
  /// Files that went because no client asks for them any more.
  package let removedFiles: Int
  /// The verdict on the tree; nil where nothing changed.
  package let checks: CheckReport?
  /// The same of other releases of one command.
  package var others: [TestingReport] = []

  /// - Parameter removedFiles: number of files that left the tree.
  package init(
    _ plan: TestingPlan, isDryRun: Bool, removedFiles: Int = 0, checks: CheckReport? = nil
  ) {
    self.plan = plan
    self.isDryRun = isDryRun
    self.removedFiles = removedFiles
    self.checks = checks
  }

  /// Whether there is nothing to tell of.
  package var isSilent: Bool {
    plan.isEmpty && removedFiles == 0 && plan.refusals.isEmpty && plan.warnings.isEmpty
      && plan.skipped.isEmpty
  }

  /// The keys of the plan, with `dryRun`, `removedFiles`, `checks` and `others` added.
  package var value: any Encodable { encoded }

  var encoded: Value {
    Value(
      plan: plan, dryRun: isDryRun, removedFiles: removedFiles, checks: checks,
      others: others.map(\.encoded))
  }

  struct Value: Encodable {
    let plan: TestingPlan
    let dryRun: Bool
    let removedFiles: Int
    let checks: CheckReport?
    let others: [Value]

    private enum CodingKeys: CodingKey { case dryRun, removedFiles, checks, others }

    func encode(to encoder: any Encoder) throws {
      try plan.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(dryRun, forKey: .dryRun)
      try container.encode(removedFiles, forKey: .removedFiles)
      try container.encode(checks, forKey: .checks)
      try container.encode(others, forKey: .others)
    }
  }

  /// What comes, what leaves and why, warnings, and failed checks, of each release.
  package func text(_ style: TextStyle) -> String {
    ([self] + others).map { $0.ownText(style) }.joined()
  }

  func ownText(_ style: TextStyle) -> String {
    let removed =
      removedFiles == 0
      ? "" : "Removed \(removedFiles.counted("file")) that no client asks for any more.\n"
    if plan.isEmpty, plan.refusals.isEmpty {
      return "Testing of \(plan.release) is what its tag has: nothing to change.\n" + removed
        + "\n" + skipped(style)
        + FindingsText.section("Warnings", of: plan.warnings, as: .attention, in: style)
    }
    return [
      style.paint(heading, .heading) + "\n\n",
      RetiredText.section(
        "Retiring: once stable, they leave with the next release", of: plan.retiring, in: style),
      BuildListText.section("In testing now", of: plan.entering, in: style),
      leaving(style), skipped(style),
      plan.advisories.isEmpty
        ? ""
        : "Testers are told of \(plan.advisories.count.counted("advisory", "advisories")).\n\n",
      plan.changes.map { $0.indented("  ", in: style) }.joined(),
      FindingsText.section("Warnings", of: plan.warnings, as: .attention, in: style),
      isDryRun ? StepsText.section("Steps", of: plan.steps, in: style) : removed,
      FindingsText.section("Refused", of: plan.refusals, as: .bad, in: style),
      checks.map { $0.passed ? "" : CheckReportText($0).text(style) } ?? "",
    ].joined()
  }

  private var heading: String {
    let verb = isDryRun ? "Would bring" : "Brought"
    return "\(verb) testing of \(plan.release) up to date: "
      + "\(plan.builds.count.counted("build")) in, \(plan.leaving.count.grouped) out"
  }

  private func leaving(_ style: TextStyle) -> String {
    if plan.leaving.isEmpty { return "" }
    var table = TextTable(["package", "build", "why"])
    for entry in plan.leaving {
      table.add([entry.package, entry.nvr.description, entry.cause.rawValue])
    }
    return style.paint("Not in testing any more (\(plan.leaving.count.grouped))", .heading) + "\n"
      + table.text(style) + "\n"
  }

  private func skipped(_ style: TextStyle) -> String {
    SkippedText.section("Left out of testing", of: plan.skipped, in: style)
  }
}
