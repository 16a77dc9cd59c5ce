import ComposeTestSupport
import Foundation
import MirrorDocuments
import ReleaseModel
import Testing

/// What the archive says of ends of life.
@Suite struct EndsDocumentTests {
  private func sample() throws -> EndsDocument {
    let last = try ReleaseID("7.07.201908")
    let former = try ReleaseID("7.06.201903")
    func end(_ subject: ReleaseID?, _ release: ReleaseID?, _ isClosed: Bool) throws -> EndOfLife {
      EndOfLife(
        subject: subject, day: try #require(CalendarDate("2024-06-30")), decided: 1_700_000_000,
        done: release.map { EndOfLife.Done(release: $0, at: 1_719_705_600, isClosed: isClosed) })
    }
    return EndsDocument(
      stream: "epel-7",
      ends: [try end(nil, last, false), try end(former, former, true), try end(last, nil, false)])
  }

  @Test func `it is written in one form, and read back`() throws {
    let sample = try sample()
    #expect(sample.ends.count == 2, "what was only decided is not said")
    let bytes = try sample.bytes()
    try Golden.expect(String(decoding: bytes, as: UTF8.self), matches: "epel-7.ends.json")
    #expect(EndsDocument(bytes) == sample)
    #expect(EndsDocument.name(of: "epel-7") == "epel-7.ends.json")
  }

  @Test(arguments: [
    ("\"format\" : 1", "\"format\" : 2"), ("2024-06-30", "2024-06-31"), ("2024-06-30", "never"),
    ("1719705600", "99999999999999"), ("1700000000", "-1"),
    ("1719705600", "1e300"), ("\"7.06.201903\"", "7"), ("7.07.201908", "../7"),
    ("\"subject\" : \"7.06.201903\"", "\"subject\" : \"7.05.201810\""),
    ("\"subject\" : \"7.06.201903\"", "\"subject\" : null"), ("}", ""), ("true", "1"),
  ])
  func `what is none is not believed`(right: String, wrong: String) throws {
    let text = String(decoding: try sample().bytes(), as: UTF8.self)
    let changed = text.replacing(right, with: wrong)
    #expect(changed != text && EndsDocument(Array(changed.utf8)) == nil, "\(changed)")
    #expect(EndsDocument([]) == nil)
    #expect(EndsDocument(Array(text.utf8) + Array(repeating: 0x20, count: 1 << 20)) == nil)
  }
}
