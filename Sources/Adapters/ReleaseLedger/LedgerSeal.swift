import Digests
import Foundation
package import GRDB
import GRDBSQLite
import ReleaseModel

/// The ledger's own digest: SHA-256 of its pages, in a table of the ledger.
///
/// It is written in each transaction, so it becomes durable with what it is
/// about, or not at all. A flipped bit, a change by another program and a copy
/// that was made in the middle of a transaction are told by it from what this
/// program has written. Left out are pages that hold nothing (SQLite neither
/// writes them again nor brings them back after a crash) and the counters of the
/// header that SQLite raises with each commit.
package enum LedgerSeal {
  /// The migration that brought it: ledgers that have it are sealed.
  static let migration = Migration.version7.identifier

  /// Seals what the current transaction has made of the ledger.
  package static func renew(in db: Database) throws {
    guard let root = try rootPage(in: db), let former = try digest(in: db),
      let digest = try pages(of: db, { $0.digest(sealedOn: root, with: former) })
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "it has lost its seal") }
    // In place: the page stays as it was hashed.
    try db.execute(sql: "UPDATE seal SET digest = ?", arguments: [Data(digest)])
  }

  /// Whether the ledger is as it was sealed; nil for one that has no seal.
  static func isIntact(in db: Database) throws -> Bool? {
    guard let root = try rootPage(in: db) else { return nil }
    guard let sealed = try digest(in: db) else { return false }
    return try pages(of: db) { $0.digest(sealedOn: root, with: sealed) } == sealed
  }

  private static func rootPage(in db: Database) throws -> Int? {
    try Int.fetchOne(
      db, sql: "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = 'seal'")
  }

  private static func digest(in db: Database) throws -> [UInt8]? {
    let digests = try Data.fetchAll(db, sql: "SELECT digest FROM seal")
    guard digests.count == 1, digests[0].count == LedgerPages.digestSize else { return nil }
    return Array(digests[0])
  }

  /// The pages as the current transaction sees them.
  private static func pages<Value>(
    of db: Database, _ body: (LedgerPages) throws -> Value
  ) throws -> Value {
    var size: Int64 = 0
    guard let copy = sqlite3_serialize(db.sqliteConnection, "main", &size, 0) else {
      throw DatabaseError(resultCode: .SQLITE_NOMEM)
    }
    defer { sqlite3_free(copy) }
    return try body(LedgerPages(UnsafeMutableRawBufferPointer(start: copy, count: Int(size))))
  }
}

/// The pages of an SQLite file, one after the other, as its "Database File Format"
/// describes them.
struct LedgerPages {
  /// Bytes of SHA-256.
  static let digestSize = 32
  /// Change counter; and the counter that the size is valid for, with the version
  /// of the library that wrote it. Each commit raises them.
  private static let counters = [24..<28, 92..<100]
  /// SQLite locks bytes there and never writes the page that they are in.
  private static let pendingByte = 0x4000_0000

  private let bytes: UnsafeMutableRawBufferPointer
  private let pageSize: Int

  /// - Parameter bytes: are changed by ``digest(sealedOn:with:)``.
  init(_ bytes: UnsafeMutableRawBufferPointer) {
    self.bytes = bytes
    let size = bytes.count >= 100 ? Int(bytes[16]) << 8 | Int(bytes[17]) : 0
    pageSize = size == 1 ? 65_536 : size
  }

  private var count: Int { bytes.count / pageSize }

  /// SHA-256 of all pages that hold something, without counters and seal.
  ///
  /// - Parameters:
  ///   - root: page of the table with the seal, counted from 1.
  ///   - seal: the digest that this page holds.
  ///
  /// Returns nil where there are no such pages.
  func digest(sealedOn root: Int, with seal: [UInt8]) -> [UInt8]? {
    guard pageSize >= 512, bytes.count % pageSize == 0, (2...max(2, count)).contains(root),
      count >= 2, let unused = freePages(), blank(seal, in: root)
    else { return nil }
    for range in Self.counters {
      for index in range { bytes[index] = 0 }
    }
    let digest = MessageDigest()
    for page in 1...count where !unused.contains(page) {
      digest.update(UnsafeRawBufferPointer(rebasing: bytes[range(of: page)]))
    }
    return digest.finish()
  }

  private func range(of page: Int) -> Range<Int> {
    (page - 1) * pageSize..<page * pageSize
  }

  /// Overwrites the seal by zeros; false where the page does not hold it.
  private func blank(_ seal: [UInt8], in page: Int) -> Bool {
    let page = range(of: page)
    // A row of a page stands at its end.
    var start = page.upperBound - Self.digestSize
    while start >= page.lowerBound {
      if bytes[start] == seal[0], bytes[start..<start + Self.digestSize].elementsEqual(seal) {
        for index in start..<start + Self.digestSize { bytes[index] = 0 }
        return true
      }
      start -= 1
    }
    return false
  }

  /// Pages without contents, by the list of free pages; nil where that list is
  /// damaged. Its trunks, which hold the list, are not among them.
  private func freePages() -> Set<Int>? {
    var free: Set<Int> = [Self.pendingByte / pageSize + 1]
    var trunks: Set<Int> = []
    var trunk = number(at: 32)
    while trunk != 0 {
      guard trunk <= count, trunks.insert(trunk).inserted else { return nil }
      let start = (trunk - 1) * pageSize
      let leaves = number(at: start + 4)
      guard leaves <= pageSize / 4 - 2 else { return nil }
      for index in 0..<leaves { free.insert(number(at: start + 8 + index * 4)) }
      trunk = number(at: start)
    }
    return free
  }

  private func number(at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
