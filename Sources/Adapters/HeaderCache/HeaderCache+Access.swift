import GRDB
import ReleaseModel

/// Transactions, of which none throws.
extension HeaderCache {
  func reading(_ isNothing: Bool, _ body: (Database) throws -> Void) {
    if isNothing || isBroken.withLock({ $0 }) { return }
    do {
      let reader =
        try readers.withLock { $0.popLast() }
        ?? Self.open(path, isWritable ? .writing : .reading)
      defer { readers.withLock { $0.append(reader) } }
      try turns.reading {
        try reader.unsafeRead { db in
          // One transaction, so that the file is locked only once.
          try db.inTransaction(.deferred) {
            try body(db)
            return .commit
          }
        }
      }
    } catch {
      giveUp(error)
    }
  }

  func writing(inTransaction: Bool = true, _ body: (Database) throws -> Void) {
    if isBroken.withLock({ $0 }) { return }
    do {
      try turns.writing {
        try queue.writeWithoutTransaction { db in
          guard inTransaction else { return try body(db) }
          try db.inTransaction(.immediate) {
            try body(db)
            return .commit
          }
        }
      }
    } catch {
      giveUp(error)
    }
  }

  /// Removes a damaged file, so that the next run begins with a new one. Where
  /// the file is only busy or cannot be written, this run goes on without a
  /// cache.
  private func giveUp(_ error: any Error) {
    isBroken.withLock { $0 = true }
    if isWritable, Self.isDamage(error) { Self.discard(path) }
  }
}
