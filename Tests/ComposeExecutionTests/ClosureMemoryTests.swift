import ComposeTestSupport
import DependencyClosure
import Foundation
import ReleaseModel
import Testing

@testable import ComposeChecks

/// An answer about a closure is kept and read again as it was.
@Suite struct ClosureMemoryTests {
  private func rpm(_ name: String) -> BinaryPackage {
    BinaryPackage(
      nevra: NEVRA(
        name: name, evr: EVR(epoch: 1, version: "2~rc", rpmRelease: "3"), arch: .noarch),
      package: "source-of-\(name)")
  }

  @Test func `every cause of a breakage`() throws {
    let causes: [BrokenPackage.Cause] = [
      .unprovided(requirement: "a >= 1", formerly: [rpm("b"), rpm("c")]),
      .needsBroken(
        requirement: "d", provider: rpm("d"),
        because: .needsBroken(
          requirement: "e", provider: rpm("e"), because: .conflict(["one", "two"]))),
      .hidden(requirement: nil, rpm: rpm("f"), .notEnabled("m:1")),
      .hidden(requirement: "g", rpm: rpm("g"), .behind("m:2")),
    ]
    let answer = ClosureGathering.Answer(
      broken: causes.map { BrokenPackage(rpm: rpm("x"), cause: $0, missing: [rpm("y")]) },
      lost: [LostRecommendation(rpm: rpm("h"), recommendation: "i", formerly: [rpm("i")])],
      overlaps: [Overlap(rpm: rpm("j"), base: rpm("k"), repository: "base", kind: .obsoletes)],
      assumed: ["l", "m"])
    let kept = try JSONEncoder().encode(StoredAnswer(answer))
    let read = try #require(try JSONDecoder().decode(StoredAnswer.self, from: kept).answer)
    #expect(read.broken == answer.broken)
    #expect(read.lost == answer.lost)
    #expect(read.overlaps == answer.overlaps)
    #expect(read.assumed == answer.assumed)
  }

  @Test func `one of another version of the program is none`() throws {
    let answer = ClosureGathering.Answer(
      broken: [], lost: [],
      overlaps: [Overlap(rpm: rpm("j"), base: rpm("k"), repository: "base", kind: .name)],
      assumed: [])
    let kept = String(decoding: try JSONEncoder().encode(StoredAnswer(answer)), as: UTF8.self)
    let other = kept.replacing("\"kind\":\"name\"", with: "\"kind\":\"later\"")
    #expect(other != kept)
    #expect(try JSONDecoder().decode(StoredAnswer.self, from: Data(other.utf8)).answer == nil)
  }
}
