import ComposePlanning
import ComposePolicy
import Foundation
import ReleaseModel
import Testing

/// The proposal: one minor release or 13 months, whichever is shorter.
@Suite struct LifetimeTests {
  @Test(arguments: [
    // The next minor release comes first.
    ("7.06.201903", "2019-03-01", "2019-08-06"), ("7.07.201908", "2019-08-01", "2020-03-31"),
    // The last one in the calendar: months alone.
    ("7.09.202010", "2020-10-01", "2021-11-01"),
    // Cut late: the next minor release has been out already.
    ("7.07.202005", "2020-05-01", "2020-09-29"),
  ])
  func `epel-7 commits as the calendar says`(release: String, since: String, until: String) throws {
    let lifetime = try #require(
      Lifetime(firstIn: ReleaseID(release), policy: Sample.policy()))
    #expect(lifetime.since.description == since)
    #expect(lifetime.until.description == until)
  }

  @Test(arguments: [
    // Between two releases the day of the push counts.
    ("7.06.201903", "2019-05-17", "2019-08-06", "minor release 7.7"),
    // On the day of the next minor release: that one is over.
    ("7.06.201903", "2019-08-06", "2020-03-31", "minor release 7.8"),
    ("7.06.201903", "2019-08-05", "2019-08-06", "minor release 7.7"),
    // After the last of the calendar: months.
    ("7.09.202010", "2020-12-31", "2022-01-31", "13 months"),
    // Thirteen months later the month is shorter: its last day.
    ("7.09.202010", "2021-01-31", "2022-02-28", "13 months"),
    ("7.09.202010", "2023-01-31", "2024-02-29", "13 months"),
    ("7.09.202010", "2024-02-29", "2025-03-29", "13 months"),
    ("7.09.202010", "2023-12-30", "2025-01-30", "13 months"),
    ("7.09.202010", "2023-07-31", "2024-08-31", "13 months"),
    ("7.09.202010", "2023-08-31", "2024-09-30", "13 months"),
  ])
  func `a package added between releases is committed from its push`(
    release: String, pushed: String, until: String, rule: String
  ) throws {
    let lifetime = try #require(
      Lifetime(
        firstIn: ReleaseID(release), pushed: CalendarDate(pushed), policy: Sample.policy()))
    #expect(lifetime.since.description == pushed)
    #expect(lifetime.until.description == until)
    #expect(lifetime.rule.description == rule)
  }

  @Test func `a planned minor release counts, and is called that`() throws {
    let text = try Sample.policy().yaml().replacing(
      /"?7\.8"?: .*/, with: "\"7.8\": { date: 2020-03-31, planned: true }")
    let policy = try Policy(text: text, file: "p")
    let lifetime = try #require(Lifetime(firstIn: ReleaseID("7.07.201908"), policy: policy))
    #expect(lifetime.until.description == "2020-03-31")
    #expect(lifetime.rule.description == "minor release 7.8, planned")
  }

  @Test(arguments: [
    // The first day of its month is before 7.7, but it is a release of 7.7.
    ("7.06.201903", "7.07.201908", true), ("7.06.201903", "7.06.201907", false),
    ("7.09.202010", "7.09.202110", false), ("7.09.202010", "7.09.202111", true),
  ])
  func `a release of the minor release that ends a commitment ends it`(
    first: String, leaves: String, isOver: Bool
  ) throws {
    let policy = try Sample.policy()
    let lifetime = try #require(Lifetime(firstIn: ReleaseID(first), policy: policy))
    #expect(try lifetime.isOver(at: ReleaseID(leaves), policy) == isOver)
  }

  @Test func `without a calendar, months alone count`() throws {
    var text = try Sample.policy().yaml()
    text = String(text[..<(text.range(of: "calendar:")?.lowerBound ?? text.endIndex)])
    let policy = try Policy(text: text, file: "p")
    let lifetime = try #require(Lifetime(firstIn: ReleaseID("7.06.201903"), policy: policy))
    #expect(lifetime.until.description == "2020-04-01")
  }
}
