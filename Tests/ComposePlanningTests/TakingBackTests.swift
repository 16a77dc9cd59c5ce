import ComposePlanning
import ComposeTestSupport
import RPMPackages
import ReleaseModel
import Testing

/// Pushes that take builds out, or earlier pushes back.
@Suite struct TakingBackTests {
  private func version(
    _ name: String, _ version: String, push: Int, unlisted: UnlistingCause? = nil
  ) -> UpdatesState.Version {
    let evr = EVR(version: version, rpmRelease: "1")
    return .init(
      nvr: NVR(name: name, version: version, rpmRelease: "1"), evr: evr, push: push,
      unlisted: unlisted)
  }

  private func push(
    _ serial: Int, _ kind: PushKind = .update, undoes: Int? = nil, listed: [NVR] = [],
    unlisted: [NVR] = []
  ) -> UpdatesState.Push {
    .init(
      serial: serial, at: serial, kind: kind, undoes: undoes, listed: listed, unlisted: unlisted)
  }

  private func plan(
    _ request: PushRequest, _ versions: [UpdatesState.Version], _ pushes: [UpdatesState.Push] = [],
    live: [Build] = [], newest: [Build] = [], held: [String] = []
  ) throws -> PushPlan {
    var inventory = Inventory(
      buildSystem: "t", builds: live,
      current: try Sample.snapshot("7.06.201903", newest, pushes: pushes.count))
    inventory.updates = UpdatesState(
      versions: Dictionary(grouping: versions, by: \.nvr.name), pushes: pushes)
    inventory.holds = try Self.holds(held)
    return try Planner(policy: Sample.policy(), order: .rpm)
      .push(request, from: inventory, now: 0, allowUnsigned: true)
  }

  /// Holds of builds of another release than the one that is current.
  private static func holds(
    _ nvrs: [String], _ cause: UnlistingCause = .withdrawn
  ) throws -> [NVR: BuildHold] {
    var holds: [NVR: BuildHold] = [:]
    for text in nvrs {
      let nvr = try #require(NVR(text))
      holds[nvr] = BuildHold(
        nvr: nvr, cause: cause, reason: "eats data", operatorName: "eve@composer", at: 0,
        release: try ReleaseID("7.07.201908"))
    }
    return holds
  }

  @Test func `what is withdrawn leaves the lists, with the reason`() throws {
    let plan = try plan(
      .withdraw(["alpha-1.1-1"], reason: "CVE"),
      [version("alpha", "1.0", push: 0), version("alpha", "1.1", push: 1)])
    #expect(plan.kind == .withdrawal)
    #expect(plan.reason == "CVE")
    #expect(plan.unlisted.map(\.nvr) == ["alpha-1.1-1"])
    #expect(plan.refusals.isEmpty && plan.warnings.isEmpty)
    let last = try self.plan(
      .withdraw(["alpha-1.0-1"], reason: "CVE"), [version("alpha", "1.0", push: 0)])
    #expect(last.warnings.map(\.code) == ["nothing-left"])
  }

  @Test func `what nobody can get cannot be withdrawn`() throws {
    for versions in [[], [version("alpha", "1.1", push: 1, unlisted: .undone)]] {
      let plan = try plan(.withdraw(["alpha-1.1-1"], reason: "CVE"), versions)
      #expect(plan.refusals.map(\.code) == ["not-listed"])
    }
  }

  @Test func `an undo takes the newest standing push back, and brings back what it took`() throws {
    let versions = [
      version("alpha", "1.0", push: 0, unlisted: .retention), version("alpha", "1.1", push: 1),
      version("beta", "1.1", push: 2, unlisted: .undone),
    ]
    let plan = try plan(
      .undo(reason: "broken"), versions,
      [
        push(1, listed: ["alpha-1.1-1"], unlisted: ["alpha-1.0-1"]),
        push(2, listed: ["beta-1.1-1"]),
        push(3, .undo, undoes: 2, unlisted: ["beta-1.1-1"]),
      ])
    #expect(plan.undoes == 1, "the second is taken back already, and an undo is not undone")
    #expect(plan.unlisted.map(\.nvr) == ["alpha-1.1-1"])
    #expect(plan.relisted.map(\.nvr) == ["alpha-1.0-1"])
    #expect(plan.serial == 4)
  }

  @Test func `without a standing push nothing can be undone`() throws {
    let undone = [push(1, listed: ["a-1-1"]), push(2, .undo, undoes: 1, unlisted: ["a-1-1"])]
    for pushes in [[], undone] {
      let plan = try plan(.undo(reason: "broken"), [], pushes)
      #expect(plan.refusals.map(\.code) == ["nothing-to-undo"])
    }
  }

