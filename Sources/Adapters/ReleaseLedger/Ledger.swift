import Foundation
import GRDB
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
      let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
      try refuseDamaged(queue, path)
      try refuseNewer(queue, path)
      try Schema.migrator.migrate(queue)
      return Ledger(queue: queue, path: path)
    }
  }

  /// Opens the ledger at `path` without ever writing: what dry runs and
  /// readers use. Where there is none, an empty one in memory takes its place;
  /// one that an earlier version has written is brought up to date in memory.
  package static func openForReading(path: String) throws -> Ledger {
    guard hasContents(path) else { return try inMemory() }
    return try explained(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
      try refuseDamaged(queue, path)
      try refuseNewer(queue, path)
      // A process was killed while it made the file: it is empty.
      let isEmpty = try queue.read { try Schema.migrator.appliedIdentifiers($0).isEmpty }
      if isEmpty { return try inMemory() }
      let isCurrent = try queue.read { try Schema.migrator.hasCompletedMigrations($0) }
      guard !isCurrent else { return Ledger(queue: queue, path: path) }
      return Ledger(queue: try migratedCopy(of: queue), path: path, isCopy: true)
    }
  }

  /// Writes a copy with today's tables to `path`, where nothing is yet, and opens it
  /// for changes.
  package func copy(to path: String) throws -> Ledger {
    try Self.explained(path) {
      let copy = try DatabaseQueue(
        path: path, configuration: Self.configuration(readOnly: false))
      try queue.backup(to: copy)
      try Schema.migrator.migrate(copy)
      return Ledger(queue: copy, path: path)
    }
  }

  /// A copy in memory with today's tables.
  private static func migratedCopy(of queue: DatabaseQueue) throws -> DatabaseQueue {
    let copy = try DatabaseQueue()
    try queue.backup(to: copy)
    try Schema.migrator.migrate(copy)
    return copy
  }

  /// An empty ledger that nothing keeps.
  package static func inMemory() throws -> Ledger {
    try explained("ledger in memory") {
      let queue = try DatabaseQueue()
      try Schema.migrator.migrate(queue)
      return Ledger(queue: queue, path: nil)
    }
  }

  private static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    // A reader may meet a writer's short transaction.
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      if !readOnly { try db.execute(sql: "PRAGMA synchronous = EXTRA") }
    }
    return configuration
  }

  /// The remedy where there is no ledger.
  package static let rebuilding =
    "Restore it from a backup, or rebuild what the disk proves with: "
    + "epel-compose status MAJOR --from-disk"

  /// SQLite notices most damage only where it reads; a ledger is small enough
  /// to be looked at whole.
  private static func refuseDamaged(_ queue: DatabaseQueue, _ path: String) throws {
    let problem = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
    guard problem != "ok" else { return }
    // SQLite prints a heading, then a line for each problem.
    let cause = problem?.split(separator: "\n").last ?? "it cannot be checked"
    throw ComposeError(
      .badData, path.sanitizedForDisplay,
      "the ledger is damaged (\(cause)); the trees and links are untouched", remedy: rebuilding)
  }

  private static func refuseNewer(_ queue: DatabaseQueue, _ path: String) throws {
    guard try queue.read({ try Schema.migrator.hasBeenSuperseded($0) }) else { return }
    throw ComposeError(
      .badData, path.sanitizedForDisplay, "a newer epel-compose has written it",
      remedy: "Use that newer version. If it is lost: \(rebuilding)")
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
    guard hasContents(path) else { return .missing }
    do {
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
  package static func hasContents(_ path: String) -> Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    return (size ?? 0) > 0
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
          value = try body(db)
          return isMade ? .commit : .rollback
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
      throw damaged("a record has something else than what belongs there")
    }
  }
}

extension ComposeError {
  fileprivate init(ledger path: String, _ error: DatabaseError) {
    let thing = path.sanitizedForDisplay
    let detail = error.message ?? error.resultCode.description
    switch error.resultCode {
    // A table that is missing is damage that quick_check does not see.
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_SCHEMA:
      self.init(
        .badData, thing, "the ledger is damaged (\(detail)); the trees and links are untouched",
        remedy: Ledger.rebuilding)
    case .SQLITE_FULL, .SQLITE_IOERR:
      self.init(
        .inputOutput, thing, "the ledger could not be written (\(detail))",
        remedy: "Free space or check the disk, then run the command again")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .locked, thing, "another process is using the ledger",
        remedy: "Try again when it has finished")
    case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK,
      .SQLITE_CANTOPEN where error.extendedResultCode == .SQLITE_CANTOPEN_ISDIR:
      self.init(
        .inputOutput, thing, "the ledger has an unfinished transaction (\(detail))",
        remedy: "Run the interrupted command again: it recovers the ledger first")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN:
      self.init(
        .permission, thing, "the ledger cannot be opened (\(detail))",
        remedy: "Run as a user who may write there, or correct its owner and mode")
    default:
      self.init(
        .failed, thing, "the ledger failed (\(detail))", remedy: "Look at the file, then try again")
    }
  }
}
