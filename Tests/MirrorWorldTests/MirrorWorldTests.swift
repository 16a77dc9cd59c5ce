import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// What a world is made of.
private let hasTools =
  getuid() == 0 && ["rsync", "nginx", "dnf", "zypper", "setpriv"].allSatisfy(Shell.has)

/// Whole lives of a stream among real rsync mirrors, web servers and clients: Tests/MirrorWorld
/// runs the program, and has its own eyes.
@Suite(
  .waiting, .enabled(if: hasTools, "an installroot needs root; needs rsync, nginx, dnf and zypper"))
struct MirrorWorldTests {
  /// Of the first world; others follow.
  private static let seed =
    ProcessInfo.processInfo.environment["EPEL_COMPOSE_WORLD"] ?? "1"
  /// How many worlds; more than one take the long life, with all clients at every event.
  private static let worlds =
    ProcessInfo.processInfo.environment["EPEL_COMPOSE_WORLDS"].flatMap(Int.init) ?? 1

  private static func live(
    _ arguments: [String], in directory: TemporaryDirectory
  ) throws -> Shell.Outcome {
    try Shell.run(
      "\(Fixtures.checkout)/Tests/MirrorWorld/world",
      [Installation.program, "--directory", directory.path, "--seed", seed] + arguments,
      seconds: Shell.patience * worlds)
  }

  @Test func `no client of any mirror meets an error in a whole life`() throws {
    let directory = try TemporaryDirectory()
    // Sanitizers are ten times slower: the clients are left out there.
    var arguments = Shell.canTrace ? [] : ["--no-clients"]
    if Self.worlds > 1 { arguments += ["--long", "--lives", "\(Self.worlds)"] }
    let outcome = try Self.live(arguments, in: directory)
    print("Worlds of mirrors, \(Self.worlds) from seed \(Self.seed):\n\(outcome.output)")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors.suffix(3000))")
    #expect(outcome.output.contains("nothing is wrong"), "\(outcome.errors.suffix(3000))")
  }

  /// What is done wrong on purpose, and by what name it is found.
  private static let breaks =
    [
      ("telling", "FAULT lists: "), ("carry-over", "FAULT older: "),
      ("link-first", "FAULT missing: "), ("unfinished", "FAULT unfinished: "),
      ("contents", "FAULT checksum: "), ("copied-archive", "FAULT cost: "),
    ] + (PostgreSQLServer.isAvailable ? [("stale-handover", "FAULT handover: ")] : [])

  @Test(arguments: breaks)
  func `what is done wrong is found by its name`(kind: String, name: String) throws {
    let directory = try TemporaryDirectory()
    let outcome = try Self.live(["--break", kind, "--no-clients"], in: directory)
    #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors.suffix(3000))")
    #expect(outcome.output.contains(name), "\(outcome.output)\(outcome.errors.suffix(3000))")
  }
}
