import Foundation
import ReleaseModel
import Testing

@Suite struct AdvisoryTests {
  private func reference(_ kind: Advisory.Reference.Kind, _ id: String, _ title: String = "")
    -> Advisory.Reference
  {
    Advisory.Reference(kind: kind, id: id, title: title, url: "https://h/\(id)")
  }

  @Test func `builds are sorted by bytes, and there once`() {
    let advisory = Advisory(
      id: "X", title: "t", kind: .bugfix, issued: 1, builds: ["b-1-1", "a-1-1", "B-1-1", "a-1-1"])
    #expect(advisory.builds == ["B-1-1", "a-1-1", "b-1-1"])
  }

  @Test func `a reference is there once for its kind; the order is the source's`() {
    let advisory = Advisory(
      id: "X", title: "t", kind: .bugfix, issued: 1, builds: ["a-1-1"],
      references: [
        reference(.other, "7"), reference(.bugzilla, "7", "first"), reference(.bugzilla, "7"),
        reference(.bugzilla, "3"),
      ])
    #expect(advisory.references.map(\.kind) == [.other, .bugzilla, .bugzilla])
    #expect(advisory.references.map(\.id) == ["7", "7", "3"])
    #expect(advisory.references[1].title == "first")
  }

  @Test(arguments: [(nil, nil), (99, nil), (100, nil), (101, 101)] as [(Int?, Int?)])
  func `an update counts when it is after the issue`(updated: Int?, kept: Int?) {
    let advisory = Advisory(
      id: "X", title: "t", kind: .bugfix, issued: 100, updated: updated, builds: ["a-1-1"])
    #expect(advisory.updated == kept)
  }

  @Test(arguments: [
    "FEDORA-EPEL-2024-3f1c0a9b7e", "RHSA-2024:1234", "a", String(repeating: "x", count: 64),
  ])
  func `an id that clients can take`(text: String) { #expect(Advisory.isID(text)) }

  @Test(arguments: [
    "", "a b", "a,b", "a/b", "é", "٣", "a\n", String(repeating: "x", count: 65),
  ])
  func `an id that they cannot take`(text: String) { #expect(!Advisory.isID(text)) }

  @Test func `it is the same after JSON`() throws {
    let advisory = Advisory(
      id: "X", title: "t", description: "d\n", kind: .security, severity: .critical, issued: 1,
      updated: 2, builds: ["a-1-1"], references: [reference(.cve, "CVE-2024-0001")],
      suggestsReboot: true)
    let decoded = try JSONDecoder().decode(Advisory.self, from: JSONEncoder().encode(advisory))
    #expect(decoded == advisory)
    #expect(decoded != advisory.issued(at: 0))
  }
}
