import Advisories
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Sources of advisories that are larger, slower or stranger than any should be.
@Suite struct HostileSourcesTests {
  private func refusal(_ text: String, _ name: String = "bomb.yaml") throws -> ComposeError? {
    let scratch = try TemporaryDirectory()
    try scratch.write(text, to: "advisories/\(name)")
    return #expect(throws: ComposeError.self) {
      try AdvisoryDirectory(directory: scratch.path("advisories"))
    }
  }

  @Test(arguments: ["- ? *%@\n  : x", "- [*%@]", "- *%@ : x"])
  func `aliases that stand for billions of nodes are refused at once`(end: String) throws {
    var text = "- &a0 [x, x]\n"
    for level in 1...40 { text += "- &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let error = try refusal(text + String(format: end, "a40") + "\n")
    #expect(error?.kind == .badData && error?.cause.contains("more than 16 aliases") == true)
  }

  @Test func `an update that is not of the tree is read and forgotten`() throws {
    let list = ScriptedBodhi.list(["EPEL-1", "EPEL-2"], release: "EPEL-9")
    func read(_ builds: Set<String>) throws -> Int {
      try BodhiAdvisories(server: "https://bodhi.example", fetching: ScriptedBodhi([list]))
        .advisories(ofReleases: ["EPEL-9"], listing: builds).count
    }
    #expect(try read(["zeta-1-1.el9"]) == 2)
    #expect(try read(["eta-1-1.el9"]) == 0)
  }

  @Test func `a server that never comes to an end is given up`() throws {
    let list = ScriptedBodhi.list(["EPEL-1"], release: "EPEL-9")
    let bodhi = BodhiAdvisories(
      server: "https://bodhi.example", fetching: ScriptedBodhi([list]), deadline: .zero)
    let error = #expect(throws: ComposeError.self) {
      try bodhi.advisories(ofReleases: ["EPEL-9"])
    }
    #expect(error?.kind == .unavailable && error?.cause.contains("longer than 0 seconds") == true)
  }
}
