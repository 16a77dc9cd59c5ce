import ReleaseModel
import Testing

@testable import Advisories

@Suite struct JSONAdvisoryTests {
  private static let valid = #"""
    [
     {"id": "X-1", "type": "bugfix", "severity": null, "title": "beta \ud83d\ude00 \u00e9 \/",
      "description": "a\r\nb\n", "issued": "2024-02-29 00:00:01",
      "builds": ["beta-1.0-1.el9"], "bugs": [7, {"id": 8}],
    \#t"suggest":"relogin"}
    ]

    """#

  private func read(_ text: String) throws -> [Advisory] {
    try AdvisoryNode.advisories(text: text, file: "a.json").map { try Advisory($0) }
  }

  @Test func `JSON is read, with its escapes`() throws {
    let advisory = try #require(try read(Self.valid).first)
    #expect(advisory.title == "beta 😀 é /")
    #expect(advisory.description == "a\nb\n")
    #expect(advisory.severity == nil)
    #expect(advisory.issued == 1_709_164_801)
    #expect(advisory.references.map(\.id) == ["7", "8"])
    #expect(advisory.suggestsRelogin)
  }

  @Test(arguments: [
    (#""id": "X-1""#, #""id": null"#, "2: 'id' is missing"),
    (#""id": "X-1""#, #""idd": "X-1""#, "2: unknown key 'idd'"),
    (
      #"\ud83d\ude00"#, #"\ud83d"#, "2: it is not JSON: found invalid Unicode character escape code"
    ),
    (#"\ud83d\ude00"#, #"\u0007"#, "2: 'title' has the character U+0007, which XML cannot carry"),
    (#"a\r\nb\n"#, #"\ufffe"#, "3: 'description' has the character U+FFFE, which XML cannot carry"),
    (#""bugs": [7"#, #""bugs": 7"#, "4: it is not JSON: did not find expected ',' or '}'"),
    (#""suggest""#, #""builds""#, "4: the key 'builds' is there twice"),
    ("]\n", "\n", "7: it is not JSON: did not find expected ',' or ']'"),
  ])
  func `mistakes in JSON have lines as well`(old: String, new: String, message: String) {
    #expect(Self.valid.contains(old))
    let error = #expect(throws: ComposeError.self) {
      try read(Self.valid.replacing(old, with: new))
    }
    #expect(error?.kind == .badData)
    #expect("\(error?.thing ?? ""): \(error?.cause ?? "")" == "a.json:\(message)")
  }
}
