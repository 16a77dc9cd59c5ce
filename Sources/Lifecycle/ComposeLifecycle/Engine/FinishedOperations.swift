package import ReleaseModel

/// Operations that are done, though the command that asked for them ended before
/// it could tell so: that command, given again, tells it and does nothing a second
/// time. Others leave them alone.
package final class FinishedOperations: Sendable {
  private let done: [(sequence: Int, operation: any Operation)]
  private let taken = Guarded<Set<Int>>([])

  /// - Parameter done: oldest first, as they were written to the ledger before
  ///   their first change.
  init(_ done: [(sequence: Int, operation: any Operation)]) { self.done = done }

  /// The newest of `kind`, and of `release` where one is given, that `isMine`
  /// knows: the command at hand tells of it.
  package func take(
    _ kind: OperationKind, of release: ReleaseID? = nil,
    where isMine: (any Operation) -> Bool = { _ in true }
  ) -> (any Operation)? {
    let found = done.last { entry in
      type(of: entry.operation).kind == kind
        && (release == nil || entry.operation.release == release) && isMine(entry.operation)
    }
    if let found { taken.withLock { _ = $0.insert(found.sequence) } }
    return found?.operation
  }

  /// Sequences of what the command at hand tells of.
  package var told: Set<Int> { taken.withLock { $0 } }
}
