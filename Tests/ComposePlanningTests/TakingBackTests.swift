import ComposeTestSupport
import ComposePlanning
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
    live: [Build] = [], newest: [Build] = []
  ) throws -> PushPlan {
    var inventory = Inventory(
      buildSystem: "t", builds: live,
      current: try Sample.snapshot("7.06.201903", newest, pushes: pushes.count))
    inventory.updates = UpdatesState(
      versions: Dictionary(grouping: versions, by: \.nvr.name), pushes: pushes)
    return try Planner(policy: Sample.policy(), order: .rpm)
      .push(request, from: inventory, now: 0, allowUnsigned: true)
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

  @Test(arguments: [UnlistingCause.withdrawn, .undone])
  func `what was taken out is not pushed again until somebody says so`(
    cause: UnlistingCause
  ) throws {
    let live = [Sample.build("alpha", "1.1")]
    let versions = [
      version("alpha", "1.0", push: 0), version("alpha", "1.1", push: 1, unlisted: cause),
    ]
    let newest = [Sample.build("alpha")]
    let held = try plan(.update(again: []), versions, live: live, newest: newest)
    #expect(held.builds.isEmpty)
    #expect(held.warnings.map(\.code) == ["held"])
    let again = try plan(.update(again: ["alpha-1.1-1"]), versions, live: live, newest: newest)
    #expect(again.builds.map(\.nvr.description) == ["alpha-1.1-1"])
    #expect(again.refusals.isEmpty)
    // A newer build is another matter.
    let newer = try plan(
      .update(again: []), versions, live: [Sample.build("alpha", "1.2")], newest: newest)
    #expect(newer.builds.map(\.nvr.description) == ["alpha-1.2-1"])
  }

  @Test func `only what is live can come again`() throws {
    let plan = try plan(.update(again: ["alpha-1.1-1"]), [])
    #expect(plan.refusals.map(\.code) == ["not-live"])
  }

  @Test func `a release that would bring a withdrawn build to users is refused`() throws {
    var inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha", "1.1")],
      current: try Sample.snapshot("7.06.201903", [Sample.build("alpha")]))
    inventory.updates = UpdatesState(
      versions: ["alpha": [version("alpha", "1.1", push: 1, unlisted: .withdrawn)]])
    #expect(try Sample.plan("7.07.201908", inventory).refusals.map(\.code) == ["held"])
    inventory.updates = UpdatesState(
      versions: ["alpha": [version("alpha", "1.1", push: 1, unlisted: .retention)]])
    #expect(try Sample.plan("7.07.201908", inventory).refusals.isEmpty)
  }
}
