import CDeflate
import Foundation
import GRDB
import Glibc
package import ReleaseModel

/// What is known of RPM files from earlier runs, in one SQLite file: which
/// contents a file had when it was looked at, and what was made of contents.
///
/// Without it everything takes longer, and nothing else changes. It can be
/// removed at any moment; whatever is wrong with it, or cannot be written, is
/// as if it were not there: no method throws. Every row carries a sum of its
/// bytes, and one that does not hold is not there either. Several processes may
/// use it at once.
package final class HeaderCache: Sendable {
  /// Writes.
  private let queue: DatabaseQueue
  /// Connections that nobody reads by at the moment. Several threads read at
  /// once: all they have in common is the file.
  private let readers = Guarded<[DatabaseQueue]>([])
  /// Held by readers together, by a writer alone: how long SQLite waits is for
  /// other processes.
  private let turns = ReadWriteLock()
  private let path: String
  private let isWritable: Bool
  /// Bytes that the file may have.
  private let limit: Int
  private let pending = Guarded(Pending())
  private let isBroken = Guarded(false)
  /// Days since 1970: rows are evicted by the day of their last use.
  private let today: Int

  /// What an opened cache may do to its file.
  package enum Access: Sendable {
    /// What a dry run has: it writes nothing at all.
    case reading
    /// Reads, keeps what is new, and evicts what is old.
    case writing
  }

  /// Grows with every change of the tables or of what is in them. It is in the
  /// file's name: versions of the program that go by different forms do not
  /// disturb each other.
  private static let form = 3

  private init(queue: DatabaseQueue, path: String, access: Access, limit: Int) {
    self.queue = queue
    self.path = path
    self.limit = limit
    isWritable = access == .writing
    today = Int(Date().timeIntervalSince1970) / 86_400
  }

  deinit {
    close()
    try? queue.close()
    for reader in readers.withLock({ $0 }) { try? reader.close() }
  }

  /// Opens the cache in `directory`, which is made where it is missing; nil
  /// where that is not possible, or nothing is there to read.
  package static func open(
    directory: String, access: Access, limit: Int = 4 << 30
  ) -> HeaderCache? {
    let path = "\(directory)/headers-\(form).sqlite"
    if access == .writing {
      try? FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } else if !FileManager.default.fileExists(atPath: path) {
      return nil
    }
    guard distrust(of: directory) == nil, distrust(of: path) == nil else { return nil }
    do {
      let queue = try prepare(path, access)
      return HeaderCache(queue: queue, path: path, access: access, limit: limit)
    } catch {
      // Remove the file only if it is damaged, never if it is merely busy.
      guard access == .writing, isDamage(error) else { return nil }
      discard(path)
      return (try? prepare(path, access)).map {
        HeaderCache(queue: $0, path: path, access: access, limit: limit)
      }
    }
  }

  /// Why the file at `path` must not be used, such as another owner; nil where it
  /// may be used or is missing. What the cache says is trusted, so no other user
  /// may be able to write it.
  package static func distrust(of path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    if kind != S_IFDIR, kind != S_IFREG { return "it is neither a directory nor a file" }
    if status.st_uid != geteuid() { return "it belongs to another user" }
    if status.st_mode & 0o022 != 0 { return "others may write to it" }
    return nil
  }

  private static func isDamage(_ error: any Error) -> Bool {
    switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: true
    default: false
    }
  }

  private static func discard(_ path: String) {
    for suffix in ["", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }

  private struct OtherForm: Error {}

  private static func open(_ path: String, _ access: Access) throws -> DatabaseQueue {
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

  private static func prepare(_ path: String, _ access: Access) throws -> DatabaseQueue {
    let queue = try open(path, access)
    do {
      return try prepared(queue, access)
    } catch {
      try? queue.close()
      throw error
    }
  }

  private static func prepared(_ queue: DatabaseQueue, _ access: Access) throws -> DatabaseQueue {
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

  // MARK: Files

  /// SHA-256 of each file that is as it was when somebody noted it; nil for the
  /// others.
  package func sha256(of files: [FileIdentity]) -> [Checksum?] {
    var found = pending.withLock { pending in
      files.map { file in pending.files[file.file].map { $0.identity == file ? $0.sha256 : nil } }
    }
    let missing = found.indices.filter { found[$0] == nil }
    reading(missing.isEmpty) { db in
      let lookup = try Lookup(
        db, "SELECT size, modified, changed, sum, sha256 FROM file WHERE device = ? AND inode = ?")
      for index in missing {
        let file = files[index]
        let row = try lookup.row {
          $0.bind(Int64(bitPattern: file.device), at: 1)
          $0.bind(Int64(bitPattern: file.inode), at: 2)
          let isSame =
            $0.number(at: 0) == file.size && $0.number(at: 1) == file.modified
            && $0.number(at: 2) == file.changed
          return (isSame, $0.number(at: 3), $0.blob(at: 4))
        }
        guard let (isSame, sum, blob) = row, isSame else { continue }
        let sha256 = Checksum(digest: blob)
        if sum == Self.sum(file, sha256) { found[index] = .some(sha256) }
      }
    }
    return found.map { $0 ?? nil }
  }

  /// Remembers what a file has in it.
  package func note(_ file: FileIdentity, _ sha256: Checksum) {
    guard isWritable else { return }
    pending.withLock { $0.files[file.file] = (file, sha256) }
  }

  private static func sum(_ file: FileIdentity, _ sha256: Checksum) -> Int {
    let words = (
      file.device, file.inode, UInt64(bitPattern: file.size), UInt64(bitPattern: file.modified),
      UInt64(bitPattern: file.changed)
    )
    let sum = withUnsafeBytes(of: words) { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    return Int(sha256.withBytes { libdeflate_crc32(sum, $0.baseAddress, $0.count) })
  }

  /// The sum covers the key, so that a damaged index that leads to another row is
  /// noticed.
  private static func sum(of kind: Kind, _ key: Checksum, _ bytes: [UInt8]) -> Int {
    var name = key.withBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    name = withUnsafeBytes(of: UInt8(kind.rawValue)) { libdeflate_crc32(name, $0.baseAddress, 1) }
    return Int(libdeflate_crc32(name, bytes, bytes.count))
  }

  // MARK: Contents

  /// What is kept of contents.
  package enum Kind: Int, Sendable {
    /// What was read and found to hold of an RPM.
    case verifiedRPM
    /// Its element in primary metadata.
    case primary
    /// Its elements in the documents of files and changelogs.
    case lists
    /// A compressed part of a document.
    case chunk
    /// A repository in libsolv's form.
    case solv
    /// How long its elements are.
    case sizes
  }

  /// What was kept as `kind` of each key.
  package func bytes(_ kind: Kind, of keys: [Checksum]) -> [[UInt8]?] {
    var found = pending.withLock { pending in
      keys.map { pending.kept(Pending.Key(kind: kind, key: $0)) }
    }
    let missing = found.indices.filter { found[$0] == nil }
    var touched: [Int64] = []
    reading(missing.isEmpty) { db in
      let lookup = try Lookup(
        db, "SELECT id, used, sum, bytes FROM content WHERE key = ? AND kind = ?")
      for index in missing {
        let row = try lookup.row {
          $0.bind(keys[index], at: 1)
          $0.bind(Int64(kind.rawValue), at: 2)
          return ($0.number(at: 0), $0.number(at: 1), $0.number(at: 2), $0.blob(at: 3))
        }
        guard let (id, used, sum, blob) = row, Self.sum(of: kind, keys[index], blob) == sum else {
          continue
        }
        found[index] = blob
        if used < today { touched.append(id) }
      }
    }
    if isWritable, !touched.isEmpty { pending.withLock { $0.touched += touched } }
    return found
  }

  /// Keeps `bytes` as `kind` of `key`, in place of what was kept before.
  package func keep(_ bytes: [UInt8], as kind: Kind, of key: Checksum) {
    guard isWritable else { return }
    let isFull = pending.withLock { pending in
      pending.keep(bytes, Pending.Key(kind: kind, key: key))
      return pending.bytes > Self.flushLimit
    }
    if isFull { flush(withFiles: false) }
  }

  // MARK: Writing

  /// Bytes that wait in memory at most.
  private static let flushLimit = 8 << 20

  /// Writes what waits in memory to the file.
  package func flush() { flush(withFiles: true) }

  /// Notes of files that are written together with contents. Further ones come
  /// from links that a command makes, and change with the next link: write them
  /// at the end.
  private static let fileLimit = 4096

  private func flush(withFiles: Bool) {
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

  // MARK: Access

  private func reading(_ isNothing: Bool, _ body: (Database) throws -> Void) {
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

  private func writing(inTransaction: Bool = true, _ body: (Database) throws -> Void) {
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
