import Foundation
import ComposePlanning
import ComposePolicy
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

  @Test func `without a calendar, months alone count`() throws {
    var text = try Sample.policy().yaml()
    text = String(text[..<(text.range(of: "calendar:")?.lowerBound ?? text.endIndex)])
    let policy = try Policy(text: text, file: "p")
    let lifetime = try #require(Lifetime(firstIn: ReleaseID("7.06.201903"), policy: policy))
    #expect(lifetime.until.description == "2020-04-01")
  }
}
