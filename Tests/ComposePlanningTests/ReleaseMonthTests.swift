import ComposePlanning
import ComposePolicy
import RPMPackages
import ReleaseModel
import Testing

/// Months, build times and the clock.
@Suite struct ReleaseMonthTests {
  /// 2019-09-10.
  private static let now = 1_568_073_600

  private func plan(
    _ release: String, after states: [String: ReleaseState] = [:], now: Int? = now,
    buildTimes: [Int] = [1_552_000_000]
  ) throws -> Plan {
    let builds = buildTimes.enumerated().map { index, time in
      Sample.build("alpha\(index)", buildTime: time)
    }
    var inventory = Inventory(
      buildSystem: "t", builds: builds,
      states: Dictionary(
        uniqueKeysWithValues: try states.map { (try ReleaseID($0.key), $0.value) }))
    inventory.now = now
    return try Sample.plan(release, inventory)
  }

  @Test(arguments: [
    ("7.07.201902", ReleaseState.superseded, true), ("7.07.201903", .superseded, false),
    ("7.07.201902", .abandoned, false), ("7.07.201902", .staged, true),
  ])
  func `a month before that of an earlier release is refused`(
    release: String, state: ReleaseState, isRefused: Bool
  ) throws {
    let codes = try plan(release, after: ["7.06.201903": state]).refusals.map(\.code)
    #expect(codes == (isRefused ? ["month-goes-back"] : []))
  }

  @Test func `a month after that of a later release is refused`() throws {
    let plan = try plan("7.07.201910", after: ["7.08.201909": .published])
    #expect(plan.refusals.map(\.code) == ["month-goes-back"])
  }

  @Test(arguments: [
    ("7.07.201907", ["month-not-in-calendar"]), ("7.07.201908", []), ("7.07.201909", []),
    ("7.06.201909", ["month-not-in-calendar"]), ("7.07.201910", []),
    ("7.07.201911", ["month-in-future"]),
    ("7.07.209912", ["month-not-in-calendar", "month-in-future"]),
  ])
  func `a month that is far off is a warning`(release: String, codes: [String]) throws {
    let plan = try plan(release)
    #expect(plan.warnings.map(\.code) == codes)
    #expect(plan.refusals.isEmpty)
  }

  @Test func `a build time that has not come yet becomes no date and no revision`() throws {
    let plan = try plan("7.07.201908", buildTimes: [1_552_000_000, 4_000_000_000])
    #expect(plan.revision == 1_552_000_000 && plan.date == "2019-03-07")
    #expect(plan.warnings.map(\.code) == ["built-in-future"])
    #expect(plan.warnings.first?.package == "alpha1")
    let all = try self.plan("7.07.201908", buildTimes: [4_000_000_000])
    #expect(all.date == "2019-09-10" && all.revision == Self.now)
    let near = try self.plan("7.07.201908", buildTimes: [Self.now + 600])
    #expect(near.revision == Self.now + 600, "clocks differ by minutes")
    #expect(near.warnings.isEmpty)
  }

  @Test func `nor does a push take it`() throws {
    var inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("iota", buildTime: 4_000_000_000)],
      current: try Sample.snapshot("7.06.201903", [Sample.build("alpha")]), revisionFloor: 7)
    inventory.now = Self.now
    let plan = try Planner(policy: Sample.policy(), order: .rpm)
      .push(from: inventory, now: Self.now, allowUnsigned: false)
    #expect(plan.revision == Self.now)
    #expect(plan.warnings.map(\.code) == ["built-in-future"])
  }
}
