import ComposeTestSupport
import Foundation
import Testing

/// A dry run writes nothing: strace sees no call that could change anything
/// below the root, and every inode and time stays.
@Suite(
  .waiting, .enabled(if: Shell.canTrace, "needs strace, and no sanitizer")) struct DryRunTests
{
  @Test func `no dry run changes anything, at any point of a release's life`() throws {
    let installation = try Installation.withoutClients()
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    func dry(_ arguments: [String]) throws { try installation.expectDryRun(arguments) }
    try RPMSpec("alpha").build(into: installation.pool)
    try RPMSpec("gamma").retired().build(into: installation.pool)
    try dry(["plan", "7.06.201903"] + rpms)
    try dry(["compose", "7.06.201903", "--dry-run"] + rpms)
    try dry(["status"])
    try dry(["history"])
    try dry(["retirement", "7"] + rpms.prefix(2))
    try installation.succeed(["compose", "7.06.201903"] + rpms)
    try dry(["check", "7.06.201903", "--dry-run"])
    try dry(["publish", "7.06.201903", "-n"])
    try dry(["abandon", "7.06.201903", "-n"])
    try installation.succeed(["publish", "7.06.201903"])
    try dry(["promote", "7.06.201903", "--skip-soak", "-n"])
    try installation.succeed(["promote", "7.06.201903", "--skip-soak"])
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try dry(["update", "7", "-n"] + rpms)
    try dry(["site", "build", installation.scratch.path("site"), "-n"])
    try dry(["retirement", "announce", "7", "alpha"])
    try installation.release("7.07.201908")
    try dry(["rollback", "7", "-n"])
    try dry(["archive", "7.06.201903", "-n"])
    try dry(["verify", "7.06.201903"])
    try dry(["status", "7"])
    // Nor does the ledger of an earlier version, which is brought up to date in memory.
    try EarlierLedgerTests.turnBack(installation, to: 1)
    try dry(["status", "7"])
    try dry(["rollback", "7", "-n"])
  }

  @Test func `the trace does see a real change`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    let seen = try installation.changes([
      "compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned",
    ])
    for call in ["mkdirat", "linkat", "renameat2", "syncfs", "flock", "openat"] {
      #expect(seen.contains { $0.contains("\(call)(") }, "\(call)")
    }
  }
}
