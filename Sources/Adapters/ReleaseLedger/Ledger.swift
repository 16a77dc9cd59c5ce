import Foundation
import GRDB
import Glibc
package import ReleaseModel

/// The journal of one stream: releases, their trees and builds, operations
/// under way, history, and the tags of the embedded build system.
///
/// One SQLite file with a rollback journal and `synchronous=EXTRA`: a
/// transaction that has returned survives a power cut, and readers can open
/// the file on a read-only mount, which WAL would not allow.
package final class Ledger: Sendable {
  private let queue: DatabaseQueue
  /// Path of the file, or nil for a ledger in memory.
  package let path: String?
  /// Whether a copy in memory stands for the file at `path`: a change would
  /// be lost, and is refused.
  private let isCopy: Bool

  private init(queue: DatabaseQueue, path: String?, isCopy: Bool = false) {
    self.queue = queue
    self.path = path
    self.isCopy = isCopy
  }

  /// Opens the ledger at `path` for writing; makes it where there is none,
  /// and brings one that an earlier version has written up to date.
  package static func open(path: String) throws -> Ledger {
    try explained(path) {
      try keeping(
        DatabaseQueue(path: path, configuration: configuration(readOnly: false))
      ) { queue in
        _ = try examined(queue, path)
        try Schema.migrate(queue)
        return Ledger(queue: queue, path: path)
      }
    }
  }

  deinit { try? queue.close() }

  /// Hands a connection to `body`, and closes it where that fails.
  private static func keeping<Value>(
    _ queue: DatabaseQueue, _ body: (DatabaseQueue) throws -> Value
  ) throws -> Value {
    do {
      return try body(NeverReleased.keep(queue))
    } catch {
      try? queue.close()
      throw error
    }
  }

  /// Opens the ledger at `path` without ever writing: what dry runs and
  /// readers use. Where there is none, an empty one in memory takes its place;
  /// one that an earlier version has written is brought up to date in memory,
  /// and one whose last writer was killed within a transaction is read as that
  /// transaction found it.
  ///
  /// Throws `permission` where it may not be read: only a file that is not there is
  /// none.
  package static func openForReading(path: String) throws -> Ledger {
    guard try hasContents(path) else { return try inMemory() }
    return try explained(path) {
      for _ in 0..<attempts {
        // Before SQLite looks: run by root, it sets the owner of a journal anew.
        let copy = try HotJournal.recoveredCopy(of: path, patience: patience)
        if let copy { return try keeping(copy) { try reader($0, path, isCopy: true) } }
        do {
          return try keeping(
            DatabaseQueue(path: path, configuration: configuration(readOnly: true))
          ) { try reader($0, path) }
        } catch let error as DatabaseError
          where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK
        {
          // A writer was killed a moment ago.
          continue
        }
      }
      throw DatabaseError(resultCode: .SQLITE_BUSY)
    }
  }

  /// How long one process waits for another's transaction, in seconds.
  private static let patience = 10.0
  /// How often a reader may meet a transaction that is interrupted, and then, a
  /// moment later, is not.
  private static let attempts = 100

  private static func reader(
    _ queue: DatabaseQueue, _ path: String, isCopy: Bool = false
  ) throws -> Ledger {
    let applied = try examined(queue, path)
    // A process was killed while it made the file: it is empty.
    if applied.isEmpty {
      try queue.close()
      return try inMemory()
    }
    guard applied != Set(Schema.migrations.map(\.identifier)) else {
      return Ledger(queue: queue, path: path, isCopy: isCopy)
    }
    let copy = try migratedCopy(of: queue)
    try queue.close()
    return Ledger(queue: copy, path: path, isCopy: true)
  }

  /// Writes a copy with today's tables to `path`, where nothing is yet, and opens it
  /// for changes.
  package func copy(to path: String) throws -> Ledger {
    try Self.explained(path) {
      try Self.keeping(
        DatabaseQueue(path: path, configuration: Self.configuration(readOnly: false))
      ) { copy in
        try queue.backup(to: copy)
        try Schema.migrate(copy)
        // A copy in memory was not sealed when it changed.
        try copy.write { try LedgerSeal.renew(in: $0) }
        return Ledger(queue: copy, path: path)
      }
    }
  }

  /// A copy in memory with today's tables.
  private static func migratedCopy(of queue: DatabaseQueue) throws -> DatabaseQueue {
    try keeping(DatabaseQueue()) { copy in
      try queue.backup(to: copy)
      try Schema.migrate(copy)
      return copy
    }
  }

  /// An empty ledger that nothing keeps.
  package static func inMemory() throws -> Ledger {
    try explained("ledger in memory") {
      try keeping(DatabaseQueue()) { queue in
        try Schema.migrate(queue)
        return Ledger(queue: queue, path: nil)
      }
    }
  }

  private static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    // A reader may meet a writer's short transaction.
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { db in
      try LedgerHeader.require(in: db)
      if !readOnly { try db.execute(sql: "PRAGMA synchronous = EXTRA") }
    }
    return configuration
  }

  /// The remedy where there is no ledger.
  package static let rebuilding =
    "Restore it from a backup, or rebuild what the disk proves with: "
    + "epel-compose status MAJOR --from-disk"

  /// Refuses a ledger that is damaged, or that a newer version has written.
  /// Returns the migrations that were applied to it.
  private static func examined(_ queue: DatabaseQueue, _ path: String) throws -> Set<String> {
    let applied = try queue.read { db in
      let isIntact = try LedgerSeal.isIntact(in: db)
      if isIntact == true { return try Schema.applied(in: db) }
      // What SQLite itself finds is the better message. An earlier form has no seal:
      // there it is all that is known.
      let problem = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
      guard problem == "ok" else {
        // SQLite prints a heading, then a line for each problem.
        let cause = problem?.split(separator: "\n").last ?? "it cannot be checked"
        throw damaged(path, String(cause))
      }
      let applied = try Schema.applied(in: db)
      guard isIntact == nil, !applied.contains(LedgerSeal.migration) else {
        throw changed(path)
      }
      return applied
    }
    guard Schema.isSuperseded(applied) else { return applied }
    throw ComposeError(
      .badData, path.sanitizedForDisplay, "a newer epel-compose has written it",
      remedy: "Use that newer version. If it is lost: \(rebuilding)")
  }

  fileprivate static func damaged(_ path: String, _ cause: String) -> ComposeError {
    ComposeError(
      .badData, path.sanitizedForDisplay,
      "the ledger is damaged (\(cause.sanitizedForDisplay)); the trees and links are untouched",
      remedy: rebuilding)
  }

  static func changed(_ path: String) -> ComposeError {
    ComposeError(
      .badData, path.sanitizedForDisplay,
      "the ledger was changed by another program, copied while it was written, or is damaged: "
        + "its contents do not have the digest that it was written with; the trees and links are "
        + "untouched",
      remedy: rebuilding)
  }

  /// Whether a ledger can be used.
  package enum Verdict: Sendable {
    /// It can be read, and holds something.
    case usable
    /// There is none, or nothing was ever written into it.
    case missing
    /// Damaged, or by a newer version; the cause.
    case lost(String)
    /// It may be whole, but cannot be read now: why.
    case blocked(ComposeError)
  }

  /// Looks at the ledger at `path` without writing.
  package static func verdict(path: String) -> Verdict {
    do {
      guard try hasContents(path) else { return .missing }
      let ledger = try openForReading(path: path)
      if ledger.path == nil { return .missing }
      _ = try ledger.releases()
      return .usable
    } catch let error as ComposeError where error.remedy.contains(rebuilding) {
      return .lost(error.cause)
    } catch let error as ComposeError {
      return .blocked(error)
    } catch {
      return .lost("\(error)")
    }
  }

  /// Whether anything was ever written: a file that was emptied, or whose
  /// maker was killed at once, is as good as none.
  ///
  /// Throws where that cannot be told: only what the system says is not there is
  /// not there.
  package static func hasContents(_ path: String) throws -> Bool {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw ComposeError(
          .cannotCreate, path.sanitizedForDisplay, "it is not a file, as the ledger would be",
          remedy: "Look at what is there, and move it away")
      }
      return status.st_size > 0
    }
    guard errno != ENOENT else { return false }
    throw ComposeError(ledger: path, errno: errno)
  }

  /// Closes the file; nothing can be read or changed afterwards.
  package func close() throws { try queue.close() }

  // MARK: Access

  /// Reads in one consistent view.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.explained(path ?? "ledger") { try queue.read(body) }
  }

  /// Changes in one transaction: all of it is durable on return, or none.
  ///
  /// - Parameter isMade: false rolls it back; see ``CommitObserver``.
  func write<Value>(isMade: Bool, _ body: (Database) throws -> Value) throws -> Value {
    try Self.explained(path ?? "ledger") {
      // As SQLite says of a file that was opened for reading.
      guard !isCopy else { throw DatabaseError(resultCode: .SQLITE_READONLY) }
      return try queue.writeWithoutTransaction { db in
        var value: Value?
        try db.inTransaction(.immediate) {
          let before = db.totalChangesCount
          value = try body(db)
          guard isMade else { return .rollback }
          if path != nil, db.totalChangesCount != before { try LedgerSeal.renew(in: db) }
          return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return value
      }
    }
  }

  /// Runs `body`; SQLite's errors become errors for people.
  private static func explained<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw ComposeError(ledger: path, error)
    } catch is RowDecodingError {
      throw damaged(path, "one of its values is of another type")
    }
  }
}

