import ComposeTestSupport
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import Testing

/// One scene as a program, disturbed again and again from the same beginning.
struct DisturbedProgram {
  let installation: Installation
  let arguments: [String]
  private let prepared: PreparedScene
  private let wanted: StreamState
  /// Every call of an undisturbed run that changes something, in order. Another
  /// run may make more or fewer of them.
  let calls: [String]

  init(_ scene: Scene) async throws {
    prepared = try await PreparedScene.of(scene)
    installation = try Installation(
      small: .inMemory(), grace: scene.grace, metadata: scene.metadata(),
      hasMinors: scene.hasMinors, hasTesting: scene.hasTesting)
    let (pool, root) = (installation.pool, installation.root)
    arguments = scene.arguments.map {
      $0 == "POOL" ? pool : $0.replacing("ROOT", with: root)
    }
    try prepared.copyPool(to: installation.pool)
    try prepared.restore(installation.root)
    let trace = installation.scratch.path("trace")
    let outcome = try installation.run(arguments, fault: nil, trace: trace)
    try #require(outcome.status == 0, "\(outcome.errors)")
    calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(
      String.init)
    wanted = try Self.state(installation)
    #expect(prepared.changes() == [], "the beginning, which tests share, has changed")
  }

  func restore() throws { try prepared.restore(installation.root) }

  func run(fault: String) throws -> Shell.Outcome {
    try installation.run(arguments, fault: fault)
  }

  /// Both links lead to one release, whole as a client sees it.
  func expectWhole(_ moment: String) throws {
    #expect(try StreamState.problems(below: installation.root) == [], "\(moment)")
  }

  /// The command, undisturbed, comes to the end that it would have had.
  func finish(_ moment: String) throws {
    let outcome = try installation.run(arguments)
    #expect(outcome.status == 0, "\(moment): \(outcome.errors)")
    try expectFinished(moment)
  }

  /// The disk and the ledger are what the undisturbed command leaves.
  func expectFinished(_ moment: String) throws {
    try expectWhole(moment)
    let differences = try Self.state(installation).differences(from: wanted)
    #expect(differences == [], "\(moment)")
  }

  /// Whether the ledger says that nothing is left to be told.
  var hasReported: Bool {
    get throws { try Self.ledger(installation).unreportedOperations().isEmpty }
  }

  private static func ledger(_ installation: Installation) throws -> Ledger {
    try .openForReading(path: installation.root + "/var/lib/epel-compose/epel-7.sqlite")
  }

  private static func state(_ installation: Installation) throws -> StreamState {
    try StreamState(root: installation.root, ledger: ledger(installation))
  }
}
