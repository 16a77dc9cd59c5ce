import Foundation
import GRDB
import ReleaseLedger

/// The file of a ledger, changed behind the back of the program.
package enum LedgerFile {
  /// Runs `sql` in the ledger at `path`, and returns the first column of what it
  /// answers.
  ///
  /// - Parameter isSealed: whether it is sealed again, so that the program sees what
  ///   the change means, and not only that there was one.
  @discardableResult
  package static func execute(
    _ sql: String, at path: String, isSealed: Bool = true
  ) throws -> [String] {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.write { db in
      let rows = try String.fetchAll(db, sql: sql)
      if try isSealed && db.tableExists("seal") { try LedgerSeal.renew(in: db) }
      return rows
    }
  }

  /// Seals a ledger that a test has put together.
  package static func seal(_ path: String) throws {
    try execute("SELECT ''", at: path)
  }

  /// Changes bits of one byte.
  package static func flip(_ bits: UInt8, at offset: Int, of path: String) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seek(toOffset: UInt64(offset))
    let byte = try file.read(upToCount: 1)?.first ?? 0
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: Data([byte ^ bits]))
  }
}
