import ComposeTestSupport
import Foundation
import Testing

/// Lives of a stream, step by step at random, with real RPMs and dnf:
/// Tests/Life has its own idea of what is right, and its own eyes.
@Suite(.waiting) struct RandomLifeTests {
  /// Of the first life; `EPEL_COMPOSE_LIFE` names another one.
  private static let seed = ProcessInfo.processInfo.environment["EPEL_COMPOSE_LIFE"] ?? "1"

  private static func live(_ arguments: [String], in directory: TemporaryDirectory) throws
    -> Shell.Outcome
  {
    try Shell.run(
      "\(Fixtures.checkout)/Tests/Life/life",
      [Installation.program, "--directory", directory.path] + arguments, seconds: 1200)
  }

  @Test func `random steps, and nothing that was decided is forgotten`() throws {
    let directory = try TemporaryDirectory()
    // Two lives side by side; sanitizers are ten times slower.
    let steps = Shell.canTrace ? 200 : 20
    let outcome = try Self.live(
      [
        "--steps", "\(steps)", "--length", "\(steps / 2)", "--jobs", "2", "--seed", Self.seed,
      ], in: directory)
    print("Random lives, \(steps) steps from seed \(Self.seed):")
    #expect(outcome.status == 0, "\(outcome.output.suffix(6000))\(outcome.errors.suffix(3000))")
    #expect(outcome.output.contains("nothing is wrong"), "\(outcome.errors)")
  }

  /// What is done behind the program's back, and what is then said of it.
  @Test(arguments: [
    ("link", "the links lead to"), ("lost", "is listed, but not there"),
    ("contents", "is not what is listed"), ("revision", "became 1"),
    ("listing", "does not list"), ("stranger", "is not in the manifest"),
  ])
  func `damage is noticed`(kind: String, sentence: String) throws {
    let directory = try TemporaryDirectory()
    let outcome = try Self.live(["--steps", "3", "--damage", kind], in: directory)
    #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains(sentence), "\(outcome.output)\(outcome.errors)")
  }
}
