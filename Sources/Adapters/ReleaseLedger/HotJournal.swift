import Foundation
import GRDB
import GRDBSQLite
import Glibc
import ReleaseModel

/// A ledger whose last writer died within a transaction, as the next writer will
/// find it: its rollback journal is played back in memory, and nothing is
/// written.
///
/// SQLite itself plays a journal back only for connections that may write. The
/// format is the one of "The Rollback Journal" in SQLite's "Database File Format",
/// the locks are those of its unix VFS.
struct HotJournal {
  /// The files as they are while no other process can write them.
  private let database: [UInt8]
  private let journal: [UInt8]

  /// A database in memory that holds what is left of the ledger at `path` without
  /// the interrupted transaction. Nil where none is interrupted any more: a writer
  /// has recovered it, or is at work.
  ///
  /// Throws `locked` where a writer does not come to its end within `patience`
  /// seconds, and `permission` where the journal may not be read.
  static func recoveredCopy(of path: String, patience: Double) throws -> DatabaseQueue? {
    guard let hot = try read(path, patience: patience) else { return nil }
    guard let contents = hot.playedBack() else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "its journal cannot be read")
    }
    let queue = try DatabaseQueue()
    try queue.writeWithoutTransaction { db in try load(contents, into: db) }
    return queue
  }

  private static func load(_ contents: [UInt8], into db: Database) throws {
    guard let buffer = sqlite3_malloc64(UInt64(contents.count)) else {
      throw DatabaseError(resultCode: .SQLITE_NOMEM)
    }
    contents.withUnsafeBytes {
      buffer.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(buffer), byteCount: $0.count)
    }
    let size = Int64(contents.count)
    // SQLite owns the buffer from here on, whatever comes of it.
    let code = sqlite3_deserialize(
      db.sqliteConnection, "main", buffer.assumingMemoryBound(to: UInt8.self), size, size,
      UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE))
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    db.clearSchemaCache()
  }

  // MARK: Reading

  private static let pendingByte: off_t = 0x4000_0000
  private static let reservedByte = pendingByte + 1
  private static let shared = (first: pendingByte + 2, count: off_t(510))

  private static func read(_ path: String, patience: Double) throws -> HotJournal? {
    let journalPath = resolved(path) + "-journal"
    var status = stat()
    guard lstat(journalPath, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw ComposeError(ledger: journalPath, errno: errno)
    }
    let database = try open(path)
    guard database >= 0 else { return nil }
    // The only descriptor of this process: a connection that was refused is closed.
    defer { close(database) }
    try lockShared(database, path, patience: patience)
    // Nobody can roll back or write from here on. Who prepares a transaction has
    // rolled the interrupted one back before.
    guard try !isReserved(database, path) else { return nil }
    let journal = try open(journalPath)
    guard journal >= 0 else { return nil }
    defer { close(journal) }
    return HotJournal(
      database: try contents(database, path), journal: try contents(journal, journalPath))
  }

  /// Where SQLite looks for the journal of a ledger that a link leads to.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// A descriptor for reading, or -1 where there is no such file.
  private static func open(_ path: String) throws -> Int32 {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor < 0, errno != ENOENT else { return descriptor }
    throw ComposeError(ledger: path, errno: errno)
  }

  private static func contents(_ descriptor: Int32, _ path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ComposeError(ledger: path, errno: errno) }
    bytes.reserveCapacity(Int(status.st_size))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ComposeError(ledger: path, errno: errno) }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  // MARK: Locks

  private static func lock(_ kind: Int32, from start: off_t, count: off_t) -> Glibc.flock {
    var lock = Glibc.flock()
    lock.l_type = Int16(kind)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = start
    lock.l_len = count
    return lock
  }

  private static func lockShared(_ file: Int32, _ path: String, patience: Double) throws {
    var pending = lock(F_RDLCK, from: pendingByte, count: 1)
    var shared = lock(F_RDLCK, from: shared.first, count: shared.count)
    var unlocked = lock(F_UNLCK, from: pendingByte, count: 1)
    let deadline = ContinuousClock.now + .seconds(patience)
    while true {
      // As SQLite does: a writer that waits for readers holds the pending byte.
      if fcntl(file, F_SETLK, &pending) == 0 {
        let isShared = fcntl(file, F_SETLK, &shared) == 0
        let error = errno
        _ = fcntl(file, F_SETLK, &unlocked)
        if isShared { return }
        errno = error
      }
      guard errno == EAGAIN || errno == EACCES || errno == EINTR else {
        throw ComposeError(ledger: path, errno: errno)
      }
      guard ContinuousClock.now < deadline else { throw DatabaseError(resultCode: .SQLITE_BUSY) }
      usleep(10_000)
    }
  }

  private static func isReserved(_ file: Int32, _ path: String) throws -> Bool {
    var reserved = lock(F_WRLCK, from: reservedByte, count: 1)
    guard fcntl(file, F_GETLK, &reserved) == 0 else {
      throw ComposeError(ledger: path, errno: errno)
    }
    return reserved.l_type != Int16(F_UNLCK)
  }

  // MARK: Playing back

  private static let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  /// The database without what the interrupted transaction wrote into it; nil for a
  /// journal of another form.
  private func playedBack() -> [UInt8]? {
    var contents = database
    var offset = 0
    var pageSize = 0
    while let header = header(at: offset) {
      if offset == 0 {
        pageSize = header.pageSize
        guard pageSize >= 512, pageSize <= 65_536, header.sectorSize >= 32,
          header.pages <= Int(UInt32.max)
        else { return nil }
        // New pages go, and those that a crash of the system took come back.
        let size = header.pages * pageSize
        guard size <= database.count + journal.count else { return nil }
        if contents.count > size { contents.removeLast(contents.count - size) }
        contents += [UInt8](repeating: 0, count: size - contents.count)
      }
      guard header.pageSize == pageSize else { break }
      offset += header.sectorSize
      let room = (journal.count - offset) / (pageSize + 8)
      // All ones: the number of records is what the file has room for.
      let records = header.records == Int(UInt32.max) ? room : header.records
      for _ in 0..<records {
        guard playBack(at: &offset, pageSize, nonce: header.nonce, into: &contents) else {
          return contents
        }
      }
      offset = (offset + header.sectorSize - 1) / header.sectorSize * header.sectorSize
    }
    return contents
  }

  private struct Header {
    let records: Int
    let nonce: UInt32
    /// Size of the database before the transaction.
    let pages: Int
    let sectorSize: Int
    let pageSize: Int
  }

  private func header(at offset: Int) -> Header? {
    guard offset + 28 <= journal.count,
      journal[offset..<offset + 8].elementsEqual(Self.magic)
    else { return nil }
    return Header(
      records: Int(number(at: offset + 8)), nonce: number(at: offset + 12),
      pages: Int(number(at: offset + 16)), sectorSize: Int(number(at: offset + 20)),
      pageSize: Int(number(at: offset + 24)))
  }

  /// Puts the page of one record back; false where the journal ends, or was not
  /// written further before the crash.
  private func playBack(
    at offset: inout Int, _ pageSize: Int, nonce: UInt32, into contents: inout [UInt8]
  ) -> Bool {
    let data = offset + 4
    guard data + pageSize + 4 <= journal.count else { return false }
    let page = Int(number(at: offset))
    guard page > 0 else { return false }
    var sum = nonce
    var index = pageSize - 200
    while index > 0 {
      sum &+= UInt32(journal[data + index])
      index -= 200
    }
    guard sum == number(at: data + pageSize) else { return false }
    offset = data + pageSize + 4
    let start = (page - 1) * pageSize
    guard start + pageSize <= contents.count else { return true }
    contents.replaceSubrange(start..<start + pageSize, with: journal[data..<data + pageSize])
    return true
  }

  private func number(at offset: Int) -> UInt32 {
    journal[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
