package import ComposeStream
import ComposeTrees
import Foundation
import ReleaseLedger
package import ReleaseModel

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

  /// An operation that is done, though the command that asked for it ended
  /// before it could tell so: that command, given again, tells it and does
  /// nothing a second time.
  package struct Finished: Sendable {
    /// As it was written to the ledger before its first change.
    package let operation: any Operation
    /// What the interrupted command was doing.
    package var kind: OperationKind { type(of: operation).kind }
    /// The release that it was doing it to.
    package var release: ReleaseID { operation.release }
  }

  /// Recovers, and notes what was found and done.
  ///
  /// Returns the operation that nobody was told of: finished here, or by the
  /// command that began it just before that ended. Nil where there is none, or
  /// where it was undone.
  @discardableResult
  package func run() throws -> Finished? {
    try recover()
    guard let done = try stream.ledger.unreportedOperation() else { return nil }
    return (try? Self.decode(done)).map(Finished.init)
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
