import ReleaseModel

/// A plan as a page shows it: its entries, each with the link to the page of
/// its package.
struct PlanRows: Sendable {
  let release: String
  let previous: String?
  let date: String
  let counts: [Count]
  let unacknowledged: Int
  let hasUnacknowledged: Bool
  let refusals: [Finding]
  let warnings: [Finding]
  let retired: [Retired]
  let updated: [Linked<UpdateEntry>]
  let added: [Linked<BuildEntry>]

  struct Count: Sendable {
    let name: String
    let number: Int
  }

  struct Retired: Sendable {
    let name: PackageName
    let entry: RetiredEntry
    let breaks: [Linked<Breakage>]
    let acknowledged: Bool
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
    let rows = plan.retired.map { entry in
      Retired(
        name: name(entry.package), entry: entry,
        breaks: (entry.breakage ?? []).map { Linked(name: name($0.package), entry: $0) },
        acknowledged: plan.acknowledged.contains(entry.nvr))
    }
    // What needs a decision comes first.
    retired = rows.filter { !$0.acknowledged } + rows.filter(\.acknowledged)
    unacknowledged = rows.count { !$0.acknowledged }
    hasUnacknowledged = unacknowledged > 0
    refusals = plan.refusals
    warnings = plan.warnings
    updated = plan.updated.map { Linked(name: name($0.package), entry: $0) }
    added = plan.added.map { Linked(name: name($0.package), entry: $0) }
  }
}
