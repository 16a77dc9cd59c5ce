import ComposeTestSupport
import DurableFiles
import Glibc
import ReleaseLedger
import ReleaseModel
import Testing

/// Every call that changes a file system or commits to the ledger fails once,
/// in every command. Users see one whole release all the time; the error says
/// what happened; once the cause is gone, the command comes to its end.
@Suite struct ErrorSweepTests {
  /// How calls fail.
  enum Failure: String, CaseIterable, CustomTestStringConvertible {
    /// One call fails with EIO.
    case broken
    /// From one call on, everything that needs space fails with ENOSPC.
    case full

    var testDescription: String { rawValue }
  }

  @Test(arguments: Scene.all, Failure.allCases)
  func `a call that fails loses nothing`(scene: Scene, failure: Failure) async throws {
    try await sweep(scene, failure, isApart: false)
  }

  /// Every file is copied, flushed, read back and named.
  @Test(arguments: [Scene.publish, .archive])
  func `across devices a call that fails loses nothing`(scene: Scene) async throws {
    try await sweep(scene, .broken, isApart: true)
  }

  private func sweep(_ scene: Scene, _ failure: Failure, isApart: Bool) async throws {
    let disturbed = try await DisturbedScene(scene)
    let counting = FailingCalls(failure, from: nil, isApart: isApart)
    try await counting.during { try await disturbed.performUndisturbed() }
    var failures = 0
    let points = SweepDensity.points(
      counting.count, of: "failing calls, \(failure.rawValue)\(isApart ? ", apart" : "")",
      scene.testDescription, share: scene.share)
    for number in points {
      try disturbed.restore()
      let fault = FailingCalls(failure, from: number, isApart: isApart)
      let moment = "\(failure.rawValue) at call \(number)"
      do {
        try await fault.during { try await disturbed.perform() }
        // A full disk does not stop the calls that need no space, and this run
        // may have made fewer calls than the one that was counted.
        #expect(failure == .full || fault.count < number, "\(moment): the error was lost")
      } catch let error as ComposeError {
        #expect(error.kind == .inputOutput, "\(moment): \(error)")
        failures += 1
      }
      try disturbed.checkWhole(moment)
      try await disturbed.finish(moment)
    }
    #expect(disturbed.problems == [])
    #expect(failures > 0)
  }
}

/// Counts calls, and makes them fail from a number on.
final class FailingCalls: MutationObserver, CommitObserver {
  private let failure: ErrorSweepTests.Failure
  private let number: Int?
  private let isApart: Bool
  private let calls = Guarded(0)

  /// - Parameters:
  ///   - number: the first that fails, counted from 1; nil for none.
  ///   - isApart: links, and renames from one directory to another, fail with
  ///     EXDEV, as if each tree had a device of its own.
  init(_ failure: ErrorSweepTests.Failure, from number: Int?, isApart: Bool) {
    self.failure = failure
    self.number = number
    self.isApart = isApart
  }

  var count: Int { calls.withLock { $0 } }

  func during(_ body: () async throws -> Void) async throws {
    try await FaultPoint.$observer.withValue(self) {
      try await CommitPoint.$observer.withValue(self, operation: body)
    }
  }

  private func error(needsSpace: Bool) -> Int32? {
    let call = calls.withLock { calls in
      calls += 1
      return calls
    }
    guard let number, call >= number else { return nil }
    switch failure {
    case .broken: return call == number ? EIO : nil
    case .full: return needsSpace ? ENOSPC : nil
    }
  }

  func fault(before mutation: Mutation) -> Fault? {
    if isApart {
      switch mutation {
      case .link, .linkName: return .error(EXDEV)
      case .rename(let from, let to, replacing: false)
      where Self.inode(from.directory) != Self.inode(to.directory):
        return .error(EXDEV)
      default: break
      }
    }
    let needsSpace =
      switch mutation {
      case .makeDirectory, .createFile, .openLock, .write, .copy, .link, .linkName, .makeLink,
        .rename:
        true
      default: false
      }
    return error(needsSpace: needsSpace).map(Fault.error)
  }

  private static func inode(_ directory: Int32) -> UInt64 {
    var status = stat()
    return fstat(directory, &status) == 0 ? UInt64(status.st_ino) : 0
  }

  func made(_ mutation: Mutation, result: Int32) {}

  func willCommit() throws -> Bool {
    if let code = error(needsSpace: true) {
      throw ComposeError(systemError: code, doing: "writing", path: "ledger")
    }
    return true
  }

  func didCommit() {}
}
