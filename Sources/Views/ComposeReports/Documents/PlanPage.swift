package import ComposePlanning
package import ReleaseModel

/// A plan as pages show it: that of `plan --html`, and that of the site. Mustache escapes
/// the values: the words of a marker cannot become markup.
package struct PlanPage: Sendable {
  let names: PageNames
  let release: String
  let previous: String?
  let buildSystem: String
  let tag: String
  let digest: String
  /// The day on which it was planned, `YYYY-MM-DD`; nil where nobody says.
  let asOf: String?
  /// The day of its newest build, `YYYY-MM-DD`.
  let date: String
  let verdict: Verdict
  let counts: [Count]
  /// The parts that the page has, in their order.
  let parts: [Part]
  let refusals: [FindingGroup]
  let retired: [Retired]
  /// Retirements for which there is no room, one a line; empty for none.
  let moreRetired: String
  let moreRetiredCount: Int
  /// How many of those there was no room for either.
  let omittedRetired: Int
  /// How many of those that leave the release manager has not agreed to.
  let unacknowledged: Int
  let updated: PageList<Linked<UpdateEntry>>
  let added: PageList<Linked<BuildEntry>>
  let warnings: [FindingGroup]
  let pending: PageList<Waiting>
  let trees: [Tree]
  let steps: [String]
  /// Names of what is blocked by now, and was not when the current release was
  /// composed.
  let blocked: [String]
  /// How many were blocked before, in a sentence; nil for none.
  let blockedBefore: String?
  /// How many had left before, and are not told.
  let retiredBefore: Int

  /// Whether the release could be composed, in a sentence.
  struct Verdict: Sendable {
    /// `bad`, `warn` or `good`: the class of the sentence.
    let kind: String
    let sentence: String
  }

  struct Count: Sendable {
    let name: String
    let number: String
  }

  /// A part of the page with its anchor.
  struct Part: Sendable {
    let anchor: String
    let label: String
    let count: String
  }

  /// What leaves, and what it breaks.
  struct Retired: Sendable {
    let name: PackageName
    let entry: RetiredEntry
    let breaks: [Linked<Breakage>]
    /// The same as lines of one text, where there is no room for a list.
    let breaksText: String
    let breaksCount: Int
    /// How many of them there was no room for.
    let breaksOmitted: Int
    /// Whether the release manager has agreed to it.
    let acknowledged: Bool
  }

  struct Waiting: Sendable {
    let nvr: NVR
    let tag: String
    let days: String
  }

  struct Tree: Sendable {
    let path: String
    let packages: Int
    let size: String
    let repositories: Int
  }

  /// How much a page has of each kind before it becomes text: together they stay below
  /// what a browser lays out without a pause.
  private enum Room {
    static let rows = 120
    static let cards = 60
    static let breakages = 150
    static let findings = 60
    // Bytes of lines: 300 KB with all the rest.
    static let updatedBytes = 60_000
    static let addedBytes = 120_000
    static let retiredBytes = 15_000
    static let breakageBytes = 20_000
    static let pendingBytes = 10_000
    static let findingBytes = 15_000
  }

  /// - Parameters:
  ///   - acknowledged: builds whose retirement the release manager has agreed to.
  ///   - asOf: the day on which it was planned, `YYYY-MM-DD`; nil where nobody says.
  ///   - name: how a package is shown, with its link or without.
  package init(
    _ plan: Plan, names: PageNames, acknowledged: Set<NVR>, asOf: String?,
    name: (String) -> PackageName = { PackageName(package: $0, href: nil) }
  ) {
    self.names = names
    release = plan.release.description
    previous = plan.previous?.description
    buildSystem = plan.buildSystem
    tag = plan.composeTag
    digest = plan.digest.hex
    self.asOf = asOf
    date = plan.date
    counts = [
      Count(name: "carried", number: plan.carried.count.grouped),
      Count(name: "updated", number: plan.updated.count.grouped),
      Count(name: "added", number: plan.added.count.grouped),
      Count(name: "retired", number: plan.departing.count.grouped),
    ]
    // What needs a decision comes first.
    let leaving =
      plan.departing.filter { !acknowledged.contains($0.nvr) }
      + plan.departing.filter { acknowledged.contains($0.nvr) }
    unacknowledged = leaving.count { !acknowledged.contains($0.nvr) }
    retired = Self.cards(leaving, acknowledged: acknowledged, name: name)
    let rest = leaving.dropFirst(Room.cards)
    moreRetiredCount = rest.count
    let more = PageText(
      rest.map { Self.line($0, acknowledged: acknowledged.contains($0.nvr)) },
      bytes: Room.retiredBytes)
    moreRetired = more.lines
    omittedRetired = more.omitted
    updated = PageList(plan.updated, limit: Room.rows, bytes: Room.updatedBytes) {
      Linked(name: name($0.package), entry: $0)
    } line: {
      "\($0.package) \($0.from) → \($0.to)"
    }
    added = PageList(plan.added, limit: Room.rows, bytes: Room.addedBytes) {
      Linked(name: name($0.package), entry: $0)
    } line: {
      "\($0.nvr)"
    }
    refusals = FindingGroup.groups(plan.refusals, limit: Room.findings, bytes: Room.findingBytes)
    warnings = FindingGroup.groups(plan.warnings, limit: Room.findings, bytes: Room.findingBytes)
    pending = PageList(plan.pending, limit: Room.rows, bytes: Room.pendingBytes) {
      Waiting(nvr: $0.nvr, tag: $0.tag, days: $0.days.map(String.init) ?? "?")
    } line: {
      "\($0.nvr) in \($0.tag)" + ($0.days.map { ", \($0) days" } ?? "")
    }
    trees = plan.trees.map {
      Tree(
        path: $0.path.description, packages: $0.packages, size: ByteCount.text($0.bytes),
        repositories: $0.repositories.count)
    }
    steps = plan.steps
    blocked = plan.blocked.filter { $0.isNew == true }.map(\.package)
    let before = plan.blocked.count - blocked.count
    blockedBefore = before > 0 ? BlockedText.before(before) : nil
    retiredBefore = plan.retiredBefore.count
    verdict = Self.verdict(
      refusals: plan.refusals.count, unacknowledged: unacknowledged,
      warnings: plan.warnings.count)
    parts = [
      ("refusals", "Stands in the way", plan.refusals.count),
      ("leaves", "Leaves", leaving.count), ("blocked", "Blocked", blocked.count),
      ("updated", "Updated", plan.updated.count), ("added", "Added", plan.added.count),
      ("pending", "Would miss the cut", plan.pending.count),
      ("warnings", "Warnings", plan.warnings.count),
    ].filter { $0.2 > 0 }.map { Part(anchor: $0, label: $1, count: $2.grouped) }
  }

  private static func verdict(refusals: Int, unacknowledged: Int, warnings: Int) -> Verdict {
    if refusals > 0 {
      return Verdict(
        kind: "bad",
        sentence: "It would be refused: \(things(refusals)) in the way.")
    }
    var open: [String] = []
    if unacknowledged > 0 {
      open.append("\(count(unacknowledged, "retirement is", "retirements are")) not acknowledged")
    }
    if warnings > 0 { open.append("there \(count(warnings, "warning", "warnings", verb: true))") }
    return open.isEmpty
      ? Verdict(kind: "good", sentence: "It can be composed.")
      : Verdict(kind: "warn", sentence: "It can be composed; \(open.joined(separator: " and ")).")
  }

  private static func things(_ number: Int) -> String {
    number == 1 ? "one thing stands" : "\(number.grouped) things stand"
  }

  private static func count(
    _ number: Int, _ one: String, _ many: String, verb: Bool = false
  ) -> String {
    let word = number == 1 ? one : many
    return (verb ? (number == 1 ? "is " : "are ") : "") + "\(number.grouped) \(word)"
  }

  private static func cards(
    _ leaving: [RetiredEntry], acknowledged: Set<NVR>, name: (String) -> PackageName
  ) -> [Retired] {
    let shown = leaving.prefix(Room.cards)
    let total = shown.reduce(0) { sum, entry in
      sum + (entry.breakage ?? []).reduce(0) { $0 + 1 + $1.explanations.count }
    }
    let fits = total <= Room.breakages
    var room = Room.breakageBytes
    return shown.map { entry in
      let breakage = entry.breakage ?? []
      let text = PageText(fits ? [] : breakage.map(line), bytes: room)
      room -= text.lines.utf8.count
      return Retired(
        name: name(entry.package), entry: entry,
        breaks: fits ? breakage.map { Linked(name: name($0.package), entry: $0) } : [],
        breaksText: text.lines, breaksCount: breakage.count, breaksOmitted: text.omitted,
        acknowledged: acknowledged.contains(entry.nvr))
    }
  }

  private static func line(_ entry: Breakage) -> String {
    let explanations = entry.explanations.map { "\n    \($0)" }.joined()
    return entry.package + (entry.owner.map { " (\($0))" } ?? "") + explanations
  }

  private static func line(_ entry: RetiredEntry, acknowledged: Bool) -> String {
    let breaks = (entry.breakage ?? []).map(\.package).joined(separator: ", ")
    return "\(entry.nvr)\(acknowledged ? "" : ", not acknowledged")"
      + (breaks.isEmpty ? "" : "; breaks \(breaks)")
  }
}
