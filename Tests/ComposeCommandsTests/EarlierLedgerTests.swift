import ComposeTestSupport
import Foundation
import ReleaseLedger
import Testing

/// A stream whose ledger an earlier version has written.
@Suite struct EarlierLedgerTests {
  /// Replaces the ledger by one with the first `form` migrations.
  static func turnBack(_ rehearsal: Rehearsal, to form: Int) throws {
    try EarlierLedger.turnBack(
      rehearsal.root + "/var/lib/epel-compose/epel-7.sqlite",
      to: Schema.migrations.prefix(form).map { ($0.identifier, $0.sql) })
  }

  @Test func `it is read as it is, until something changes`() throws {
    let rehearsal = try Rehearsal(small: .inMemory())
    try RPMSpec("alpha").build(into: rehearsal.pool)
    try RPMSpec("gamma").build(into: rehearsal.pool)
    try rehearsal.release("7.06.201903")
    try RPMSpec("alpha", "2.0").build(into: rehearsal.pool)
    try rehearsal.release("7.07.201908")
    let rpms = ["--rpms", rehearsal.pool]
    let history = try rehearsal.succeed(["history"])
    let retirement = try rehearsal.succeed(["retirement", "7"] + rpms)
    for form in (1..<Schema.migrations.count).reversed() {
      try Self.turnBack(rehearsal, to: form)
      let before = try rehearsal.snapshot()
      #expect(try rehearsal.succeed(["history"]) == history)
      #expect(try rehearsal.succeed(["retirement", "7"] + rpms) == retirement)
      let status = try rehearsal.succeed(["status", "7"])
      #expect(status.contains(/7\.06\.201903 +superseded/))
      #expect(status.contains(/7\.07\.201908 +current/))
      for command in [
        ["plan", "7.08.202004", "--allow-unsigned"] + rpms, ["verify", "7.07.201908"],
        ["site", "build", rehearsal.scratch.path("site-\(form)")],
        ["status", "7", "--from-disk", "--dry-run"], ["rollback", "7", "--dry-run"],
        ["archive", "7.06.201903", "--dry-run"],
      ] {
        try rehearsal.succeed(command)
      }
      #expect(try rehearsal.snapshot() == before, "form \(form): readers write nothing")
    }
    try rehearsal.succeed(["rollback", "7"])
    let status = try rehearsal.succeed(["status", "7"])
    #expect(status.contains(/7\.06\.201903 +current/))
    try rehearsal.succeed(
      ["update", "7", "--withdraw", "alpha-1.0-1", "--reason", "Broken", "--dry-run"])
  }
}
