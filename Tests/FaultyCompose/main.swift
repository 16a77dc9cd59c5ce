import BuildSystems
import ComposeCommands
import DurableFiles
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel

// The program with one fault, for tests: it is never installed. The fault
// strikes before the N-th of the calls that change a file system or commit to
// the ledger:
//
//   FAULT=kill:N        the process dies there, by SIGKILL
//   FAULT=error:E:N     that call fails with errno E
//   FAULT=wait:FILE:N   it makes FILE.waiting, and waits there for FILE
//   TRACE=FILE          a line for each call, before it is made
//   BATCHES=N           N packages or builds go into one request to the hub

/// What can happen.
enum Strike {
  case kill
  case error(Int32)
  case wait(String)
}

/// Counts calls and strikes at one of them.
final class SingleFault: MutationObserver, CommitObserver {
  private let number: Int
  private let strike: Strike?
  private let trace: Int32
  private let count = Guarded(0)

  init(fault: String?, trace: String?) {
    let parts = (fault ?? "").split(separator: ":").map(String.init)
    number = parts.last.flatMap { Int($0) } ?? 0
    strike =
      switch parts.first {
      case "kill": .kill
      case "error": Int32(parts[1]).map(Strike.error)
      case "wait": .wait(parts[1])
      default: nil
      }
    self.trace = trace.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) } ?? -1
  }

  /// The errno that the call fails with, or nil.
  private func errorNow(at call: String) -> Int32? {
    let line = call + "\n"
    if trace >= 0 { _ = write(trace, line, line.utf8.count) }
    let current = count.withLock { count in
      count += 1
      return count
    }
    guard current == number else { return nil }
    switch strike {
    case .kill:
      kill(getpid(), SIGKILL)
      return nil
    case .error(let code): return code
    case .wait(let file):
      close(open(file + ".waiting", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644))
      // Bounded, so that a test that fails leaves nothing behind.
      for _ in 0..<6000 where access(file, F_OK) != 0 { usleep(10_000) }
      return nil
    case nil: return nil
    }
  }

  func fault(before mutation: Mutation) -> Fault? {
    errorNow(at: "\(mutation)".prefix { $0 != "(" }.description).map(Fault.error)
  }

  func made(_ mutation: Mutation, result: Int32) {}

  func willCommit() throws -> Bool {
    guard let code = errorNow(at: "commit") else { return true }
    throw ComposeError(systemError: code, doing: "writing the ledger", path: "ledger")
  }

  func didCommit() {}
}

extension TaggingBatches {
  /// The program's own where `size` is nil.
  init(of size: Int?) {
    self.init()
    guard let size, size > 0 else { return }
    (packages, builds) = (size, size)
  }
}

let environment = ProcessInfo.processInfo.environment
let fault = SingleFault(fault: environment["FAULT"], trace: environment["TRACE"])
let batches = TaggingBatches(of: environment["BATCHES"].flatMap { Int($0) })
EpelCompose.main { command in
  await TaggingBatches.$current.withValue(batches) {
    await FaultPoint.$observer.withValue(fault) {
      await CommitPoint.$observer.withValue(fault) { await command() }
    }
  }
}
