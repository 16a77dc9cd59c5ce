import ComposeCommands
import DurableFiles
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import Synchronization

// The program with one fault, for tests: it is never installed. The fault
// strikes before the N-th of the calls that change a file system or commit to
// the ledger:
//
//   FAULT=kill:N      the process dies there, by SIGKILL
//   FAULT=error:E:N   that call fails with errno E
//   TRACE=FILE        a line for each call, before it is made

/// Counts calls and strikes at one of them.
final class SingleFault: MutationObserver, CommitObserver {
  private let striking: (number: Int, error: Int32?)?
  private let trace: Int32
  private let count = Mutex(0)

  init(fault: String?, trace: String?) {
    let parts = (fault ?? "").split(separator: ":").map(String.init)
    let number = parts.last.flatMap { Int($0) }
    striking =
      switch parts.first {
      case "kill": number.map { ($0, nil) }
      case "error": number.map { ($0, Int32(parts[1])) }
      default: nil
      }
    self.trace = trace.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) } ?? -1
  }

  private func strike(_ call: String) -> Int32? {
    let line = call + "\n"
    if trace >= 0 { _ = write(trace, line, line.utf8.count) }
    let number = count.withLock { count in
      count += 1
      return count
    }
    guard let striking, number == striking.number else { return nil }
    if let error = striking.error { return error }
    kill(getpid(), SIGKILL)
    return nil
  }

  func fault(before mutation: Mutation) -> Fault? {
    strike("\(mutation)".prefix { $0 != "(" }.description).map(Fault.error)
  }

  func made(_ mutation: Mutation, result: Int32) {}

  func willCommit() throws -> Bool {
    guard let code = strike("commit") else { return true }
    throw ComposeError(systemError: code, doing: "writing the ledger", path: "ledger")
  }

  func didCommit() {}
}

let environment = ProcessInfo.processInfo.environment
let fault = SingleFault(fault: environment["FAULT"], trace: environment["TRACE"])
await FaultPoint.$observer.withValue(fault) {
  await CommitPoint.$observer.withValue(fault) { await EpelCompose.run() }
}