extension ComposeError {
  /// Why the file of a ledger, or its journal, cannot be read.
  init(ledger path: String, errno code: Int32) {
    let cause = "it cannot be read: \(String(cString: strerror(code)))"
    let thing = path.sanitizedForDisplay
    switch code {
    case EACCES, EPERM:
      self.init(
        .permission, thing, cause,
        remedy: "Run as a user who may read it and search the directories above, or correct their "
          + "owner and mode")
    case ENOTDIR:
      self.init(
        .cannotCreate, thing, cause,
        remedy: "A directory above it is a file: look at what is there, and move it away")
    default:
      self.init(
        .inputOutput, thing, cause, remedy: "Check the disk, then run the command again")
    }
  }

  fileprivate init(ledger path: String, _ error: DatabaseError) {
    let thing = path.sanitizedForDisplay
    let detail = error.message ?? error.resultCode.description
    switch error.resultCode {
    // A table that is missing, and rows that contradict each other, are damage that
    // no check of pages sees.
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_SCHEMA, .SQLITE_FORMAT,
      .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG:
      self = Ledger.damaged(path, detail)
    case .SQLITE_FULL, .SQLITE_IOERR:
      self.init(
        .inputOutput, thing, "the ledger could not be written (\(detail))",
        remedy: "Free space or check the disk, then run the command again")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .locked, thing, "another process is using the ledger",
        remedy: "Try again when it has finished")
    case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK:
      self.init(
        .locked, thing, "another process was killed while this one read the ledger",
        remedy: "Try again")
    case .SQLITE_CANTOPEN where error.extendedResultCode == .SQLITE_CANTOPEN_ISDIR:
      self.init(
        .cannotCreate, thing, "a directory is where the ledger belongs",
        remedy: "Look at what is there, and move it away")
    case .SQLITE_NOMEM:
      self.init(
        .failed, thing, "there is no memory to read the ledger",
        remedy: "End other programs, or raise the limit on memory (ulimit -v)")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN:
      self.init(
        .permission, thing, "the ledger cannot be opened (\(detail))",
        remedy: "Run as a user who may use it, or correct owner and mode of it and its directory")
    default:
      self.init(
        .failed, thing, "the ledger failed (\(detail))", remedy: "Look at the file, then try again")
    }
  }
}