  @Test func `what was taken out is not pushed again until somebody says so`() throws {
    let live = [Sample.build("alpha", "1.1")]
    let newest = [Sample.build("alpha")]
    // The release that is current never had it: the hold is of the build.
    let versions = [version("alpha", "1.0", push: 0)]
    let held = ["alpha-1.1-1"]
    let left = try plan(.update(), versions, live: live, newest: newest, held: held)
    #expect(left.builds.isEmpty && left.isEmpty)
    #expect(left.warnings.map(\.code) == ["held"])
    #expect(left.warnings.first?.message.contains("eats data") == true)
    let again = try plan(
      .update(UpdateSelection(again: ["alpha-1.1-1"])), versions, live: live, newest: newest,
      held: held)
    #expect(again.builds.map(\.nvr.description) == ["alpha-1.1-1"])
    #expect(again.refusals.isEmpty)
    // A newer build is another matter.
    let newer = try plan(
      .update(), versions, live: [Sample.build("alpha", "1.2")], newest: newest, held: held)
    #expect(newer.builds.map(\.nvr.description) == ["alpha-1.2-1"])
  }

  @Test func `a held build that the tree lists leaves with the next update`() throws {
    let (live, newest) = ([Sample.build("alpha", "1.1")], [Sample.build("alpha", "1.1")])
    let versions = [version("alpha", "1.0", push: 0), version("alpha", "1.1", push: 1)]
    let held = ["alpha-1.1-1"]
    let nvrs: [NVR] = ["alpha-1.1-1"]
    let plan = try plan(.update(), versions, live: live, newest: newest, held: held)
    #expect(plan.unlisted.map(\.nvr) == nvrs && plan.unlisted.map(\.cause) == [.withdrawn])
    // Or stays, where somebody says so.
    let stays = try self.plan(
      .update(UpdateSelection(again: Set(held))), versions, live: live, newest: newest, held: held)
    #expect(stays.unlisted.isEmpty && stays.lifted == nvrs && stays.refusals.isEmpty)
    #expect(!stays.isEmpty, "lifting a hold is recorded")
  }

  @Test func `a push brings what is selected, and says what it leaves`() throws {
    let live = ["alpha", "beta", "gamma"].map { Sample.build($0, "1.1") }
    let newest = ["alpha", "beta", "gamma"].map { Sample.build($0) }
    func push(_ selection: UpdateSelection, held: [String] = []) throws -> PushPlan {
      try plan(.update(selection), [], live: live, newest: newest, held: held)
    }
    let only = try push(UpdateSelection(only: ["beta-1.1-1"]))
    #expect(only.builds.map(\.nvr.description) == ["beta-1.1-1"])
    #expect(only.skipped.map(\.nvr) == ["alpha-1.1-1", "gamma-1.1-1"])
    let skipping = try push(UpdateSelection(skipping: ["beta-1.1-1"]))
    #expect(skipping.builds.map(\.nvr.description) == ["alpha-1.1-1", "gamma-1.1-1"])
    #expect(skipping.skipped.map(\.reason) == ["--skip names it"])
    // What is named wrongly would silently do another thing.
    #expect(try push(UpdateSelection(only: ["beta-9-1"])).refusals.map(\.code) == ["not-live"])
    #expect(try push(UpdateSelection(skipping: ["beta-9-1"])).refusals.map(\.code) == ["not-new"])
    let held = try push(UpdateSelection(only: ["beta-1.1-1"]), held: ["beta-1.1-1"])
    #expect(held.refusals.map(\.code) == ["held"] && held.builds.isEmpty)
  }

  @Test func `only what is live can come again`() throws {
    let plan = try plan(.update(UpdateSelection(again: ["alpha-1.1-1"])), [])
    #expect(plan.refusals.map(\.code) == ["not-live"])
  }

  @Test func `a release that would bring a withdrawn build to users is refused`() throws {
    var inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha", "1.1")],
      current: try Sample.snapshot("7.06.201903", [Sample.build("alpha")]))
    inventory.holds = try Self.holds(["alpha-1.1-1"], .undone)
    #expect(try Sample.plan("7.07.201908", inventory).refusals.map(\.code) == ["held"])
    inventory.holds = [:]
    inventory.updates = UpdatesState(
      versions: ["alpha": [version("alpha", "1.1", push: 1, unlisted: .retention)]])
    #expect(try Sample.plan("7.07.201908", inventory).refusals.isEmpty)
  }
}
