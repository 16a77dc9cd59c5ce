import GRDB
import GRDBSQLite
import ReleaseModel

/// One prepared statement, used thousands of times: without the objects that
/// GRDB makes for each row.
struct Lookup {
  private let statement: Statement
  private let handle: OpaquePointer

  init(_ db: Database, _ sql: String) throws {
    statement = try db.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// What `body` makes of the row that its bindings name; nil where there is
  /// none. `body` binds before it reads its first column.
  func row<Value>(_ body: (inout Row) -> Value) throws -> Value? {
    sqlite3_reset(handle)
    defer { sqlite3_reset(handle) }
    var row = Row(handle: handle)
    let value = body(&row)
    switch row.code ?? SQLITE_DONE {
    case SQLITE_ROW: return value
    case SQLITE_DONE: return nil
    case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }

  /// Runs a statement that gives no rows; `body` binds.
  func execute(_ body: (Row) -> Void) throws {
    _ = try row { row in
      body(row)
      row.step()
    }
  }

  struct Row {
    fileprivate let handle: OpaquePointer
    /// What the first step returned.
    fileprivate var code: Int32?

    fileprivate init(handle: OpaquePointer) { self.handle = handle }

    func bind(_ number: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, number) }

    func bind(_ checksum: Checksum, at index: Int32) {
      checksum.withBytes { bind($0, at: index) }
    }

    func bind(_ bytes: [UInt8], at index: Int32) {
      bytes.withUnsafeBytes { bind($0, at: index) }
    }

    private func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
      // SQLITE_TRANSIENT, a macro that Swift cannot import: SQLite copies.
      let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(clamping: bytes.count), copies)
    }

    fileprivate mutating func step() {
      if code == nil { code = sqlite3_step(handle) }
    }

    /// 0 where there is no row.
    mutating func number(at column: Int32) -> Int64 {
      step()
      return code == SQLITE_ROW ? sqlite3_column_int64(handle, column) : 0
    }

    mutating func blob(at column: Int32) -> [UInt8] {
      step()
      guard code == SQLITE_ROW, let bytes = sqlite3_column_blob(handle, column) else { return [] }
      return Array(
        UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }
  }
}
