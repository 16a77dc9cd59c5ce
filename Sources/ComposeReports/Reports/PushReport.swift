package import ComposePlanning
import ReleaseModel

/// What a push does, or did.
package struct PushReport: Report {
  package let plan: PushPlan
  package let isDryRun: Bool
  /// The verdict on the tree after the push; nil where nothing was pushed.
  package let checks: CheckText?

  package init(_ plan: PushPlan, isDryRun: Bool, checks: CheckText? = nil) {
    self.plan = plan
    self.isDryRun = isDryRun
    self.checks = checks
  }

  package var value: any Encodable { Value(plan: plan, dryRun: isDryRun, checks: checks?.contents) }

  /// The keys of the plan, and whether it was carried out.
  private struct Value: Encodable {
    let plan: PushPlan
    let dryRun: Bool
    let checks: CheckText.Value?

    private enum CodingKeys: CodingKey { case dryRun, checks }

    func encode(to encoder: any Encoder) throws {
      try plan.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(dryRun, forKey: .dryRun)
      try container.encode(checks, forKey: .checks)
    }
  }

  package func text(_ style: TextStyle) -> String {
    if plan.builds.isEmpty, plan.refusals.isEmpty {
      return "Nothing is new for \(plan.release): nothing to push.\n\n"
        + FindingsText.section("Warnings", plan.warnings, .attention, style)
    }
    let verb = isDryRun ? "Would push" : "Pushed"
    var updated = TextTable(["package", "from", "to"])
    for entry in plan.updated { updated.add([entry.package, entry.from, entry.to]) }
    return [
      style.paint(
        "\(verb) \(plan.builds.count) build\(plan.builds.count == 1 ? "" : "s") to \(plan.release), push \(plan.serial)",
        .heading)
        + "\n\n",
      RetiredText.section("Retiring: leave with the next release", plan.retiring, style),
      plan.updated.isEmpty
        ? ""
        : style.paint("Updated (\(plan.updated.count))", .heading) + "\n" + updated.text(style)
          + "\n",
      BuildListText.section("Added", plan.added, style),
      FindingsText.section("Warnings", plan.warnings, .attention, style),
      isDryRun ? StepsText.section("Steps", plan.steps, style) : "",
      FindingsText.section("Refused", plan.refusals, .bad, style),
      checks.map { $0.passed ? "" : $0.text(style) } ?? "",
    ].joined()
  }
}
