import Advisories
import ReleaseModel
import Testing

/// A list that changes while it is read.
@Suite struct BodhiChangeTests {
  private let first: String
  private let second: String

  init() throws {
    first = try ScriptedBodhi.reply("page-1.json")
    second = try ScriptedBodhi.reply("page-2.json")
  }

  private var grown: String { second.replacing("\"total\": 4", with: "\"total\": 5") }

  /// An update of the first page came to the second when one was added.
  private var shifted: String {
    second.replacing("FEDORA-EPEL-2024-0000de17a1", with: "FEDORA-EPEL-2024-0000gamma1")
  }

  private func expectChanged(_ replies: [String]) {
    let error = #expect(throws: ComposeError.self) { try BodhiAdvisories.ofNine(replies) }
    #expect(error?.kind == .unavailable)
    #expect(
      error?.description == "https://bodhi.example, updates of EPEL-9: the list changed each time "
        + "that it was read. Run the command again later.")
  }

  @Test func `another total on a later page: the list is read again, once`() throws {
    #expect(try BodhiAdvisories.ofNine([first, grown, first, second]).count == 3)
    expectChanged([first, grown, first, grown])
  }

  @Test func `an update that is on two pages: the list is read again, once`() throws {
    #expect(try BodhiAdvisories.ofNine([first, shifted, first, second]).count == 3)
    expectChanged([first, shifted, first, shifted])
  }

  @Test func `an update that left hides another, though the number is right`() throws {
    let list = ScriptedBodhi.list(["A-1", "A-2"], release: "EPEL-9")
      .replacing("\"pages\": 1, \"total\": 2", with: "\"pages\": 2, \"total\": 4")
    let rest = ScriptedBodhi.list(["A-4"], release: "EPEL-9")
      .replacing(
        "\"page\": 1, \"pages\": 1, \"total\": 1", with: "\"page\": 2, \"pages\": 2, \"total\": 3")
    let whole = ScriptedBodhi.list(["A-1", "A-3", "A-4"], release: "EPEL-9")
    #expect(try BodhiAdvisories.ofNine([list, rest, whole]).map(\.id) == ["A-1", "A-3", "A-4"])
    expectChanged([list, rest, list, rest])
  }

  @Test func `fewer updates than the total`() throws {
    let list = ScriptedBodhi.list(["A-1"], release: "EPEL-9")
    let short = list.replacing("\"total\": 1", with: "\"total\": 2")
    #expect(try BodhiAdvisories.ofNine([short, list]).count == 1)
    expectChanged([short, short])
  }

  @Test func `an empty page ends the list, and is not the end of one that has more`() throws {
    let empty = try ScriptedBodhi.reply("empty.json")
      .replacing("\"page\": 1", with: "\"page\": 2")
      .replacing("\"pages\": 0", with: "\"pages\": 3")
      .replacing("\"total\": 0", with: "\"total\": 4")
    expectChanged([first, empty, first, empty])
  }
}
