import GRDB
import ReleaseModel

/// A row of the ledger, of which nothing is taken for granted: a column that has not what
/// belongs there is damage of the ledger, with the way back, never a trap. Whatever reads
/// rows reads these.
struct LedgerRow {
  private let row: Row

  /// The rows that `sql` selects.
  static func fetchAll(
    _ db: Database, sql: String, arguments: StatementArguments = []
  ) throws -> [LedgerRow] {
    try Row.fetchAll(db, sql: sql, arguments: arguments).map(LedgerRow.init)
  }

  /// The first of them; nil where there is none.
  static func fetchOne(
    _ db: Database, sql: String, arguments: StatementArguments = []
  ) throws -> LedgerRow? {
    try Row.fetchOne(db, sql: sql, arguments: arguments).map(LedgerRow.init)
  }

  /// Text, bytes and flags.
  subscript<Value: DatabaseValueConvertible>(column: String) -> Value {
    get throws {
      do {
        return try row.decode(Value.self, forColumn: column)
      } catch is RowDecodingError {
        throw Ledger.damaged("a record has no usable '\(column)'")
      }
    }
  }

  /// A number that the program can calculate with; nil where the column is empty.
  subscript(column: String) -> Int? {
    get throws {
      guard let number = try self[column] as Number? else { return nil }
      let range =
        Self.times.contains(column) ? NumberFromOutside.times : NumberFromOutside.counts
      guard range.contains(number.value) else {
        throw Ledger.damaged("a record has \(number.value) as '\(column)'")
      }
      return number.value
    }
  }

  /// The same of a column that is never empty.
  subscript(column: String) -> Int {
    get throws {
      guard let number = try self[column] as Int? else {
        throw Ledger.damaged("a record has no '\(column)'")
      }
      return number
    }
  }

  /// The columns that are seconds since 1970.
  private static let times: Set<String> = ["at", "since", "started", "liftedAt"]

  /// An integer as SQLite has it: `Int` itself would lead back here.
  private struct Number: DatabaseValueConvertible {
    let value: Int

    var databaseValue: DatabaseValue { value.databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Number? {
      Int.fromDatabaseValue(value).map(Number.init)
    }
  }

  /// The release that a column names; nil where it is empty.
  func release(_ column: String) throws -> ReleaseID? {
    guard let text = try self[column] as String? else { return nil }
    do {
      return try ReleaseID(text)
    } catch {
      throw Ledger.damaged("a record has '\(text.sanitizedForDisplay)' as '\(column)'")
    }
  }

  /// The same of a column that is never empty.
  func release(_ column: String) throws -> ReleaseID {
    guard let id = try release(column) as ReleaseID? else {
      throw Ledger.damaged("a record has no '\(column)'")
    }
    return id
  }
}
