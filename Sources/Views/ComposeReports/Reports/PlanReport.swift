package import ComposePlanning
package import ReleaseModel

/// The preview of a compose.
package struct PlanReport: Report {
  /// The plan as it would be composed.
  package let plan: Plan

  /// Text and JSON of `plan`.
  package init(_ plan: Plan) { self.plan = plan }

  /// A plan file, sealed like one.
  package var value: any Encodable { get throws { try PlanFile.sealed(plan) } }

  /// What leaves first, because a person has to look at that; then what
  /// changes, warnings, trees and steps, and last whether it would be refused.
  package func text(_ style: TextStyle) -> String {
    [
      heading(style), BranchingText.section(plan.branching, in: style), retired(style),
      updated(style), added(style), carried(style),
      LimitedText.section(plan.limited, news: news, in: style), others(style),
      FindingsText.section("Warnings", of: plan.warnings, as: .attention, in: style), trees(style),
      steps(style), FindingsText.section("Refused", of: plan.refusals, as: .bad, in: style),
      NotesText.lines(plan.notes, of: "closure", style), ending(style),
    ].joined()
  }

  /// Packages that are not as they were.
  private var news: Set<String> {
    Set(plan.updated.map(\.package)).union(plan.added.map(\.package))
  }

  private func heading(_ style: TextStyle) -> String {
    let title =
      "Plan of \(plan.release)"
      + (plan.previous.map { " (after \($0))" } ?? " (the first release)")
    var counts = TextTable(["", ""])
    counts.add(["builds", "\(plan.builds.count.grouped) from \(plan.buildSystem)"])
    counts.add([
      "changes",
      "\(plan.carried.count.grouped) carried, \(plan.updated.count.grouped) updated, "
        + "\(plan.added.count.grouped) added, \(plan.departing.count.grouped) retired",
    ])
    if let branching = plan.branching { counts.add(["branched", "from \(branching.former)"]) }
    if let event = plan.event {
      counts.add(["event", "\(event.id), \(Moment(event.time))"])
    }
    counts.add(["tag", plan.composeTag])
    counts.add(["digest", plan.digest.hex])
    return style.paint(title, .heading) + "\n" + counts.text(style) + "\n"
  }

  private func retired(_ style: TextStyle) -> String {
    let text = RetiredText.section("Retired", of: plan.departing, in: style)
    let before = plan.retiredBefore
    guard !before.isEmpty else { return text }
    if style.isVerbose { return text + RetiredText.section("Still retired", of: before, in: style) }
    return text
      + style.paint(
        "Still retired (\(before.count.grouped)): not in \(plan.previous?.description ?? "") either",
        .faint
      )
      + "\n"
      + NameList.text(before.map(\.package), in: style).indented("  ", in: style) + "\n"
  }

  private func updated(_ style: TextStyle) -> String {
    guard !plan.updated.isEmpty else { return "" }
    var table = TextTable(["package", "from", "to"])
    for entry in plan.updated { table.add([entry.package, entry.from, entry.to]) }
    return style.paint("Updated (\(plan.updated.count.grouped))", .heading) + "\n"
      + table.text(style)
      + "\n"
  }

  private func added(_ style: TextStyle) -> String {
    BuildListText.section("Added", of: plan.added, in: style)
  }

  private func carried(_ style: TextStyle) -> String {
    guard !plan.carried.isEmpty, style.isVerbose else { return "" }
    return BuildListText.section("Carried", of: plan.carried, in: style)
  }

  private func others(_ style: TextStyle) -> String {
    var text = ""
    text += blocked(style)
    if !plan.pending.isEmpty {
      var table = TextTable(["build", "waits in", "since", "days"])
      for entry in plan.pending {
        table.add([
          entry.nvr.description, entry.tag, entry.since ?? "-", entry.days.map(\.grouped) ?? "-",
        ])
      }
      text +=
        style.paint("Would miss the cut (\(plan.pending.count.grouped))", .attention) + "\n"
        + table.text(style) + "\n"
    }
    return text
  }

  /// What is blocked by now is listed; what was before is counted.
  private func blocked(_ style: TextStyle) -> String {
    let new = plan.blocked.filter { $0.isNew == true || style.isVerbose }
    let before = plan.blocked.count - new.count
    var text = ""
    if !new.isEmpty {
      text += style.paint("Blocked (\(new.count.grouped))", .heading) + "\n"
      text += NameList.text(new.map(\.package), in: style).indented("  ", in: style)
      for entry in new where !(entry.breakage ?? []).isEmpty {
        text +=
          entry.package.indented("  ", in: style)
          + BreakageSection.lines(entry.breakage, style)
      }
    }
    if before > 0 { text += BlockedText.before(before) + "\n" }
    if let unblocked = plan.unblocked, !unblocked.isEmpty {
      text += "No longer blocked: \(NameList.text(unblocked, in: style))".indented("", in: style)
    }
    return text.isEmpty ? "" : text + "\n"
  }

  private func trees(_ style: TextStyle) -> String {
    var table = TextTable(["tree", "RPM files", "size", "repositories"])
    for tree in plan.trees {
      table.add([
        tree.path.description, tree.packages.grouped, ByteCount.text(tree.bytes),
        tree.repositories.count.grouped,
      ])
    }
    let space =
      "Links take no space. Where RPMs cannot be linked, \(ByteCount.text(plan.forecast.bytesIfCopied)) "
      + "are copied. At most \(plan.forecast.inodes.grouped) names and directories are made."
    return style.paint("Trees", .heading) + "\n" + table.text(style)
      + space.indented("  ", in: style) + "\n"
  }

  private func steps(_ style: TextStyle) -> String {
    StepsText.section("Steps of compose", of: plan.steps, in: style)
  }

  private func ending(_ style: TextStyle) -> String {
    let broken = plan.warnings.filter { BreakageText.codes.contains($0.code) }.count
    let backwards = plan.warnings.filter { Self.backwards.contains($0.code) }.count
    guard plan.refusals.isEmpty, broken + backwards > 0 else { return verdict(style) }
    let checks = [
      broken > 0 ? "its check of the closure will find \(broken.grouped)" : nil,
      backwards > 0 ? "its check of the upgrade path will find \(backwards.grouped)" : nil,
    ].compactMap { $0 }
    return "It can be composed, but \(checks.joined(separator: ", and "))."
      .indented("", in: style, as: .attention)
  }

  /// Codes of the check of the upgrade path.
  private static let backwards: Set<String> = ["older", "obsoletes-too-little"]

  private func verdict(_ style: TextStyle) -> String {
    plan.refusals.isEmpty
      ? style.paint("Nothing stands in the way.", .good) + "\n"
      : style.paint("This plan would be refused.", .bad) + "\n"
  }
}

