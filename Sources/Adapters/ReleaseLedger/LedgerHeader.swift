import GRDB
import GRDBSQLite
import ReleaseModel

/// The fields of an SQLite file's header by which SQLite decides how to open it, and
/// whether for writing at all. One flipped bit of them looks like a file of another
/// journal mode, or like missing permission.
enum LedgerHeader {
  /// Versions for writing and reading (1: rollback journal), bytes that pages leave
  /// unused, and the constants of the format.
  private static let expected: [(offset: Int, value: UInt8)] = [
    (18, 1), (19, 1), (20, 0), (21, 64), (22, 32), (23, 32),
  ]

  /// Throws `SQLITE_NOTADB` where the file says that another program keeps it
  /// another way.
  static func require(in db: Database) throws {
    var file: UnsafeMutablePointer<sqlite3_file>?
    guard
      sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &file)
        == SQLITE_OK,
      let file, let read = file.pointee.pMethods?.pointee.xRead
    else { return }
    var header = [UInt8](repeating: 0, count: 100)
    // A file that is shorter is new, or no database: SQLite tells which.
    guard read(file, &header, 100, 0) == SQLITE_OK, header.starts(with: "SQLite format 3\0".utf8)
    else { return }
    guard expected.allSatisfy({ header[$0.offset] == $0.value }) else {
      throw DatabaseError(
        resultCode: .SQLITE_NOTADB, message: "its header is not one that this program writes")
    }
  }
}
