import ComposeTestSupport
import Digests
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// Ledgers of every released form are out there: a migration that was released
/// never changes.
@Suite struct MigrationTests {
  /// SHA-256 of the SQL of each migration, in their order. Append one with each
  /// migration, and leave the others as they are.
  private static let fingerprints = [
    "36c5fd0d59ee366ec8a6142a5814e9aaaf1422dc7eba1424ef6ba9c716ae3f34",
    "089d04c148386b1029bcc2eb13ac1a82e3b4900c99d2872955965566ca888a56",
    "0dbab4cc8d178920bb575e4492aa30ac05c06bfb7f4622afa02345223114f112",
    "b0d2423c74116feedc16a3087facfab51b3cb407b613d83ef751c3acfb8a1d5e",
    "8459018f71b151de56ca159339efb24aa692e2ad610e8bc8cfbcd27345a6834f",
    "2df9b096fbeb0fefca3cdb07bae909cdb415f73bfa21f906c67d5f4978e32fe4",
    "15c58185b487fc9c56ceedc9367231eb72396eb81262ecad30c1840c4a75a9a1",
    "0d599c0fe8a639fa043a7343f988be5455095e1549557a36284e88fd0eb55157",
    "cbf16e59cbbdde9cae97567f1f93c177c9d4a2b9cfa5e46b073c4ea910f48e82",
    "cd4e38683417e573d69dcaf4c6b04db2eebccf469179cba022923fd262e25386",
    "dba23ed8188d3e08fb580cbef7d915b57ef2be08556006113a83f55c8fec962b",
    "05537b6d78923edd718fe128467e7eaa3c3ccd9840043a98f748a5d52f2dcab8",
    "c6d348684f24d2081f9483e09c83b5168340c3f4cd4a4161106dfda02ab7c8b4",
  ]

  /// SHA-256 of what SQLite says of the tables and indexes once all migrations
  /// were applied.
  private static let resultingTables =
    "f56edad08540d3335dab7c56ae10e584a6948890e5356402590e373c65accc35"

  private static func fingerprint(_ text: String) -> String { Checksum(of: Array(text.utf8)).hex }

  @Test func `no migration is edited, removed or moved`() {
    let migrations = Schema.migrations
    #expect(
      migrations.map(\.identifier) == (0..<migrations.count).map { "\($0 + 1)" },
      "Migrations are numbered upwards: the next one is \(Self.fingerprints.count + 1)")
    #expect(
      migrations.count >= Self.fingerprints.count,
      "A migration was removed, but ledgers have it: put it back")
    for (migration, fingerprint) in zip(migrations, Self.fingerprints) {
      #expect(
        Self.fingerprint(migration.sql) == fingerprint,
        """
        Migration \(migration.identifier) was edited. Ledgers that have it would keep the former \
        tables: take the edit back, and append a migration that changes what is there
        """)
    }
  }

  @Test func `each migration has a fingerprint`() {
    for migration in Schema.migrations.dropFirst(Self.fingerprints.count) {
      Issue.record(
        """
        Migration \(migration.identifier) is new: append its fingerprint, \
        "\(Self.fingerprint(migration.sql))"
        """)
    }
  }

  @Test func `the tables are what the migrations say`() throws {
    let scratch = try TemporaryDirectory()
    let path = scratch.path("l.sqlite")
    try Ledger.open(path: path).close()
    let tables = try Shell.check(
      Shell.python,
      [
        "-c",
        """
        import sqlite3, sys
        for row in sqlite3.connect(sys.argv[1]).execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'grdb%' "
            "AND name NOT LIKE 'sqlite%' ORDER BY type, name"):
            print(row[0])
        """, path,
      ])
    let found = Self.fingerprint(tables)
    #expect(
      found == Self.resultingTables,
      """
      Other tables result than before. If a migration was appended, write down "\(found)"; if not, \
      new ledgers differ from those that are there
      """)
  }
}
