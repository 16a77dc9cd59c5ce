import ComposeTestSupport
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import Testing

/// `kill -9` before every call that changes a file system or commits to the
/// ledger, in every command, and again in the recovery that follows. After
/// each, both links lead to one whole release; in the end the disk is what an
/// undisturbed run leaves, to the last byte.
@Suite struct KillSweepTests {
  @Test(arguments: Scene.all)
  func `killed before any call, and again while recovering`(scene: Scene) throws {
    let sweep = try Sweep(scene)
    var runs = 0
    for number in SweepDensity.points(sweep.calls.count) {
      try sweep.restore()
      let moment = "killed before call \(number), \(sweep.calls[number - 1])"
      try sweep.kill(at: number, moment)
      // The next command begins with recovery. It dies in turn, each time
      // somewhere else: before its first call, or far into the new work.
      let second = 1 + (number * 7) % sweep.calls.count
      let again = try sweep.run(fault: "kill:\(second)")
      let then = "\(moment), then before call \(second)"
      #expect([0, 2, SIGKILL].contains(again.status), "\(then): \(again.errors)")
      try sweep.expectWhole(then)
      runs += 2
      if again.status == SIGKILL {
        try sweep.finish(then)
        runs += 1
      } else {
        try sweep.expectFinished(then)
      }
    }
    print("kill sweep, \(scene.testDescription): \(sweep.calls.count) calls, \(runs) runs")
  }

  @Test(arguments: Scene.all)
  func `recovery is killed again and again, and still comes to an end`(scene: Scene) throws {
    let sweep = try Sweep(scene)
    try sweep.restore()
    try sweep.kill(at: (sweep.calls.count + 1) / 2, "first")
    var runs = 1
    for step in 0..<25 {
      let number = 4 + step * 5 % 37
      let outcome = try sweep.run(fault: "kill:\(number)")
      runs += 1
      try sweep.expectWhole("ladder, step \(step)")
      if outcome.status != SIGKILL { break }
    }
    try sweep.finish("ladder")
    print("kill ladder, \(scene.testDescription): \(runs) runs")
  }
}

/// One scene, disturbed again and again from the same beginning.
struct Sweep {
  private let rehearsal: Rehearsal
  private let command: [String]
  private let original: String
  /// What the undisturbed command leaves.
  private let wanted: [String: String]
  private let wantedStates: [String: String]
  /// Every call that the undisturbed command makes, in order.
  let calls: [String]

  init(_ scene: Scene) throws {
    rehearsal = try Rehearsal(small: .inMemory())
    try scene.prepare(rehearsal)
    original = rehearsal.scratch.path("original")
    command = scene.command(in: rehearsal)
    try Shell.check("cp", ["-a", rehearsal.root, original])
    let trace = rehearsal.scratch.path("trace")
    let outcome = try rehearsal.run(command, fault: nil, trace: trace)
    try #require(outcome.status == 0, "\(outcome.errors)")
    calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(
      String.init)
    wanted = Listing.of(rehearsal.root)
    wantedStates = try Self.states(rehearsal)
  }

  func restore() throws {
    try Shell.check("rm", ["-rf", rehearsal.root])
    try Shell.check("cp", ["-a", original, rehearsal.root])
  }

  func run(fault: String) throws -> Shell.Outcome {
    try rehearsal.run(command, fault: fault)
  }

  func kill(at number: Int, _ moment: String) throws {
    let killed = try run(fault: "kill:\(number)")
    #expect(killed.status == SIGKILL, "\(moment): it ended with \(killed.status)")
    try expectWhole(moment)
  }

  /// Both links lead to one release, whole as a client sees it.
  func expectWhole(_ moment: String) throws {
    let resolved = ["releases", "updates"].map { area in
      URL(fileURLWithPath: rehearsal.root + "/pub/epel/\(area)/7").resolvingSymlinksInPath().path
    }
    #expect(Set(resolved).count == 1, "\(moment): \(resolved)")
    let problems = try ServedRepositories.problems(below: rehearsal.root + "/pub/epel/updates/7")
    #expect(problems == [], "\(moment)")
  }

  /// The command, undisturbed, comes to the end that it would have had.
  func finish(_ moment: String) throws {
    let outcome = try rehearsal.run(command)
    // Status 2: the ledger had the last word already; nothing is left to do.
    #expect([0, 2].contains(outcome.status), "\(moment): \(outcome.errors)")
    try expectFinished(moment)
  }

  /// The disk and the ledger are what the undisturbed command leaves.
  func expectFinished(_ moment: String) throws {
    try expectWhole(moment)
    let differences = Listing.differences(Listing.of(rehearsal.root), wanted)
    #expect(differences == [], "\(moment)")
    #expect(try Self.states(rehearsal) == wantedStates, "\(moment)")
  }

  /// State of each release in the ledger, and whether an operation is open.
  private static func states(_ rehearsal: Rehearsal) throws -> [String: String] {
    let path = rehearsal.root + "/var/lib/epel-compose/epel-7.sqlite"
    let ledger = try Ledger.openForReading(path: path)
    var states = Dictionary(
      uniqueKeysWithValues: try ledger.releases().map { release in
        (
          release.id.description,
          "\(release.state) \(release.pushes) "
            + release.trees.map { "\($0.place) \($0.isArchived) \($0.manifest.hex)" }.joined()
        )
      })
    states["open"] = try ledger.openOperation().map(\.kind)
    return states
  }
}
