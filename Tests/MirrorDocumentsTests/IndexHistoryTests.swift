import Digests
import MirrorDocuments
import ReleaseModel
import Testing

@Suite struct IndexHistoryTests {
  private func index(_ directory: String, _ contents: String) throws -> Overlay.Index {
    Overlay.Index(
      directory: try .of(directory), timestamp: 1, size: contents.utf8.count,
      digests: try FileDigests(of: Array(contents.utf8)))
  }

  private func checksum(_ contents: String) -> Checksum { Checksum(of: Array(contents.utf8)) }

  @Test func `what was published is known, where it was`() throws {
    var history = IndexHistory()
    history.note([try index("a/repodata", "1"), try index("b/repodata", "2")], now: 5)
    history.note([try index("a/repodata", "3"), try index("b/repodata", "2")], now: 6)
    #expect(history.entries.map(\.since) == [5, 5, 6])
    let read = try IndexHistory(history.bytes, from: "x")
    #expect(read == history)
    let (a, b) = (try RelativePath.of("a/repodata"), try RelativePath.of("b/repodata"))
    #expect(read.knows(checksum("1"), at: a) && read.knows(checksum("3"), at: a))
    #expect(!read.knows(checksum("1"), at: b) && !read.knows(checksum("4"), at: a))
    #expect(read.replaced(checksum("1"), at: a) == 6)
    #expect(
      read.replaced(checksum("3"), at: a) == nil && read.replaced(checksum("2"), at: b) == nil)
    #expect(read.replaced(checksum("1"), at: b) == nil)
    // A directory that is gone is forgotten.
    history.note([try index("b/repodata", "2")], now: 7)
    #expect(history.entries.map(\.directory) == [b])
  }

  @Test func `the newest hundred of a directory are kept`() throws {
    var history = IndexHistory()
    for number in 0..<130 { history.note([try index("a/repodata", "\(number)")], now: number) }
    #expect(history.entries.count == 100)
    #expect(history.entries.first?.since == 30 && history.entries.last?.since == 129)
  }

  @Test(arguments: [
    "", "epel-compose indexes 2\n", "epel-compose indexes 1\n1\tx\ta\n",
    "epel-compose indexes 1\n99999999999999999999\t\(String(repeating: "a", count: 64))\ta\n",
    "epel-compose indexes 1\n1\t\(String(repeating: "a", count: 64))\t/a\n",
  ])
  func `what is none is refused`(text: String) throws {
    let error = try #require(throws: ComposeError.self) {
      try IndexHistory(Array(text.utf8), from: "x")
    }
    #expect(error.kind == .badData)
  }
}