/// Blocks that everybody knows of.
enum BlockedText {
  static func before(_ count: Int) -> String {
    count == 1
      ? "1 package is blocked, as before." : "\(count.grouped) packages are blocked, as before."
  }
}

/// Numbered steps.
enum StepsText {
  static func section(_ heading: String, of steps: [String], in style: TextStyle) -> String {
    guard !steps.isEmpty else { return "" }
    return style.paint(heading, .heading) + "\n" + table(of: steps, in: style) + "\n"
  }

  static func table(of steps: [String], in style: TextStyle) -> String {
    var table = TextTable(["", ""])
    for (index, step) in steps.enumerated() { table.add(["\(index + 1).", step]) }
    return table.text(style)
  }
}

/// Packages that leave, with the words of their packagers.
package enum RetiredText {
  /// One paragraph an entry: build, marker, its text, and what breaks. Empty
  /// for no entries.
  package static func section(
    _ heading: String, of entries: [RetiredEntry], in style: TextStyle
  ) -> String {
    guard !entries.isEmpty else { return "" }
    let (shown, rest) = style.excerpt(of: entries)
    var text = style.paint("\(heading) (\(entries.count.grouped))", .attention) + "\n"
    for entry in shown {
      text += "\(entry.nvr) (\(entry.rpm): \(entry.marker))".indented("  ", in: style)
      if !entry.text.isEmpty {
        let lines = entry.text.trimmingEnd.indented("    | ", in: style)
        text += lines
      }
      text += BreakageSection.lines(entry.breakage, style)
    }
    return text + (rest.map { "  \($0)\n" } ?? "") + "\n"
  }
}

/// Builds whose noarch RPMs some architectures do not get.
enum LimitedText {
  /// Those of `news` one a line, the others counted.
  static func section(
    _ entries: [LimitedEntry]?, news: Set<String>, in style: TextStyle
  ) -> String {
    guard let entries, !entries.isEmpty else { return "" }
    let shown = style.isVerbose ? entries : entries.filter { news.contains($0.package) }
    var text = style.paint("noarch, but not everywhere (\(entries.count.grouped))", .heading) + "\n"
    if !shown.isEmpty {
      var table = TextTable(["package", "RPMs", "architectures"])
      for entry in shown {
        let arches = entry.arches.map(\.name).joined(separator: ", ")
        table.add([entry.package, entry.rpms.count.grouped, arches.isEmpty ? "none" : arches])
      }
      text += table.text(style)
    }
    let others = entries.count - shown.count
    if others > 0 {
      text +=
        "  \(others.grouped) more \(others == 1 ? "is" : "are") as before (--verbose lists them)\n"
    }
    return text + "\n"
  }
}

/// Names of packages in one paragraph.
enum NameList {
  /// At a terminal the first of a long list, and how many more there are.
  static func text(_ names: [String], in style: TextStyle) -> String {
    let (shown, rest) = style.excerpt(of: names)
    return shown.joined(separator: " ") + (rest.map { " \($0)" } ?? "")
  }
}

/// Builds, one a line.
enum BuildListText {
  static func section(_ heading: String, of entries: [BuildEntry], in style: TextStyle) -> String {
    guard !entries.isEmpty else { return "" }
    var table = TextTable(["package", "build"])
    for entry in entries { table.add([entry.package, entry.nvr.description]) }
    return style.paint("\(heading) (\(entries.count.grouped))", .heading) + "\n"
      + table.text(style) + "\n"
  }
}
