import ComposeChecks
package import ComposeStream
import ComposeTrees
import DurableFiles
import Foundation
import ReleaseLedger
import ReleaseModel

/// Runs operations: journal first, then the steps, then the ledger's word
/// that they are done.
package struct Executor: Sendable {
  private let stream: StreamContext

  /// - Parameter stream: opened for changes, unless only ``preview`` is asked.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// What ``run(_:)`` would do, one sentence a step.
  ///
  /// Throws what would keep it from succeeding.
  package func preview(_ operation: some Operation) throws -> [String] {
    if type(of: operation).kind.bringsUsersSomething {
      try stream.requireNotEnded(operation.release)
    }
    try stream.requireAsRecorded(
      operation.touchedTrees(in: stream),
      mayBeMissing: !type(of: operation).needsAllTrees)
    try operation.preflight(in: stream)
    return try operation.steps(in: stream).map(\.title)
  }

  /// Runs `operation` from its beginning, and returns its steps, one sentence
  /// each.
  ///
  /// When a step fails, the operation is undone if it can be, and the error
  /// is thrown; else it stays open, and the next command recovers it.
  @discardableResult
  package func run(_ operation: some Operation) throws -> [String] {
    // What cannot succeed, or cannot even list its steps because a template is
    // missing, stops before anything is recorded.
    let steps = try preview(operation)
    var operation = operation
    try operation.sign(in: stream)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let payload = String(decoding: try encoder.encode(operation), as: UTF8.self)
    let sequence = try stream.ledger.commit { change in
      try operation.begin(change, in: stream)
      return try change.openOperation(
        kind: type(of: operation).kind.rawValue, release: operation.release.description,
        payload: payload,
        at: stream.time.now)
    }
    do {
      try perform(operation, sequence: sequence)
    } catch let error as ComposeError where error.kind == .interrupted {
      throw error
    } catch {
      let isUndone =
        (try? undo(operation, .failure, sequence: sequence, because: "\(error)")) ?? false
      throw isUndone ? error : Self.unfinished(operation, error)
    }
    return steps
  }

  /// The error of an operation that stays open: "refused" would promise that
  /// nothing has changed.
  static func unfinished(_ operation: some Operation, _ error: any Error) -> any Error {
    guard let error = error as? ComposeError else { return error }
    return ComposeError(
      error.kind == .refused ? .failed : error.kind, error.thing,
      error.cause + "; \(operation.title) is not finished",
      remedy: error.remedy
        + "; then run any command that changes the stream: it finishes this first",
      findings: error.findings)
  }

  /// Performs what is left of an open operation and closes it.
  func perform(_ operation: some Operation, sequence: Int) throws {
    let steps = try operation.steps(in: stream)
    var hasSkipped = false
    for (index, step) in steps.enumerated() {
      let remaining = "\(steps.count - index) of \(steps.count) steps of \(operation.title)"
      Interruption.begin(remaining)
      try Interruption.check(remaining: remaining)
      if try step.isDone(in: stream) {
        hasSkipped = true
        continue
      }
      try step.perform(in: stream)
    }
    // Done before does not mean durable: whoever did it may have died between
    // the change and its fsync.
    if hasSkipped { try stream.locations.syncFileSystems() }
    let conclude = try operation.conclude(in: stream)
    try stream.ledger.commit { change in
      try conclude(change)
      try record(operation, summary: operation.summary, in: change)
      try change.closeOperation(sequence)
      try change.owe(operation, in: stream)
    }
    Interruption.begin("what follows \(operation.title), which is done")
  }

  /// Undoes an open operation and closes it; false where it must be finished.
  func undo(
    _ operation: some Operation, _ reason: UndoReason, sequence: Int, because cause: String
  ) throws -> Bool {
    guard let conclude = try operation.undo(in: stream, after: reason) else { return false }
    try stream.ledger.commit { change in
      try conclude(change)
      try record(operation, summary: EventRecord.undoneMark + cause, in: change)
      try change.closeOperation(sequence, isUndone: true)
      try change.owe(operation, in: stream)
    }
    return true
  }

  private func record(
    _ operation: some Operation, summary: String, in change: LedgerChange
  ) throws {
    try change.addEvent(
      command: type(of: operation).kind.rawValue, release: operation.release.description,
      operatorName: stream.operatorName, summary: summary, at: stream.time.now)
  }
}
