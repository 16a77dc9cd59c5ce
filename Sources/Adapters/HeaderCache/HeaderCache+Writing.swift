import GRDB
import ReleaseModel

/// What waits in memory goes to the file, and what is old leaves it.
extension HeaderCache {
  /// Bytes that wait in memory at most.
  static let flushLimit = 8 << 20

  /// Writes what waits in memory to the file.
  package func flush() { flush(withFiles: true) }

  /// Notes of files that are written together with contents. Further ones come
  /// from links that a command makes, and change with the next link: write them
  /// at the end.
  private static let fileLimit = 4096

  func flush(withFiles: Bool) {
    guard isWritable, !pending.withLock({ $0.isEmpty }) else { return }
    writing { db in
      // Take the pending rows while no thread reads: a reader would find them
      // neither in memory nor in the file.
      let taken = self.pending.withLock { pending in
        var taken = pending
        pending = Pending()
        if !withFiles, taken.files.count > Self.fileLimit {
          pending.files = taken.files
          taken.files = [:]
        }
        return taken
      }
      let files = try Lookup(db, "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)")
      for (identity, sha256) in taken.files.values {
        try files.execute {
          $0.bind(Int64(bitPattern: identity.device), at: 1)
          $0.bind(Int64(bitPattern: identity.inode), at: 2)
          $0.bind(identity.size, at: 3)
          $0.bind(identity.modified, at: 4)
          $0.bind(identity.changed, at: 5)
          $0.bind(sha256, at: 6)
          $0.bind(Int64(Self.sum(identity, sha256)), at: 7)
        }
      }
      let contents = try Lookup(
        db, "INSERT OR REPLACE INTO content (kind, key, used, sum, bytes) VALUES (?, ?, ?, ?, ?)")
      for (name, bytes) in taken.contents {
        try contents.execute {
          $0.bind(Int64(name.kind.rawValue), at: 1)
          $0.bind(name.key, at: 2)
          $0.bind(Int64(self.today), at: 3)
          $0.bind(Int64(Self.sum(of: name.kind, name.key, bytes)), at: 4)
          $0.bind(bytes, at: 5)
        }
      }
      let touch = try db.cachedStatement(sql: "UPDATE content SET used = ? WHERE id = ?")
      for id in taken.touched { try touch.execute(arguments: [self.today, id]) }
    }
  }

  /// Writes what waits, and makes the file as small as it may be.
  package func close() {
    guard isWritable else { return }
    flush()
    evict()
  }

  /// Drops what was not used for the longest time, down to four fifths of the
  /// limit.
  private func evict() {
    writing(inTransaction: false) { db in
      func size(_ db: Database) throws -> Int {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        return (pages - free) * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
      }
      guard try size(db) > limit else { return }
      while try size(db) > limit / 5 * 4 {
        try db.execute(
          sql:
            "DELETE FROM content WHERE id IN (SELECT id FROM content ORDER BY used, id LIMIT 500)")
        if db.changesCount == 0 { break }
      }
      try db.execute(
        sql: "DELETE FROM file WHERE sha256 NOT IN (SELECT key FROM content WHERE kind = 0)")
      try db.execute(sql: "PRAGMA incremental_vacuum")
    }
  }
}
