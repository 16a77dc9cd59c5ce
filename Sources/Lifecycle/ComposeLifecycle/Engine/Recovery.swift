package import ComposeStream
import ComposeTrees
package import ComposeStream
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

  /// What a recovery finished.
  package struct Finished: Sendable {
    /// What the interrupted command was doing.
    package let kind: OperationKind
    /// The release that it was doing it to.
    package let release: ReleaseID
  }

  /// Recovers, and notes what was found and done.
  ///
  /// Returns the operation that it finished; nil where nothing was open, or
  /// where it was undone.
  @discardableResult
  package func run() throws -> Finished? {
    guard let open = try stream.ledger.openOperation() else { return nil }
    stream.activity.note("found an interrupted \(open.kind) of \(open.release)")
    let operation = try Self.decode(open)
    // What it finds on disk may not be durable: whoever did it may have died
    // before the fsync.
    try stream.locations.syncFileSystems()
    let executor = Executor(stream: stream.asOf(operation.release))
    let cause = "it was interrupted"
    if try executor.undo(operation, .interruption, sequence: open.sequence, because: cause) {
      stream.activity.note("undid \(operation.title), which had not finished")
      return nil
    }
    do {
      try executor.perform(operation, sequence: open.sequence)
    } catch let error as ComposeError where error.kind != .interrupted {
      let cause = "\(error)"
      if (try? executor.undo(operation, .failure, sequence: open.sequence, because: cause)) ?? false
      {
        stream.activity.note("gave up \(operation.title), which could not be finished: \(cause)")
        return nil
      }
      throw Executor.unfinished(operation, error)
    }
    stream.activity.note("finished \(operation.title)")
    return Finished(kind: type(of: operation).kind, release: operation.release)
  }

  private static func decode(_ open: OpenOperation) throws -> any Operation {
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
