import ComposePlanning
import ComposeTestSupport
import RPMPackages
import ReleaseModel
import Testing

@Suite struct PushPlanTests {
  private func push(_ live: [Build], on current: [Build], pushes: Int = 0) throws -> PushPlan {
    let inventory = Inventory(
      buildSystem: "t", builds: live,
      current: try Sample.snapshot("7.06.201903", current, pushes: pushes), revisionFloor: 7)
    return try Planner(policy: Sample.policy(), order: .rpm)
      .push(from: inventory, now: 0, allowUnsigned: false)
  }

  @Test func `what is newer or new is pushed, what is the same is not`() throws {
    let plan = try push(
      [Sample.build("alpha"), Sample.build("beta", "1.1"), Sample.build("iota")],
      on: [Sample.build("alpha"), Sample.build("beta")], pushes: 3)
    #expect(plan.builds.map(\.nvr.description) == ["beta-1.1-1", "iota-1.0-1"])
    #expect(plan.updated.map(\.package) == ["beta"])
    #expect(plan.added.map(\.package) == ["iota"])
    #expect(plan.serial == 4)
    #expect(plan.revision == 1_552_000_000)
  }

  @Test func `an older build is not pushed, and said so`() throws {
    let plan = try push([Sample.build("alpha", "0.9")], on: [Sample.build("alpha")])
    #expect(plan.builds.isEmpty)
    #expect(plan.warnings.map(\.code) == ["older-than-current"])
  }

  @Test func `a marker that arrives makes the package retiring`() throws {
    let plan = try push(
      [
        Sample.build("gamma", "1.0", "2", marker: "Gone."),
        Sample.build("epsilon", marker: "Gone."),
      ],
      on: [Sample.build("gamma")])
    #expect(plan.retiring.map(\.package) == ["gamma"])
    #expect(plan.builds.map(\.package) == ["gamma"], "epsilon was never there: it is not pushed")
  }

  @Test func `an unsigned build is refused, even one that retires`() throws {
    let plan = try push(
      [Sample.build("gamma", "2.0", marker: "Gone.", signature: .unsigned)],
      on: [Sample.build("gamma")])
    #expect(plan.refusals.map(\.code) == ["unsigned", "unsigned"])
  }

  @Test func `what left the live tag is told, what was replaced or blocked is not`() throws {
    let current = ["alpha", "beta", "gamma", "delta"].map { Sample.build($0, "2.0") }
    var inventory = Inventory(
      buildSystem: "t", builds: [], blocked: [BlockedEntry(package: "delta")],
      current: try Sample.snapshot("7.06.201903", current))
    inventory.blockedBefore = []
    let planner = try Planner(policy: Sample.policy(), order: .rpm)
    func push() throws -> PushPlan {
      try planner.push(from: inventory, now: 0, allowUnsigned: false)
    }
    #expect(try push().left.isEmpty, "nobody was asked")
    inventory.liveVersions = [
      "alpha": EVR(version: "3.0", rpmRelease: "1"), "beta": EVR(version: "1.0", rpmRelease: "1"),
    ]
    let plan = try push()
    #expect(plan.left.map(\.nvr) == ["beta-2.0-1", "gamma-2.0-1"])
    #expect(plan.warnings.map(\.code) == ["left-live-tag", "left-live-tag", "blocked"])
    #expect(plan.isEmpty, "to tell it is no push")
  }

  @Test func `what some users have, or will have, is newer or older`() throws {
    var inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha", "1.5"), Sample.build("beta", "3.0")],
      current: try Sample.snapshot("7.06.201903", [Sample.build("alpha"), Sample.build("beta")]))
    let bad = Sample.build("alpha", "2.0")
    inventory.updates.versions = [
      "alpha": [
        UpdatesState.Version(nvr: bad.nvr, evr: bad.evr, push: 1, unlisted: .withdrawn)
      ]
    ]
    inventory.others = [
      OtherRelease(
        try Sample.snapshot("7.07.201908", [Sample.build("beta", "2.0")]), wasCurrent: false)
    ]
    let plan = try Planner(policy: Sample.policy(), order: .rpm)
      .push(from: inventory, now: 0, allowUnsigned: false)
    #expect(plan.warnings.map(\.code) == ["older-than-held", "newer-than-next"])
    #expect(plan.warnings.last?.message.contains("7.07.201908") == true)
  }

  @Test func `without a current release there is nothing to push to`() throws {
    let planner = try Planner(policy: Sample.policy(), order: .rpm)
    let error = #expect(throws: ComposeError.self) {
      try planner.push(
        from: Inventory(buildSystem: "t", builds: []), now: 0, allowUnsigned: true)
    }
    #expect(error?.kind == .refused)
  }
}
