import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import FoundationEssentials
import RPMPackages
import ReleaseModel
import Testing

/// What comes into testing, and what leaves it and why.
@Suite struct TestingPlanTests {
  private func plan(
    _ tagged: [Build]?, having present: [Build]?, on current: [Build],
    holding held: [String] = [], stable: Set<NVR> = [], skippingUnsigned: Bool = false,
    allowUnsigned: Bool = false
  ) throws -> TestingPlan {
    var inventory = Inventory(
      buildSystem: "t", builds: tagged ?? [], current: try Sample.snapshot("7.06.201903", current),
      revisionFloor: 7)
    inventory.liveVersions = tagged.map { builds in
      Dictionary(builds.map { ($0.package, $0.evr) }) { first, _ in first }
    }
    for nvr in held.compactMap({ NVR($0) }) {
      inventory.holds[nvr] = BuildHold(
        nvr: nvr, cause: .withdrawn, reason: "It eats data", operatorName: "ann@host", at: 1,
        release: try ReleaseID("7.06.201903"))
    }
    let text = TestingArea.added(
      to: try String(contentsOfFile: "\(Fixtures.policies)/epel-7.yaml", encoding: .utf8))
    return try Planner(policy: Policy(text: text, file: "p.yaml"), order: .rpm).testing(
      from: inventory, having: present, stable: stable, skippingUnsigned: skippingUnsigned,
      allowUnsigned: allowUnsigned)
  }

  private func leaving(_ plan: TestingPlan) -> [String] {
    plan.leaving.map { "\($0.nvr) \($0.cause.rawValue)" }
  }

  @Test func `what is in the tag and not stable comes, and what is there stays`() throws {
    let tagged = [
      Sample.build("alpha", "2.0"), Sample.build("beta"), Sample.build("iota"),
      Sample.build("kappa"),
    ]
    let plan = try plan(
      tagged, having: [Sample.build("kappa")], on: [Sample.build("alpha"), Sample.build("beta")])
    #expect(plan.builds.map(\.nvr.description) == ["alpha-2.0-1", "iota-1.0-1"])
    #expect(plan.leaving.isEmpty && plan.refusals.isEmpty && plan.warnings.isEmpty)
    #expect(!plan.begins && !plan.isEmpty)
    #expect(plan.revision == 1_552_000_000, "the newest build, which is later than the floor")
  }

  @Test func `what is there and tagged is no news`() throws {
    let there = [Sample.build("alpha", "2.0")]
    let plan = try plan(there, having: there, on: [Sample.build("alpha")])
    #expect(plan.isEmpty && plan.steps.isEmpty)
  }

  @Test func `each build that leaves says why`() throws {
    let present = ["alpha", "beta", "delta", "gamma", "iota", "kappa"].map {
      Sample.build($0, "2.0")
    }
    let plan = try plan(
      [Sample.build("beta", "2.1"), Sample.build("delta", "2.0"), Sample.build("kappa", "2.0")],
      having: present,
      on: [
        Sample.build("alpha", "2.0"), Sample.build("gamma", "3.0"), Sample.build("iota", "1.0"),
      ],
      holding: ["delta-2.0-1"])
    #expect(
      leaving(plan) == [
        "alpha-2.0-1 stable", "beta-2.0-1 replaced", "delta-2.0-1 held", "gamma-2.0-1 overtaken",
        "iota-2.0-1 untagged",
      ])
    #expect(plan.builds.map(\.nvr.description) == ["beta-2.1-1"])
  }

  @Test func `where nobody was asked, only what went stable or is held leaves`() throws {
    let present = ["alpha", "beta", "delta"].map { Sample.build($0, "2.0") }
    let plan = try plan(
      nil, having: present, on: [Sample.build("alpha")], holding: ["delta-2.0-1"],
      stable: ["alpha-2.0-1"])
    #expect(leaving(plan) == ["alpha-2.0-1 stable", "delta-2.0-1 held"])
  }

  @Test func `what is held, or older than what users have, does not come`() throws {
    let plan = try plan(
      [Sample.build("alpha", "0.9"), Sample.build("beta", "2.0")], having: [],
      on: [Sample.build("alpha"), Sample.build("beta")], holding: ["beta-2.0-1"])
    #expect(plan.builds.isEmpty)
    #expect(plan.warnings.map(\.code) == ["older-than-stable", "held"])
  }

  @Test func `a marker is tested as anything else, and told`() throws {
    let plan = try plan(
      [Sample.build("gamma", "1.0", "2", marker: "Gone.")], having: [], on: [Sample.build("gamma")])
    #expect(plan.builds.map(\.nvr.description) == ["gamma-1.0-2"])
    #expect(plan.retiring.map(\.package) == ["gamma"] && plan.retiring[0].wasCarried)
  }

  @Test func `an unsigned build is refused, or left out where that is asked for`() throws {
    let tagged = [Sample.build("alpha", "2.0", signature: .unsigned), Sample.build("beta", "2.0")]
    let refused = try plan(tagged, having: [], on: [])
    #expect(refused.refusals.map(\.code) == ["unsigned", "unsigned"])
    let left = try plan(tagged, having: [], on: [], skippingUnsigned: true)
    #expect(left.refusals.isEmpty && left.builds.map(\.package) == ["beta"])
    #expect(left.skipped.map(\.nvr.description) == ["alpha-2.0-1"])
    let allowed = try plan(tagged, having: [], on: [], allowUnsigned: true)
    #expect(allowed.refusals.isEmpty && allowed.builds.count == 2 && allowed.allowUnsigned)
  }

  @Test func `a release without the tree gets one, whatever is tagged`() throws {
    let plan = try plan([], having: nil, on: [Sample.build("alpha")])
    #expect(plan.begins && !plan.isEmpty)
    #expect(plan.steps == ["make /pub/epel/testing/7.06.201903 without RPMs"])
  }
}
