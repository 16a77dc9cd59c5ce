import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

@Suite struct UpdateTests {
  private func released() async throws -> Stage {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.release("7.06.201903")
    return stage
  }

  @Test func `a push grows updates alone, and older versions stay`() async throws {
    let stage = try await released()
    let frozen = try stage.contents(of: stage.locations.public + "/releases/7.06.201903")
    let repodata = stage.locations.public + "/updates/7/Everything/x86_64/repodata"
    let before = try stage.contents(of: repodata)
    try stage.add(.push)
    try await stage.update()
    #expect(try stage.contents(of: stage.locations.public + "/releases/7.06.201903") == frozen)
    let packages = stage.locations.public + "/updates/7/Everything/ppc64/Packages"
    #expect(
      try stage.contents(of: packages).keys.sorted() == [
        "a/alpha-doc-1.0-1.noarch.rpm", "b/beta-1.0-1.noarch.rpm", "b/beta-1.1-1.noarch.rpm",
        "g/gamma-1.0-1.noarch.rpm", "g/gamma-1.0-2.noarch.rpm", "i/iota-1.0-1.noarch.rpm",
      ])
    let after = try stage.contents(of: repodata)
    for (name, contents) in before where name != "repomd.xml" {
      #expect(after[name] == contents, "old metadata stays for clients in the middle of a session")
    }
    #expect(after.count == before.count + 3)
    #expect(try stage.verify("7.06.201903").isEmpty)
    let checks = try TreeCheckRunner(stream: stage.stream).run(stage.record("7.06.201903"))
    #expect(checks.passed, "\(checks)")
    #expect(try stage.record("7.06.201903").pushes == 1)
    let desk = try stage.stream.packageHistory()
    #expect(desk[0].newest["gamma"]?.marker?.text == "Gone.\n")
  }

  @Test func `a push that is undone leaves what was there`() async throws {
    let stage = try await released()
    let before = try stage.contents(of: stage.locations.public)
    try stage.add(.push)
    let plan = try await stage.pushPlan()
    try FileManager.default.removeItem(atPath: "\(stage.pool)/iota-1.0-1.noarch.rpm")
    #expect(throws: ComposeError.self) {
      try Executor(stream: stage.stream).run(UpdateOperation(plan, in: stage.stream))
    }
    #expect(try stage.contents(of: stage.locations.public) == before)
    #expect(try stage.ledger.openOperation() == nil)
    #expect(try stage.record("7.06.201903").pushes == 0)
  }

  @Test func `nothing new is no push`() async throws {
    let stage = try await released()
    let plan = try await stage.pushPlan()
    #expect(plan.builds.isEmpty)
    #expect(plan.steps.isEmpty)
  }

  @Test func `undoing a push leaves a file of unknown origin alone`() async throws {
    let stage = try await released()
    let unknown = "pub/epel/updates/7.06.201903/Everything/x86_64/Packages/i/iota-1.0-1.noarch.rpm"
    try stage.scratch.write("mine", to: "root/" + unknown)
    try stage.add(.push)
    let plan = try await stage.pushPlan()
    let error = try #require(throws: ComposeError.self) {
      try Executor(stream: stage.stream).run(UpdateOperation(plan, in: stage.stream))
    }
    #expect(error.kind == .cannotCreate)
    let found = try String(contentsOfFile: stage.root + "/" + unknown, encoding: .utf8)
    #expect(found == "mine")
    #expect(try stage.ledger.openOperation() == nil)
  }

  @Test func `a layout that the policy changed waits for the next release`() async throws {
    let stage = try await released()
    let text = try stage.policy.yaml().replacing("ppc64le,", with: "ppc64le, s390x,")
    stage.policy = try Policy(text: text, file: "p.yaml")
    try stage.add(.push)
    let plan = try await stage.pushPlan()
    let error = try #require(throws: ComposeError.self) {
      try UpdateOperation(plan, in: stage.stream)
    }
    #expect(error.kind == .refused)
  }
}
