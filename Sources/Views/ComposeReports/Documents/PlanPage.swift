import ComposePlanning
import ReleaseModel

/// The values of the template of a plan's HTML preview. Mustache escapes
/// them: the words of a marker cannot become markup.
struct PlanPage: Sendable {
  let title: String
  let release: String
  let previous: String
  let buildSystem: String
  let tag: String
  let digest: String
  let date: String
  let counts: [Count]
  let retired: [Retired]
  let updated: [UpdateEntry]
  let added: [BuildEntry]
  let refusals: [Finding]
  let warnings: [Finding]
  let pending: [Waiting]
  let trees: [Tree]
  let steps: [String]
  /// Names of what is blocked by now, and was not when the current release was
  /// composed.
  let blocked: [String]
  /// How many were blocked before, in a sentence; empty for none.
  let blockedBefore: String
  /// How many had left before, and are not told.
  let retiredBefore: Int

  struct Count: Sendable {
    let name: String
    let number: Int
  }
  struct Retired: Sendable {
    let entry: RetiredEntry
    /// What cannot be installed without it, with who answers for it and why.
    let breakage: [Broken]
    let breaks: Bool
    /// Whether the release manager has agreed to it.
    let acknowledged: Bool

    init(_ entry: RetiredEntry, acknowledged: Bool) {
      self.entry = entry
      breakage = (entry.breakage ?? []).map(Broken.init)
      breaks = !breakage.isEmpty
      self.acknowledged = acknowledged
    }
  }
  struct Broken: Sendable {
    let package: String
    let owner: String
    let explanations: [String]

    init(_ entry: Breakage) {
      package = entry.package
      owner = entry.owner ?? ""
      explanations = entry.explanations
    }
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

  init(_ plan: Plan, title: String, acknowledged: Set<NVR>) {
    self.title = title
    release = plan.release.description
    previous = plan.previous?.description ?? "none"
    buildSystem = plan.buildSystem
    tag = plan.composeTag
    digest = plan.digest.hex
    date = plan.date
    counts = [
      Count(name: "carried", number: plan.carried.count),
      Count(name: "updated", number: plan.updated.count),
      Count(name: "added", number: plan.added.count),
      Count(name: "retired", number: plan.departing.count),
    ]
    retired = plan.departing.map { Retired($0, acknowledged: acknowledged.contains($0.nvr)) }
    blocked = plan.blocked.filter { $0.isNew == true }.map(\.package)
    let before = plan.blocked.count - blocked.count
    blockedBefore = before > 0 ? BlockedText.before(before) : ""
    updated = plan.updated
    added = plan.added
    refusals = plan.refusals
    warnings = plan.warnings
    pending = plan.pending.map {
      Waiting(nvr: $0.nvr, tag: $0.tag, days: $0.days.map(String.init) ?? "?")
    }
    trees = plan.trees.map {
      Tree(
        path: $0.path.description, packages: $0.packages, size: ByteCount.text($0.bytes),
        repositories: $0.repositories.count)
    }
    steps = plan.steps
    retiredBefore = plan.retiredBefore.count
  }
}
