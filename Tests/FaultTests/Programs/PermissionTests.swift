import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Operators who may write where names are made, and nowhere else.
@Suite(
  .waiting, .enabled(if: getuid() == 0 && Shell.has("setpriv"), "changing the user needs root"))
struct PermissionTests {
  private static let user = "65534"

  private func run(_ rehearsal: Rehearsal, _ arguments: [String]) throws -> Shell.Outcome {
    try Shell.run(
      "setpriv",
      ["--reuid", Self.user, "--regid", Self.user, "--clear-groups", Rehearsal.program]
        + arguments + ["--root", rehearsal.root, "--policies", rehearsal.policies])
  }

  @Test func `a root of somebody else's is no hindrance, an area is`() async throws {
    let rehearsal = try await PreparedScene.rehearsal(of: .compose, in: TemporaryDirectory())
    try rehearsal.succeed(
      ["compose", "7.07.201908", "--rpms", rehearsal.pool, "--allow-unsigned"])
    try Shell.check("chmod", ["755", rehearsal.scratch.path])
    try Shell.check("chown", ["-R", "\(Self.user):\(Self.user)", rehearsal.root])
    let root = rehearsal.root + "/pub/epel"
    try Shell.check("chown", ["0:0", root])
    let updates = root + "/updates"
    try Shell.check("chown", ["0:0", updates])
    let before = try rehearsal.snapshot()
    let refused = try run(rehearsal, ["publish", "7.07.201908"])
    #expect(refused.status == 77, "\(refused.errors)")
    #expect(refused.errors.contains(updates), "it names the directory: \(refused.errors)")
    #expect(try rehearsal.snapshot() == before)
    try Shell.check("chown", ["\(Self.user):\(Self.user)", updates])
    for command in [
      ["publish", "7.07.201908"], ["promote", "7.07.201908", "--skip-soak"], ["rollback", "7"],
    ] {
      let outcome = try run(rehearsal, command)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
  }
}
