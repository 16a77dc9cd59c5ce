import ComposeTestSupport
import Foundation
import ReleaseLedger
import Testing

/// A stream whose ledger an earlier version has written.
@Suite struct EarlierLedgerTests {
  /// Replaces the ledger by one with the first `form` migrations.
  static func turnBack(_ installation: Installation, to form: Int) throws {
    try EarlierLedger.turnBack(
      installation.root + "/var/lib/epel-compose/epel-7.sqlite",
      to: Schema.migrations.prefix(form).map { ($0.identifier, $0.sql) })
  }

  @Test func `it is read as it is, until something changes`() throws {
    let installation = try Installation(small: .inMemory())
    try RPMSpec("alpha").build(into: installation.pool)
    try RPMSpec("gamma").build(into: installation.pool)
    try installation.release("7.06.201903")
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try installation.release("7.07.201908")
    let rpms = ["--rpms", installation.pool]
    let history = try installation.succeed(["history"])
    let retirement = try installation.succeed(["retirement", "7"] + rpms)
    for form in (1..<Schema.migrations.count).reversed() {
      try Self.turnBack(installation, to: form)
      let before = try installation.snapshot()
      #expect(try installation.succeed(["history"]) == history)
      #expect(try installation.succeed(["retirement", "7"] + rpms) == retirement)
      let status = try installation.succeed(["status", "7"])
      #expect(status.contains(/7\.06\.201903 +superseded/))
      #expect(status.contains(/7\.07\.201908 +current/))
      for command in [
        ["plan", "7.08.202004", "--allow-unsigned"] + rpms, ["verify", "7.07.201908"],
        ["site", "build", installation.scratch.path("site-\(form)")],
        ["status", "7", "--from-disk", "--dry-run"], ["rollback", "7", "--dry-run"],
        ["archive", "7.06.201903", "--dry-run"],
      ] {
        try installation.succeed(command)
      }
      #expect(try installation.snapshot() == before, "form \(form): readers write nothing")
    }
    try installation.succeed(["rollback", "7"])
    let status = try installation.succeed(["status", "7"])
    #expect(status.contains(/7\.06\.201903 +current/))
    try installation.succeed(
      ["update", "7", "--withdraw", "alpha-1.0-1", "--reason", "Broken", "--dry-run"])
  }
}
