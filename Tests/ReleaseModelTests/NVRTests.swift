import Foundation
import ReleaseModel
import Testing

/// An NVR as text: in command lines, plans, reports, the journal and the ledger.
@Suite struct NVRTests {
  private struct Box: Codable, Hashable {
    var nvr: NVR
  }

  @Test(arguments: [
    ("eta-0.9-1.el7", NVR(name: "eta", version: "0.9", rpmRelease: "1.el7")),
    ("perl-Foo-Bar-1.0~rc1-2", NVR(name: "perl-Foo-Bar", version: "1.0~rc1", rpmRelease: "2")),
    ("odd--name-1-2", NVR(name: "odd--name", version: "1", rpmRelease: "2")),
  ])
  func `text splits from the right, and JSON has just that text`(
    text: String, nvr: NVR
  ) throws {
    #expect(NVR(text) == nvr)
    #expect(nvr.description == text)
    let json = try JSONEncoder().encode(Box(nvr: nvr))
    #expect(String(decoding: json, as: UTF8.self) == "{\"nvr\":\"\(text)\"}")
    #expect(try JSONDecoder().decode(Box.self, from: json) == Box(nvr: nvr))
  }

  @Test(arguments: ["", "eta", "eta-0.9", "-0.9-1", "eta--1", "eta-0.9-"])
  func `what names no build is refused`(text: String) {
    #expect(NVR(text) == nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Box.self, from: Data("{\"nvr\":\"\(text)\"}".utf8))
    }
  }

  @Test func `a journal of an earlier version has the parts by name`() throws {
    let json = #"{"nvr":{"name":"eta","version":"0.9","rpmRelease":"1.el7"}}"#
    #expect(
      try JSONDecoder().decode(Box.self, from: Data(json.utf8)).nvr
        == NVR(name: "eta", version: "0.9", rpmRelease: "1.el7"))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Box.self, from: Data(#"{"nvr":{"name":"eta"}}"#.utf8))
    }
  }
}
