/// A step from one form of the ledger to the next: SQL alone, so that a test
/// can tell by its fingerprint whether somebody edited it.
package struct Migration: Sendable {
  /// What the ledger's table `grdb_migrations` holds once it was applied.
  package let identifier: String
  /// Statements that change the tables; never edited once released.
  package let sql: String
}
