import ComposePolicy
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// What a release still gets, by the calendar alone.
@Suite struct StandingTests {
  /// The policy of EPEL 10 with another calendar.
  private func policy(_ calendar: String) throws -> Policy {
    let file = "\(Fixtures.policies)/epel-10.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return try Policy(
      text: text.replacing(/(?s)\ncalendar:\n.*?\n\n/, with: "\ncalendar:\n\(calendar)\n\n"),
      file: "epel-10.yaml")
  }

  private static let calendar = """
      "10.0": { date: 2025-05-20, ends: next }
      "10.1": { date: 2025-11-11, ends: 2027-05-31 }
      "10.2": 2026-05-19
      "10.3": { date: 2026-11-18, planned: true, ends: next }
    """

  private func standings(
    _ states: [String: ReleaseState], on day: String, _ calendar: String = Self.calendar
  ) throws -> [String: ReleaseStanding] {
    let day = try #require(CalendarDate(day))
    let found = try policy(calendar).standings(
      of: Dictionary(
        try states.map { (try ReleaseID($0.key), $0.value) },
        uniquingKeysWith: { first, _ in first }
      ),
      on: day)
    return Dictionary(found.map { ($0.key.description, $0.value) }) { first, _ in first }
  }

  @Test func `a minor release is maintained up to the day before the next one comes`() throws {
    let states: [String: ReleaseState] = ["10.0": .superseded, "10.1": .current]
    #expect(
      try standings(states, on: "2025-11-10") == ["10.0": .maintained, "10.1": .leading])
    #expect(try standings(states, on: "2025-11-11") == ["10.0": .ended, "10.1": .leading])
  }

  @Test func `a date of its own is an exception`() throws {
    let states: [String: ReleaseState] = ["10.1": .superseded, "10.2": .current]
    #expect(
      try standings(states, on: "2027-05-31") == ["10.1": .maintained, "10.2": .leading],
      "the day itself is the last")
    #expect(try standings(states, on: "2027-06-01") == ["10.1": .ended, "10.2": .leading])
  }

  @Test func `without ends a release is superseded at once, as ever`() throws {
    let states: [String: ReleaseState] = ["10.2": .superseded, "10.3": .current]
    #expect(
      try standings(states, on: "2026-06-01") == ["10.2": .superseded, "10.3": .leading])
  }

  @Test func `a date that may still change ends nothing`() throws {
    let calendar = """
        "10.2": { date: 2026-05-19, ends: next }
        "10.3": { date: 2026-11-18, planned: true }
      """
    let states: [String: ReleaseState] = ["10.2": .superseded, "10.3": .current]
    #expect(
      try standings(states, on: "2027-01-01", calendar) == ["10.2": .maintained, "10.3": .leading])
    #expect(
      try standings(states, on: "2027-01-01", calendar.replacing(", planned: true", with: ""))
        == ["10.2": .ended, "10.3": .leading])
  }

  @Test func `what nobody has, or what was archived, gets nothing`() throws {
    #expect(
      try standings(
        [
          "10.0": .archived, "10.1": .current, "10.2": .published, "10.3": .staged,
          "10.4": .abandoned,
        ], on: "2025-06-01") == ["10.0": .superseded, "10.1": .leading])
    #expect(
      try standings(["10.0": .archived, "10.1": .current], on: "2026-06-01")
        == ["10.0": .ended, "10.1": .leading])
  }

  @Test func `of one minor release, the newest compose alone is maintained`() throws {
    let file = "\(Fixtures.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let policy = try Policy(
      text: text.replacing(
        "\"7.6\": 2018-10-30", with: "\"7.6\": { date: 2018-10-30, ends: 2020-10-31 }"),
      file: file)
    let states: [ReleaseID: ReleaseState] = [
      try ReleaseID("7.06.201903"): .superseded, try ReleaseID("7.06.201906"): .superseded,
      try ReleaseID("7.07.201908"): .current,
    ]
    let found = policy.standings(of: states, on: try #require(CalendarDate("2020-01-01")))
    #expect(found[try ReleaseID("7.06.201903")] == .superseded)
    #expect(found[try ReleaseID("7.06.201906")] == .maintained)
    #expect(found[try ReleaseID("7.07.201908")] == .leading)
  }

  @Test func `each rule of a link names one release of a day`() throws {
    let policy = try policy(Self.calendar)
    let states: [ReleaseID: ReleaseState] = [
      try ReleaseID("10.0"): .superseded, try ReleaseID("10.1"): .current,
      try ReleaseID("10.2"): .published,
    ]
    func leads(_ rule: Policy.LinkRule, on day: String) throws -> String? {
      policy.release(for: rule, of: states, on: try #require(CalendarDate(day)))?.description
    }
    #expect(try leads(.leading, on: "2025-06-01") == "10.1")
    #expect(try leads(.released, on: "2025-05-19") == nil, "neither has come")
    #expect(try leads(.released, on: "2025-11-10") == "10.0")
    #expect(try leads(.released, on: "2025-11-11") == "10.1")
    #expect(try leads(.maintained, on: "2025-11-10") == "10.0")
    #expect(try leads(.maintained, on: "2025-11-11") == nil, "10.0 has ended")
    // 10.3 may still come on another day.
    let later: [ReleaseID: ReleaseState] = [
      try ReleaseID("10.2"): .superseded, try ReleaseID("10.3"): .current,
    ]
    #expect(
      policy.release(for: .released, of: later, on: try #require(CalendarDate("2027-01-01")))
        == (try ReleaseID("10.2")))
  }

  @Test func `a constant link moves with the one that it leads through`() throws {
    let file = "\(Fixtures.policies)/epel-10.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let policy = try Policy(
      text: text.replacing(
        /\nlinks:\n(  .*\n)+/,
        with: """

          links:
            "10": "{release}"
            10z: { target: "{release}", leads: released }
            stable: 10z

          """), file: file)
    #expect(policy.links.map(\.rule) == [.leading, .released, .released])
    #expect(policy.links(movingWith: nil).map(\.path.description) == ["10"])
    let own = try #require(policy.ownLinks.first)
    #expect(policy.links(movingWith: own.path).map(\.path.description) == ["10z", "stable"])
    let linked = LinkedReleases(
      leading: try ReleaseID("10.1"), own: [own.path: try ReleaseID("10.0")])
    #expect(policy.links.map { linked.release(of: $0)?.description } == ["10.1", "10.0", "10.0"])
    #expect(try Policy(text: policy.yaml(), file: "shown.yaml") == policy)
  }

  @Test func `what policy show prints is the same calendar`() throws {
    let policy = try policy(Self.calendar)
    #expect(try Policy(text: policy.yaml(), file: "shown.yaml") == policy)
    #expect(try policy.yaml().contains("ends: next"))
  }
}
