import GRDB
import GRDBSQLite

/// One prepared query of one row, used thousands of times: without the objects
/// that GRDB makes for each row.
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

  struct Row {
    fileprivate let handle: OpaquePointer
    /// What the first step returned.
    fileprivate var code: Int32?

    fileprivate init(handle: OpaquePointer) { self.handle = handle }

    func bind(_ number: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, number) }

    func bind(_ bytes: [UInt8], at index: Int32) {
      // SQLITE_TRANSIENT, a macro that Swift cannot import: SQLite copies.
      let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_bind_blob(handle, index, bytes, Int32(clamping: bytes.count), copies)
    }

    private mutating func step() {
      if code == nil { code = sqlite3_step(handle) }
    }

    /// The first `count` columns.
    mutating func numbers(_ count: Int32) -> [Int64] {
      step()
      guard code == SQLITE_ROW else { return [] }
      return (0..<count).map { sqlite3_column_int64(handle, $0) }
    }

    mutating func blob(at column: Int32) -> [UInt8] {
      step()
      guard code == SQLITE_ROW, let bytes = sqlite3_column_blob(handle, column) else { return [] }
      return Array(
        UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }
  }
}
