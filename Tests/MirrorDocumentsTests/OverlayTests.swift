import ComposeTestSupport
import Digests
import Foundation
import MirrorDocuments
import ReleaseModel
import Testing

@Suite struct OverlayTests {
  private func sample() throws -> Overlay {
    let digests = try FileDigests(of: Array("<repomd/>".utf8))
    return Overlay(
      stream: "epel-7", time: 1_567_166_400,
      redirects: [
        .init(client: "epel-source-7", release: "epel-source-7.07.201908"),
        .init(client: "epel-7", release: "epel-7.07.201908"),
      ],
      links: [
        .init(path: try .of("pub/epel/updates/7"), target: try .of("pub/epel/updates/7.07.201908")),
        .init(
          path: try .of("pub/epel/releases/7"), target: try .of("pub/epel/updates/7.07.201908")),
      ],
      indexes: [
        .init(
          directory: try .of("pub/epel/updates/7.07.201908/Everything/x86_64/repodata"),
          timestamp: 1_567_166_399, size: 9, digests: digests)
      ],
      archived: [
        .init(
          path: try .of("pub/epel/updates/7.06.201903"),
          archive: try .of("pub/archives/epel/updates/7.06.201903"))
      ])
  }

  /// `lines` with an end that fits them.
  private func file(_ lines: [String]) -> [UInt8] {
    let text = lines.map { $0 + "\n" }.joined()
    return Array((text + "end\t\(Checksum(of: Array(text.utf8)))\n").utf8)
  }

  @Test func `it is written in one form, and read back`() throws {
    let bytes = try sample().bytes
    try Golden.expect(String(decoding: bytes, as: UTF8.self), matches: "epel-7.overlay")
    let read = try Overlay(bytes, from: "epel-7.overlay")
    #expect(read.bytes == bytes)
    #expect(read.redirects.map(\.client) == ["epel-7", "epel-source-7"])
    let scratch = try TemporaryDirectory()
    let file = try scratch.write(String(decoding: bytes, as: UTF8.self), to: "overlay")
    let checksum = try Shell.check("sh", ["-c", "head -n -1 '\(file)' | sha256sum | cut -c1-64"])
    #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("end\t\(checksum)"))
  }

  @Test func `one that is cut off or edited anywhere is refused`() throws {
    let bytes = try sample().bytes
    for end in 0..<bytes.count {
      #expect(throws: ComposeError.self) { try Overlay(Array(bytes[..<end]), from: "x") }
      var edited = bytes
      edited[end] ^= 1
      #expect(throws: ComposeError.self) { try Overlay(edited, from: "x") }
    }
    #expect(throws: ComposeError.self) { try Overlay(bytes + bytes, from: "x") }
  }

  /// A stream that ended, and whose originals are gone.
  private func ended() throws -> Overlay {
    let text = "EPEL 7 ended on 2024-06-30. It is in the archive: https://dl.example.org/a"
    return Overlay(
      stream: "epel-7", time: 1_719_705_600, redirects: [], links: [], indexes: [],
      archived: try sample().archived,
      ended: [
        .init(.path(try .of("pub/epel/updates/7")), text: text),
        .init(.name("epel-source-7"), text: text), .init(.name("epel-7"), text: text),
      ])
  }

