import ComposePlanning
import ComposeTestSupport
import RPMPackages
import ReleaseModel
import Testing

/// What a marker had retired, and users get again.
@Suite struct ReturningTests {
  private func inventory(
    live: [Build] = [], current: [Build], retired: [String: String] = [:],
    versions: [UpdatesState.Version] = [], pushes: [UpdatesState.Push] = []
  ) throws -> Inventory {
    var inventory = Inventory(
      buildSystem: "t", builds: live, current: try Sample.snapshot("7.07.201908", current),
      retiredEarlier: try retired.mapValues { try ReleaseID($0) })
    inventory.updates = UpdatesState(
      versions: Dictionary(grouping: versions, by: \.nvr.name), pushes: pushes)
    return inventory
  }

  private func push(
    _ inventory: Inventory, _ request: PushRequest = .update()
  ) throws -> PushPlan {
    try Planner(policy: Sample.policy(), order: .rpm)
      .push(request, from: inventory, now: 0, allowUnsigned: false)
  }

  private func version(
    _ build: Build, push: Int, unlisted: UnlistingCause? = nil
  ) -> UpdatesState.Version {
    UpdatesState.Version(
      nvr: build.nvr, evr: build.evr, push: push, unlisted: unlisted,
      hasMarker: build.marker != nil)
  }

  @Test func `a push says what comes back, and nothing of what is new`() throws {
    let plan = try push(
      inventory(
        live: [Sample.build("sigma", "2.0"), Sample.build("tau")], current: [],
        retired: ["sigma": "7.06.201903"]))
    #expect(plan.added.map(\.package) == ["sigma", "tau"])
    #expect(plan.returning.map(\.sentence) == ["sigma comes back; 7.06.201903 retired it"])
    #expect(plan.warnings.map(\.code) == ["returned"])
    #expect(plan.warnings.first?.package == "sigma")
  }

  @Test func `a rebuild that lost the marker is told, one that kept it is not`() throws {
    let leaving = Sample.build("sigma", marker: "Gone.")
    let lost = try push(
      inventory(live: [Sample.build("sigma", "1.0", "2")], current: [leaving]))
    #expect(
      lost.returning.map(\.sentence)
        == ["sigma no longer retires: sigma-1.0-2 has no marker, sigma-1.0-1 had one"])
    let kept = try push(
      inventory(live: [Sample.build("sigma", "1.0", "2", marker: "Gone.")], current: [leaving]))
    #expect(kept.returning.isEmpty && kept.builds.count == 1)
  }

  @Test func `the plan of the next release tells it as well`() throws {
    let inventory = try inventory(
      live: [Sample.build("sigma", "1.0", "2"), Sample.build("tau")],
      current: [Sample.build("sigma", marker: "Gone."), Sample.build("tau")])
    let warnings = try Sample.plan("7.08.202004", inventory).warnings
    #expect(warnings.filter { $0.code == "returned" }.map(\.package) == ["sigma"])
  }

  @Test func `taking the marker out, or back with its push, is told`() throws {
    let plain = Sample.build("sigma")
    let marked = Sample.build("sigma", "1.0", "2", marker: "Gone.")
    let state = try inventory(
      current: [marked], versions: [version(plain, push: 0), version(marked, push: 1)],
      pushes: [
        UpdatesState.Push(
          serial: 1, at: 1, kind: .update, undoes: nil, listed: ["sigma-1.0-2"], unlisted: [])
      ])
    for request in [
      PushRequest.undo(reason: "no"), .withdraw(["sigma-1.0-2"], reason: "no"),
    ] {
      let plan = try push(state, request)
      #expect(plan.returning.map(\.nvr) == ["sigma-1.0-1"])
    }
    #expect(try push(state, .withdraw(["sigma-1.0-1"], reason: "no")).returning.isEmpty)
  }

  @Test func `an undo that lists a retired package again says so`() throws {
    let back = Sample.build("sigma", "2.0")
    let plan = try push(
      inventory(
        current: [], retired: ["sigma": "7.07.201908"],
        versions: [version(back, push: 1, unlisted: .withdrawn)],
        pushes: [
          UpdatesState.Push(
            serial: 2, at: 1, kind: .withdrawal, undoes: nil, listed: [], unlisted: ["sigma-2.0-1"])
        ]), .undo(reason: "no"))
    #expect(plan.returning.map(\.retiredBy) == ["7.07.201908"])
  }
}
