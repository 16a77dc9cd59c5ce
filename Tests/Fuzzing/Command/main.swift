import ArgumentParser
import Foundation
import FuzzTargets
import Glibc

/// Reads mutations of right inputs. A trap, a signal, or a read that takes longer than 20
/// seconds ends it; the input is then in the file that its first line names.
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epel-compose-fuzz",
    abstract: "Read mutations of right inputs, the same ones from the same seed.")

  @Argument(help: "What reads: \(FuzzTargets.all.map { $0.name }.joined(separator: ", ")).")
  var target: String

  @Option(help: "So many inputs; without it, as many as come.")
  var runs: Int?

  @Option(help: "For so many seconds; 60 without --runs.")
  var seconds: Int?

  @Option(help: "Number of the sequence of inputs.")
  var seed = 1

  @Option(help: "Read this file alone.")
  var input: String?

  @Option(help: "Only write the right inputs into this directory.")
  var writeSeeds: String?

  /// Seconds that one input may take.
  private static let patience: UInt32 = 20

  func run() throws {
    let type = try FuzzTargets.named(target)
    let target = try type.init()
    if let input { return try read(input, with: target) }
    let seeds = try target.seeds()
    if let writeSeeds { return try write(seeds, to: writeSeeds) }
    try fuzz(type, target, seeds)
  }

  private func read(_ file: String, with target: any FuzzTarget) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    alarm(Self.patience)
    do {
      try target.run(bytes)
      print("read")
    } catch { print("refused: \(error)") }
  }

  private func write(_ seeds: [[UInt8]], to directory: String) throws {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    for (index, bytes) in seeds.enumerated() {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(directory)/seed-\(index)"))
    }
  }

  private func fuzz(
    _ type: any FuzzTarget.Type, _ target: any FuzzTarget, _ seeds: [[UInt8]]
  ) throws {
    let kept = "\(NSTemporaryDirectory())/epel-compose-fuzz-\(type.name)-\(getpid())"
    print("input: \(kept)")
    fflush(nil)
    let file = open(kept, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw ValidationError("\(kept) cannot be written") }
    var (count, refused) = (0, 0)
    func read(_ bytes: [UInt8]) {
      ftruncate(file, 0)
      _ = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
      alarm(Self.patience)
      do { try target.run(bytes) } catch { refused += 1 }
      alarm(0)
      count += 1
    }
    for bytes in seeds { read(bytes) }
    guard refused < seeds.count else {
      throw ValidationError("\(type.name) refuses all right inputs")
    }
    var mutator = Mutator(
      seeds: seeds, words: type.words, number: UInt64(truncatingIfNeeded: seed))
    let begin = ContinuousClock.now
    let end = begin + .seconds(seconds ?? (runs == nil ? 60 : 1 << 20))
    while count < runs ?? .max, ContinuousClock.now < end { read(mutator.next()) }
    let spent = (ContinuousClock.now - begin).components.seconds
    print("\(type.name): \(count) inputs, \(refused) refused, \(spent) s, seed \(seed)")
    unlink(kept)
  }
}

FuzzCommand.main()