  @Test func `what ended has a form of its own, and nothing else has it`() throws {
    let bytes = try ended().bytes
    try Golden.expect(String(decoding: bytes, as: UTF8.self), matches: "epel-7-ended.overlay")
    let read = try Overlay(bytes, from: "epel-7.overlay")
    #expect(read.bytes == bytes)
    #expect(
      read.ended.map(\.subject) == [
        .name("epel-7"), .name("epel-source-7"), .path(try .of("pub/epel/updates/7")),
      ])
    #expect(try Set(read.ended.map(\.text)) == Set(ended().ended.map(\.text)))
    #expect(try Overlay(sample().bytes, from: "x").ended.isEmpty)
    // Responders of before read what has nothing of it.
    #expect(try sample().bytes.starts(with: "epel-mirrorlist overlay 1\n".utf8))
  }

  @Test func `a text is one line that can be read, whatever a policy calls its stream`() throws {
    let text = Overlay.Ended(
      .name("a"), text: "EPEL\n\t\u{202E}7\u{0}" + String(repeating: "ä", count: 5000)
    )
    .text
    #expect(Overlay.isText(text) && text.hasPrefix("EPEL\u{FFFD}") && text.utf8.count > 1900)
    let overlay = Overlay(
      stream: "epel-7", time: 1, redirects: [], links: [], indexes: [], archived: [],
      ended: [.init(.name("a"), text: text)])
    #expect(try Overlay(overlay.bytes, from: "x").ended == overlay.ended)
    #expect(!Overlay.isText("") && !Overlay.isText("a\tb") && !Overlay.isText("a\u{2028}b"))
  }

  private static let head = ["epel-mirrorlist overlay 1", "stream\tepel-7", "time\t1"]

  private static let newer = ["epel-mirrorlist overlay 2", "stream\tepel-7", "time\t1"]

  @Test func `a small one is read`() throws {
    #expect(try Overlay(file(Self.head), from: "x").stream == "epel-7")
    let ended = try Overlay(file(Self.newer + ["ended\tname\ta\tIt ended"]), from: "x").ended
    #expect(ended == [.init(.name("a"), text: "It ended")])
  }

  @Test(arguments: [
    ["epel-mirrorlist overlay 3", "stream\tepel-7", "time\t1"], ["stream\tepel-7", "time\t1"],
    head + ["ended\tname\tepel-7\tIt ended"], newer + ["ended\tname\tepel-7"],
    newer + ["ended\tname\tepel-7\t"], newer + ["ended\tname\tep el\tIt ended"],
    newer + ["ended\tname\tepel-7\tIt\tended"], newer + ["ended\tname\tepel-7\tIt\u{7}ended"],
    newer + ["ended\tname\tepel-7\tIt\u{202E}ended"], newer + ["ended\tpath\t../a\tIt ended"],
    newer + ["ended\tlink\ta\tIt ended"], newer + ["ended\tpath\ta\tx", "ended\tpath\ta\ty"],
    newer + ["ended\tname\ta\t" + String(repeating: "x", count: 2001)],
    newer + ["redirect\ta\tb", "ended\tname\ta\tIt ended"],
    newer + ["link\ta\tb", "ended\tpath\ta\tIt ended"],
    ["epel-mirrorlist overlay 1", "time\t1"], ["epel-mirrorlist overlay 1", "stream\tepel-7"],
    head + ["time\t2"], head + ["stream\tepel-8"], head + [""], head + ["other\tx"],
    head + ["link\tpub/a"], head + ["link\tpub/a\tpub/b\tpub/c"], head + ["link\t/pub/a\tpub/b"],
    head + ["link\tpub/../a\tpub/b"], head + ["redirect\tep el\tepel-7"],
    head + ["redirect\ta\tb", "redirect\ta\tc"], head + ["link\ta\tb", "link\ta\tb"],
    head + ["archived\ta\t"], head + ["repomd\ta/repodata\t1\t2\tx\tx\tx\tx"],
    ["epel-mirrorlist overlay 1", "stream\tepel-7", "time\t99999999999999999999"],
    ["epel-mirrorlist overlay 1", "stream\tepel-7", "time\t-999999999999999999"],
  ])
  func `lines that are none are refused`(lines: [String]) throws {
    let error = try #require(throws: ComposeError.self) { try Overlay(file(lines), from: "x") }
    #expect(error.kind == .badData)
  }

  @Test func `checksums are those that everybody knows`() throws {
    let digests = try FileDigests(of: Array("abc".utf8))
    #expect(digests.md5 == "900150983cd24fb0d6963f7d28e17f72")
    #expect(digests.sha1 == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(digests.sha512.hasPrefix("ddaf35a193617aba") && digests.sha512.hasSuffix("fa54ca49f"))
    #expect(FileDigests(md5: digests.sha1, sha1: digests.md5, sha256: "", sha512: "") == nil)
  }
}
