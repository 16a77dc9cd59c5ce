package import ComposePlanning
import ReleaseModel

/// What a push does, or did.
package struct PushReport: Report {
  package let plan: PushPlan
  package let isDryRun: Bool

  package init(_ plan: PushPlan, isDryRun: Bool) {
    self.plan = plan
    self.isDryRun = isDryRun
  }

  package var value: any Encodable { Value(plan: plan, dryRun: isDryRun) }

  /// The keys of the plan, and whether it was carried out.
  private struct Value: Encodable {
    let plan: PushPlan
    let dryRun: Bool

    private enum CodingKeys: CodingKey { case dryRun }

    func encode(to encoder: any Encoder) throws {
      try plan.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(dryRun, forKey: .dryRun)
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
    ].joined()
  }
}
