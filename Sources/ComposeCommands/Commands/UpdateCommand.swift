import ArgumentParser
import ComposeExecution
import ComposePlanning
import ComposePolicy
import ComposeReports
import RPMPackages
import ReleaseModel

struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Push new builds into the current updates tree.",
    discussion: "Older versions stay, so that 'dnf downgrade' works.")

  @Argument(help: "The major version, such as 7.")
  var major: Int

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var signing: SigningOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, isDryRun: change.dryRun)
    let entry = try context.policy(major: major)
    if change.dryRun || !context.hasLedger(entry) {
      let reading = try context.readingSite(entry)
      if let outlook = try Recovery(site: reading).outlook() { context.activity.note(outlook) }
      let plan = try await plan(entry, reading, context)
      try context.render(PushReport(plan, isDryRun: true))
      if !plan.builds.isEmpty || !plan.refusals.isEmpty {
        _ = try UpdateOperation(plan, at: reading)
      }
      return
    }
    let (plan, checks) = try await context.changing(entry, "update \(major)") { site in
      let plan = try await self.plan(entry, site, context)
      if plan.builds.isEmpty, plan.refusals.isEmpty { return (plan, nil as CheckReport?) }
      try Executor(site: site).run(UpdateOperation(plan, at: site))
      if signing.allowUnsigned {
        context.warn("UNSIGNED RPMs were allowed in this push; the ledger records it")
      }
      return (plan, try TreeCheckRunner(site: site).runAndRecord(site.release(plan.release)))
    }
    try context.render(
      PushReport(plan, isDryRun: false, checks: checks.map { CheckText($0) }))
    if let checks, !checks.passed {
      throw ComposeError(
        .failed, "push \(plan.serial) to \(plan.release)",
        "it is done, but the tree does not pass its checks",
        remedy: "Mend what the findings name, then check again")
    }
  }

  private func plan(
    _ entry: PolicySet.Entry, _ site: Site, _ context: Context
  ) async throws -> PushPlan {
    guard let current = try site.currentSnapshot() else {
      throw ComposeError(
        .refused, entry.policy.stream, "it has no current release to push updates to",
        remedy: "Compose, publish and promote a release first")
    }
    var inventory = try await site.inventory(
      from: context.buildSystem(buildSystem, site, for: current.release))
    inventory.warnings += context.missingKeys(entry)
    return try Planner(policy: entry.policy, order: .rpm).push(
      from: inventory, allowUnsigned: signing.allowUnsigned)
  }
}
