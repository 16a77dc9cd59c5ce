import ComposePlanning
import ComposePolicy
import RPMPackages
import ReleaseModel
import Testing

/// Two module streams of one package, both live.
@Suite struct SideBySideTests {
  private func inventory(
    _ live: [Build], users: [Build], newest: Build
  ) throws -> Inventory {
    var inventory = Inventory(buildSystem: "a directory", builds: live)
    let carried = users.map { Sample.carried([$0])[$0.package] }.compactMap { $0 }
    inventory.current = ReleaseSnapshot(
      release: try ReleaseID("7.06.201903"), newest: Sample.carried([newest]),
      listed: ["engine": carried], pushes: 0)
    return inventory
  }

  private let one = Sample.build("engine", "1.0", "1.m1")
  private let two = Sample.build("engine", "2.0", "1.m2")

  @Test func `what users have of both is carried`() throws {
    let plan = try Sample.plan(
      "7.07.201908", inventory([one, two], users: [one, two], newest: two))
    #expect(plan.carried.map(\.nvr) == [one.nvr, two.nvr])
    #expect(plan.updated.isEmpty && plan.added.isEmpty)
    #expect(!plan.warnings.contains { $0.code == "older-than-current" })
  }

  @Test func `each is updated from its own`() throws {
    let newer = Sample.build("engine", "1.1", "1.m1")
    let plan = try Sample.plan(
      "7.07.201908", inventory([newer, two], users: [one, two], newest: two))
    #expect(plan.updated.map { "\($0.from) \($0.to)" } == ["1.0-1.m1 1.1-1.m1"])
    #expect(plan.carried.map { "\($0.nvr)" } == ["engine-2.0-1.m2"])
    #expect(!plan.warnings.contains { $0.code == "older-than-current" })
  }

  @Test func `a package with one live build goes back with a warning, as ever`() throws {
    let plan = try Sample.plan("7.07.201908", inventory([one], users: [one, two], newest: two))
    #expect(plan.warnings.contains { $0.code == "older-than-current" })
  }

  @Test func `a push brings the older stream, and retention keeps the other`() throws {
    let newer = Sample.build("engine", "1.1", "1.m1")
    var inventory = try inventory([newer, two], users: [one, two], newest: two)
    inventory.updates = UpdatesState(versions: [
      "engine": [one, two].map {
        UpdatesState.Version(nvr: $0.nvr, evr: $0.evr, push: 0, unlisted: nil)
      }
    ])
    let push = try Planner(policy: Sample.policy(), order: .rpm).push(
      .update(UpdateSelection()), from: inventory, now: 1_600_000_000, allowUnsigned: false)
    #expect(push.builds.map(\.nvr) == [newer.nvr])
    #expect(push.unlisted.isEmpty)
    let alone = try self.inventory([newer], users: [one, two], newest: two)
    let refused = try Planner(policy: Sample.policy(), order: .rpm).push(
      .update(UpdateSelection()), from: alone, now: 1_600_000_000, allowUnsigned: false)
    #expect(refused.builds.isEmpty)
    #expect(refused.warnings.contains { $0.code == "older-than-current" })
  }
}
