import ComposePlanning
package import ComposeStream
import ComposeTrees
import Foundation
import ReleaseLedger
import ReleaseModel

/// Finishes or undoes what an earlier command left open. Runs before every
/// command that changes something.
package struct Recovery: Sendable {
  private let stream: StreamContext

  /// - Parameter stream: opened for changes, unless only ``preview()`` is
  ///   asked.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// What would be done, for a dry run; nil where nothing is open.
  package func preview() throws -> String? {
    try stream.ledger.openOperation().map {
      "an interrupted \($0.kind) of \($0.release) would be recovered first"
    }
  }

  /// Recovers, and notes what was found and done.
  ///
  /// Returns the operations that nobody was told of: finished here, or by the
  /// command that began them just before that ended.
  @discardableResult
  package func run() throws -> FinishedOperations {
    try recover()
    let done = try stream.ledger.unreportedOperations().compactMap { open in
      (try? Self.decode(open)).map { (sequence: open.sequence, operation: $0) }
    }
    return FinishedOperations(
      try done.filter { try !isOvertaken($0.operation, at: $0.sequence) })
  }

  /// Whether the command that is given again must mean another operation, because
  /// links have moved since, or the same was asked for and told.
  private func isOvertaken(_ operation: any Operation, at sequence: Int) throws -> Bool {
    try stream.ledger.operations(after: sequence).contains { later in
      switch OperationKind(rawValue: later.kind) {
      case .promote?, .rollback?: true
      case .update?:
        ((try? Self.decode(later)) as? UpdateOperation)?.request.isUpdate == false
          && type(of: operation).kind == .update
      default: later.kind == type(of: operation).kind.rawValue
      }
    }
  }

  private func recover() throws {
    guard let open = try stream.ledger.openOperation() else { return }
    stream.activity.note("found an interrupted \(open.kind) of \(open.release)")
    let operation = try Self.decode(open)
    // A ledger that was restored from the middle of an operation would be finished
    // over what was done since.
    try LedgerComparison(stream, during: operation.reach(of: stream))
      .require(stream.ledger.release(operation.release)?.trees ?? [], mayBeMissing: true)
    // What it finds on disk may not be durable: whoever did it may have died
    // before the fsync.
    try stream.locations.syncFileSystems()
    let executor = Executor(stream: stream.asOf(operation.release))
    let cause = "it was interrupted"
    if try executor.undo(operation, .interruption, sequence: open.sequence, because: cause) {
      stream.activity.note("undid \(operation.title), which had not finished")
      return
    }
    do {
      try executor.perform(operation, sequence: open.sequence)
    } catch let error as ComposeError where error.kind != .interrupted {
      let cause = "\(error)"
      if (try? executor.undo(operation, .failure, sequence: open.sequence, because: cause)) ?? false
      {
        stream.activity.note("gave up \(operation.title), which could not be finished: \(cause)")
        return
      }
      throw Executor.unfinished(operation, error)
    }
    stream.activity.note("finished \(operation.title)")
  }

  static func decode(_ open: OpenOperation) throws -> any Operation {
    guard let kind = OperationKind(rawValue: open.kind),
      let operation = try? JSONDecoder().decode(kind.type, from: Data(open.payload.utf8))
    else {
      throw ComposeError(
        .badData, "ledger", "its open operation '\(open.kind)' cannot be read",
        remedy: "Use the version of epel-compose that began it")
    }
    return operation
  }
}
