import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import ReleaseLedger
import ReleaseModel
import Testing

@Suite struct AbandonTests {
  @Test(arguments: [false, true])
  func `a release that nobody uses goes, with its tag`(isPublished: Bool) async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    if isPublished { try stage.publish("7.06.201903") }
    try Executor(stream: stage.stream).run(
      AbandonOperation(stage.record("7.06.201903"), in: stage.stream))
    #expect(try stage.contents(of: stage.locations.public).isEmpty)
    #expect(try stage.contents(of: stage.locations.staging).isEmpty)
    #expect(try stage.record("7.06.201903").state == .abandoned)
    #expect(try stage.ledger.builds(taggedInto: "epel7-7.06.201903") == nil)
  }

  @Test func `a release that users have does not`() async throws {
    let stage = try await Stage.superseded()
    for (release, cause) in [("7.07.201908", "current"), ("7.06.201903", "superseded")] {
      let error = try #require(throws: ComposeError.self) {
        try AbandonOperation(stage.record(release), in: stage.stream)
      }
      #expect(error.kind == .refused)
      #expect(error.cause.contains(cause))
    }
  }
}
