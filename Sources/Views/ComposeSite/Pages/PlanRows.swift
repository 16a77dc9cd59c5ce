/// A plan as a page shows it.
struct PlanRows: Sendable {
  let release: String
  let previous: String?
  let date: String
  let counts: [Count]
  let unacknowledged: Int
  let hasUnacknowledged: Bool
  let refusals: [SitePlan.Note]
  let warnings: [SitePlan.Note]
  let retired: [Retired]
  let updated: [Updated]
  let added: [Added]

  struct Count: Sendable {
    let name: String
    let number: Int
  }

  struct Retired: Sendable {
    let name: PackageName
    let nvr: String
    let marker: String
    let text: String
    let breaks: [BreakageRow]
    let acknowledged: Bool
  }

  struct Updated: Sendable {
    let name: PackageName
    let from: String
    let to: String
  }

  struct Added: Sendable {
    let name: PackageName
    let nvr: String
  }

  /// - Parameter name: how a package is shown, with its link or without.
  init(_ plan: SitePlan, name: (String) -> PackageName) {
    release = plan.release
    previous = plan.previous
    date = plan.date
    counts = [
      Count(name: "carried", number: plan.carried),
      Count(name: "updated", number: plan.updated.count),
      Count(name: "added", number: plan.added.count),
      Count(name: "retired", number: plan.retired.count),
    ]
    unacknowledged = plan.retired.count { !$0.acknowledged }
    hasUnacknowledged = unacknowledged > 0
    refusals = plan.refusals
    warnings = plan.warnings
    // What needs a decision comes first.
    let ordered = plan.retired.filter { !$0.acknowledged } + plan.retired.filter(\.acknowledged)
    retired = ordered.map { entry in
      Retired(
        name: name(entry.package), nvr: entry.nvr, marker: entry.marker, text: entry.text,
        breaks: entry.breaks.map { BreakageRow($0, name: name($0.package)) },
        acknowledged: entry.acknowledged)
    }
    updated = plan.updated.map { Updated(name: name($0.package), from: $0.from, to: $0.to) }
    added = plan.added.map { Added(name: name($0.package), nvr: $0.nvr) }
  }
}
