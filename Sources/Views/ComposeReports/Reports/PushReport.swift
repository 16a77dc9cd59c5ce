package import ComposePlanning
package import ReleaseModel

/// What a push does, or did.
package struct PushReport: Report {
  /// What the push brings and takes.
  package let plan: PushPlan
  /// Whether nothing was changed; JSON key `dryRun`.
  package let isDryRun: Bool
  /// Files that went because no client asks for them any more.
  package let removedFiles: Int
  /// The verdict on the tree after the push; nil where nothing was pushed.
  package let checks: CheckReport?
  /// What to do next, sentences; empty where nothing follows from it.
  package let next: [String]
  /// Pushes of the same command into other maintained releases, from the newest to the oldest.
  package var others: [PushReport] = []
  /// What the same command did in testing; nil where the stream has none, or nothing happened.
  package var testing: TestingReport?

  /// - Parameter removedFiles: number of files that left the tree.
  package init(
    _ plan: PushPlan, isDryRun: Bool, removedFiles: Int = 0, checks: CheckReport? = nil,
    next: [String] = []
  ) {
    self.next = next
    self.plan = plan
    self.removedFiles = removedFiles
    self.isDryRun = isDryRun
    self.checks = checks
  }

  /// The keys of the plan, with `dryRun`, `removedFiles`, `checks`, `next` and `others` added.
  package var value: any Encodable { encoded }

  private var encoded: Value {
    Value(
      plan: plan, dryRun: isDryRun, removedFiles: removedFiles, checks: checks, next: next,
      others: others.map(\.encoded), testing: testing?.encoded)
  }

  /// The keys of the plan, and whether it was carried out.
  private struct Value: Encodable {
    let plan: PushPlan
    let dryRun: Bool
    let removedFiles: Int
    let checks: CheckReport?
    let next: [String]
    let others: [Value]
    let testing: TestingReport.Value?

    private enum CodingKeys: CodingKey { case dryRun, removedFiles, checks, next, others, testing }

    func encode(to encoder: any Encoder) throws {
      try plan.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(dryRun, forKey: .dryRun)
      try container.encode(removedFiles, forKey: .removedFiles)
      try container.encode(checks, forKey: .checks)
      try container.encode(next, forKey: .next)
      try container.encode(others, forKey: .others)
      try container.encodeIfPresent(testing, forKey: .testing)
    }
  }

  /// What leaves, what comes, warnings, and failed checks, of each push.
  package func text(_ style: TextStyle) -> String {
    ([self] + others).map { $0.ownText(style) + ($0.testing?.ownText(style) ?? "") }.joined()
  }

  private func ownText(_ style: TextStyle) -> String {
    if plan.isEmpty, plan.refusals.isEmpty {
      return "Nothing is new for \(plan.release): nothing to push.\n" + skipped(style)
        + (removedFiles == 0
          ? "" : "Removed \(removedFiles.counted("file")) that no client asks for any more.\n")
        + "\n"
        + FindingsText.section("Warnings", of: plan.warnings, as: .attention, in: style)
    }
    var updated = TextTable(["package", "from", "to"])
    for entry in plan.updated { updated.add([entry.package, entry.from, entry.to]) }
    return [
      style.paint(heading, .heading) + "\n\n",
      plan.reason.map { "Reason: \($0)".indented("", in: style) + "\n" } ?? "",
      RetiredText.section("Retiring: leave with the next release", of: plan.retiring, in: style),
      plan.updated.isEmpty
        ? ""
        : style.paint("Updated (\(plan.updated.count.grouped))", .heading) + "\n"
          + updated.text(style)
          + "\n",
      BuildListText.section("Added", of: plan.added, in: style),
      LimitedText.section(
        plan.limited, news: Set(plan.builds.map(\.package)), in: style),
      unlisted(style),
      BuildListText.section("Listed again", of: plan.relisted, in: style),
      BuildListText.section(
        "No longer held", of: plan.lifted.map { BuildEntry(package: $0.name, nvr: $0) }, in: style),
      skipped(style),
      advisories(style),
      changes(style),
      FindingsText.section("Warnings", of: plan.warnings, as: .attention, in: style),
      isDryRun ? StepsText.section("Steps", of: plan.steps, in: style) : "",
      FindingsText.section("Refused", of: plan.refusals, as: .bad, in: style),
      checks.map { $0.passed ? Self.notes($0, style) : CheckReportText($0).text(style) } ?? "",
      next.map { "Next: \($0)\n" }.joined(),
    ].joined()
  }

  /// What a verdict that passed does not cover.
  private static func notes(_ checks: CheckReport, _ style: TextStyle) -> String {
    checks.checks.map { NotesText.lines($0.notes, of: $0.name, style) }.joined()
  }

  private var heading: String {
    let count = plan.builds.count
    let what =
      switch plan.kind {
      case .update:
        "\(isDryRun ? "Would push" : "Pushed") \(count.counted("build")) to"
      case .withdrawal: "\(isDryRun ? "Would take" : "Took") builds out of"
      case .undo:
        plan.undoes.map { "\(isDryRun ? "Would take" : "Took") push \($0) back from" }
          ?? "No push to take back from"
      }
    return "\(what) \(plan.release), push \(plan.serial)"
  }

  private func unlisted(_ style: TextStyle) -> String {
    if plan.unlisted.isEmpty { return "" }
    var table = TextTable(["package", "build", "why"])
    for entry in plan.unlisted {
      table.add([entry.package, entry.nvr.description, entry.cause.rawValue])
    }
    return style.paint("Not offered any more (\(plan.unlisted.count.grouped))", .heading) + "\n"
      + table.text(style) + "\n"
  }

  private func skipped(_ style: TextStyle) -> String {
    SkippedText.section("New, but not in this push", of: plan.skipped, in: style)
  }

  private func advisories(_ style: TextStyle) -> String {
    if plan.advisories.isEmpty { return "" }
    var table = TextTable(["advisory", "kind", "title"], endingIn: .sentences)
    for entry in plan.advisories {
      let kind = entry.kind + (entry.severity.map { ", \($0)" } ?? "")
      table.add([entry.id, kind, entry.title.sanitizedForDisplay])
    }
    return style.paint("Advisories (\(plan.advisories.count.grouped))", .heading) + "\n"
      + table.text(style)
      + "\n"
  }

  private func changes(_ style: TextStyle) -> String {
    if plan.changes.isEmpty { return "" }
    return style.paint("Also", .heading) + "\n"
      + plan.changes.map { $0.indented("  ", in: style) }.joined() + "\n"
  }
}
