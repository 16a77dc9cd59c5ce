import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// Interruptions between steps: the journal says what was begun, the disk
/// says how far it came.
@Suite struct RecoveryTests {
  /// Begins `operation` and performs its first `count` steps, as if the
  /// process had died then.
  private func interrupt(
    _ operation: some ComposeLifecycle.Operation, after count: Int, on stage: Stage
  ) throws {
    let payload = String(decoding: try JSONEncoder().encode(operation), as: UTF8.self)
    _ = try stage.ledger.commit { change in
      try operation.begin(change, in: stage.stream)
      return try change.openOperation(
        kind: type(of: operation).kind.rawValue, release: operation.release.description,
        payload: payload,
        at: stage.now)
    }
    for step in try operation.steps(in: stage.stream).prefix(count) {
      try step.perform(in: stage.stream)
    }
  }

  private func recover(_ stage: Stage) throws {
    try Recovery(stream: stage.stream).run()
    #expect(try stage.ledger.openOperation() == nil)
    // A second run finds nothing.
    try Recovery(stream: stage.stream).run()
  }

  @Test(arguments: 0...6)
  func `an interrupted compose is undone without a trace`(steps: Int) async throws {
    let stage = try Stage()
    try stage.add(.first)
    let plan = try await stage.plan("7.06.201903")
    try interrupt(
      ComposeOperation(plan, from: stage.buildSystem), after: steps, on: stage)
    try recover(stage)
    #expect(try stage.contents(of: stage.locations.staging).isEmpty)
    #expect(try stage.ledger.releases().isEmpty)
    try await stage.compose("7.06.201903")
    #expect(try stage.verify("7.06.201903").isEmpty)
  }

  @Test(arguments: 0...3)
  func `an interrupted publish is finished`(steps: Int) async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    try interrupt(
      PublishOperation(stage.record("7.06.201903"), in: stage.stream), after: steps, on: stage)
    try recover(stage)
    #expect(try stage.record("7.06.201903").state == .published)
    #expect(try stage.verify("7.06.201903").isEmpty)
    #expect(try stage.contents(of: stage.locations.staging).isEmpty)
  }

  @Test(arguments: 0...2)
  func `an interrupted promote is finished`(steps: Int) async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    try stage.publish("7.06.201903")
    try interrupt(
      PromoteOperation(stage.record("7.06.201903"), skipSoak: true, in: stage.stream), after: steps,
      on: stage)
    try recover(stage)
    #expect(try stage.record("7.06.201903").state == .current)
    #expect(try stage.link() == "7.06.201903")
    #expect(try stage.link("releases/7") == "../updates/7")
  }

  @Test func `an interrupted push is undone before users see it, finished after`() async throws {
    for steps in [0, 1] {
      let stage = try Stage()
      try stage.add(.first)
      try await stage.release("7.06.201903")
      try stage.add(.push)
      let plan = try await stage.pushPlan()
      try interrupt(UpdateOperation(plan, in: stage.stream), after: steps, on: stage)
      try recover(stage)
      #expect(try stage.record("7.06.201903").pushes == steps)
      #expect(try stage.verify("7.06.201903").isEmpty)
      if steps == 0 { try await stage.update() }
      #expect(try stage.record("7.06.201903").pushes == 1)
    }
  }

  @Test(arguments: 0...3)
  func `an interrupted archive is finished`(steps: Int) async throws {
    let stage = try await Stage.superseded()
    try interrupt(
      ArchiveOperation(stage.record("7.06.201903")), after: steps, on: stage)
    try recover(stage)
    #expect(try stage.record("7.06.201903").state == .archived)
    #expect(try stage.verify("7.06.201903").isEmpty)
  }

  @Test func `an operation of another version is not guessed about`() throws {
    let stage = try Stage()
    _ = try stage.ledger.commit {
      try $0.openOperation(kind: "teleport", release: "7.06.201903", payload: "{}", at: 1)
    }
    let error = try #require(throws: ComposeError.self) { try Recovery(stream: stage.stream).run() }
    #expect(error.kind == .badData)
    #expect(try stage.ledger.openOperation() != nil)
  }
}
