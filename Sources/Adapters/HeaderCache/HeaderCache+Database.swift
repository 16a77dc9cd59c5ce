import Foundation
import GRDB
import ReleaseModel

/// The SQLite file: opened, made where it is missing, dropped where it is damaged.
extension HeaderCache {
  static func isDamage(_ error: any Error) -> Bool {
    switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: true
    default: false
    }
  }

  static func discard(_ path: String) {
    for suffix in ["", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }

  private struct OtherForm: Error {}

  static func open(_ path: String, _ access: Access) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = access == .reading
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      // KiB, enough for much of the index at EPEL's size: every query uses it.
      try db.execute(sql: "PRAGMA cache_size = -4096")
      guard access == .writing else { return }
      // Safe against kill (the next process rolls the journal back), but not
      // against power cuts: a cache may be lost.
      try db.execute(sql: "PRAGMA synchronous = OFF")
    }
    return NeverReleased.keep(try DatabaseQueue(path: path, configuration: configuration))
  }

  static func prepare(_ path: String, _ access: Access) throws -> DatabaseQueue {
    let queue = try open(path, access)
    do {
      return try prepared(queue, access)
    } catch {
      try? queue.close()
      throw error
    }
  }

  static func prepared(_ queue: DatabaseQueue, _ access: Access) throws -> DatabaseQueue {
    let found = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    if found == form { return queue }
    guard access == .writing, found == 0 else { throw OtherForm() }
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA page_size = 16384")
      try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      try db.inTransaction {
        try db.execute(sql: Self.tables + "PRAGMA user_version = \(form);")
        return .commit
      }
    }
    return queue
  }

  private static let tables = """
    CREATE TABLE IF NOT EXISTS file (
      device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
      modified INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 BLOB NOT NULL,
      sum INTEGER NOT NULL, PRIMARY KEY (device, inode)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS content (
      id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key BLOB NOT NULL, used INTEGER NOT NULL,
      sum INTEGER NOT NULL, bytes BLOB NOT NULL);
    CREATE UNIQUE INDEX IF NOT EXISTS contentByKey ON content (key, kind);
    CREATE INDEX IF NOT EXISTS contentByUse ON content (used);

    """
}
