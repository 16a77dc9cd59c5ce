import GRDB
import ReleaseModel

extension Database {
  /// What `body` makes of each row that `sql` selects, in order.
  ///
  /// Rows are read where SQLite has them: one that is copied (`Row.fetchAll`) compares the names
  /// of all its columns for each value that it is asked for. So a row holds only during its call:
  /// `body` keeps none, and asks the ledger nothing. Each text is compiled once for a connection:
  /// commands ask the same things again and again. So the same text that is asked within `body` would
  /// begin again what is being read.
  func rows<Value>(
    _ sql: String, arguments: StatementArguments = [], _ body: (Row) throws -> Value
  ) throws -> [Value] {
    let cursor = try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
    var values: [Value] = []
    while let row = try cursor.next() { values.append(try body(row)) }
    return values
  }
}

/// Values of the ledger's columns. What no version of the program can have
/// written is damage, never a trap.
extension Row {
  /// The value of `column`; throws `badData` where it is of another type.
  ///
  /// It is not asked for by its type: SQLite would then make a number of any text.
  func recorded<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
    let stored: DatabaseValue? = self[column]
    guard let value = Value.fromDatabaseValue(stored ?? .null) else {
      throw Ledger.damaged("the column \(column) of one of its rows cannot be read")
    }
    return value
  }

  /// A number: counts, serials, bytes, revisions. None is negative, and sums of
  /// some fit into an `Int`.
  func recorded(_ column: String) throws -> Int {
    guard let number: Int = try recorded(column) else {
      throw Ledger.damaged("one of its rows has no \(column)")
    }
    return number
  }

  /// The same for a column that may be empty.
  func recorded(_ column: String) throws -> Int? {
    try number(column, in: NumberFromOutside.counts)
  }

  /// Seconds since 1970, of a time that a calendar of four digits has.
  func recordedTime(_ column: String) throws -> Int {
    guard let time = try number(column, in: NumberFromOutside.times) else {
      throw Ledger.damaged("one of its rows has no \(column)")
    }
    return time
  }

  /// The same for a column that may be empty.
  func recordedTimeIfAny(_ column: String) throws -> Int? {
    try number(column, in: NumberFromOutside.times)
  }

  private func number(_ column: String, in range: ClosedRange<Int>) throws -> Int? {
    let value: Int64? = try recorded(column)
    guard let value else { return nil }
    guard let number = Int(exactly: value), range.contains(number) else {
      throw Ledger.damaged("\(value) is no possible \(column)")
    }
    return number
  }

  /// The release that `column` names.
  func recordedRelease(_ column: String) throws -> ReleaseID {
    try Ledger.releaseID(recorded(column))
  }
}

extension Ledger {
  static func releaseID(_ text: String) throws -> ReleaseID {
    do {
      return try ReleaseID(text)
    } catch {
      throw damaged("'\(text.sanitizedForDisplay)' is recorded as a release")
    }
  }
}
