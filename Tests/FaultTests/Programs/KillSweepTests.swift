import ComposeTestSupport
import Glibc
import Testing

/// `kill -9` before every call that changes a file system or commits to the
/// ledger, in every command, and again in the recovery that follows. After
/// each, both links lead to one whole release; the command given again ends as an
/// undisturbed one: with its status, and with what that leaves on the disk, to the
/// last byte, in the ledger and in announcements.
@Suite(.waiting) struct KillSweepTests {
  @Test(arguments: Scene.all)
  func `killed before any call, and again while recovering`(scene: Scene) async throws {
    let program = try await DisturbedProgram(scene)
    var kills = 0
    for number in SweepDensity.points(
      program.calls.count, of: "killed programs", scene.testDescription,
      share: scene.share)
    {
      try program.restore()
      let moment = "killed before call \(number), \(program.calls[number - 1])"
      guard try isKilled(program, at: number, moment) else { continue }
      kills += 1
      // The next command begins with recovery. It dies in turn, each time
      // somewhere else: before its first call, or far into the new work.
      let second = 1 + (number * 7) % program.calls.count
      let then = "\(moment), then before call \(second)"
      if try isKilled(program, at: second, then) { try program.finish(then) }
    }
    #expect(kills > 0)
  }

  @Test(arguments: Scene.all)
  func `recovery is killed again and again, and still comes to an end`(scene: Scene) async throws {
    let program = try await DisturbedProgram(scene)
    try program.restore()
    #expect(try isKilled(program, at: (program.calls.count + 1) / 2, "first"))
    for step in SweepDensity.points(25, of: "killed recoveries", scene.testDescription) {
      // Where it came to its end, or had told so, that was the right one.
      guard try isKilled(program, at: 4 + step * 5 % 37, "ladder, step \(step)") else { return }
    }
    try program.finish("ladder")
  }

  /// Runs the program, which dies before call `number`; false where it came to
  /// its end before that, or had told so, which must then be the right one.
  private func isKilled(
    _ program: DisturbedProgram, at number: Int, _ moment: String
  ) throws -> Bool {
    let outcome = try program.run(fault: "kill:\(number)")
    if outcome.status == SIGKILL {
      try program.expectWhole(moment)
      // It had told how it ended: who gives it again wants it once more.
      guard !outcome.output.isEmpty, try program.hasReported else { return true }
      try program.expectFinished(moment)
      return false
    }
    // Given again, it ends as if nothing had happened to it.
    #expect(outcome.status == 0, "\(moment): \(outcome.errors)")
    try program.expectFinished(moment)
    return false
  }
}
