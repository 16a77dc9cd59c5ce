import ComposeTestSupport
import Foundation
import FuzzTargets
import Testing

/// Each reader of things from outside reads right inputs and some hundred mutations of
/// them, always the same, in a process of its own: a trap would end this one.
@Suite struct FuzzingTests {
  static let names = FuzzTargets.all.map { $0.name }

  /// How many inputs; fewer where each takes long.
  private static func runs(of name: String) -> Int {
    switch name {
    case "rpm", "keys", "detached-signature", "header-cache", "ledger", "ledger-values": 80
    default: 300
    }
  }

  @Test(arguments: names)
  func `no input ends the process`(target: String) throws {
    let scratch = try TemporaryDirectory()
    let outcome = try Shell.run(
      Fuzzer.program, [target, "--runs", "\(Self.runs(of: target))"],
      environment: ["TMPDIR": scratch.path])
    #expect(
      outcome.status == 0,
      """
      seed 1 of \(target) ended with \(outcome.status): \(outcome.errors.suffix(2000))
      The input: \(Fuzzer.lastInput(of: outcome).base64EncodedString())
      """)
    // All right inputs are read, and more than those where there are fewer than `runs`.
    let count = outcome.output.firstMatch(of: /: ([0-9]+) inputs,/).flatMap { Int($0.output.1) }
    #expect(count ?? 0 >= Self.runs(of: target))
  }

  @Test func `a mutation is the same from the same seed`() {
    func inputs(_ seed: UInt64) -> [[UInt8]] {
      var mutator = Mutator(seeds: [Array("size: 12".utf8)], words: ["a"], number: seed)
      return (0..<50).map { _ in mutator.next() }
    }
    #expect(inputs(1) == inputs(1))
    #expect(inputs(1) != inputs(2))
    #expect(Set(inputs(1)).count > 30)
  }

  @Test func `a target that nobody knows is refused`() throws {
    let outcome = try Shell.run(Fuzzer.program, ["nothing", "--runs", "1"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("there is none of that name"))
  }
}

/// The program that reads mutations.
enum Fuzzer {
  static let program = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "epel-compose-fuzz").path

  /// The input that it read when it ended.
  static func lastInput(of outcome: Shell.Outcome) -> Data {
    let path = outcome.output.split(separator: "\n").first?.dropFirst("input: ".count) ?? ""
    return (try? Data(contentsOf: URL(fileURLWithPath: String(path)))) ?? Data()
  }
}
