import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Operators who may write where names are made, and nowhere else.
@Suite(
  .waiting, .enabled(if: getuid() == 0 && Shell.has("setpriv"), "changing the user needs root"))
struct PermissionTests {
  private static let user = "65534"

  private func run(_ installation: Installation, _ arguments: [String]) throws -> Shell.Outcome {
    try Shell.run(
      "setpriv",
      ["--reuid", Self.user, "--regid", Self.user, "--clear-groups", Installation.program]
        + arguments + ["--root", installation.root, "--policies", installation.policies])
  }

  @Test func `a root of somebody else's is no hindrance, an area is`() async throws {
    let installation = try await PreparedScene.installation(of: .compose, in: TemporaryDirectory())
    try installation.succeed(
      ["compose", "7.07.201908", "--rpms", installation.pool, "--allow-unsigned"])
    try Shell.check("chmod", ["755", installation.scratch.path])
    try Shell.check("chown", ["-R", "\(Self.user):\(Self.user)", installation.root])
    let root = installation.root + "/pub/epel"
    try Shell.check("chown", ["0:0", root])
    let updates = root + "/updates"
    try Shell.check("chown", ["0:0", updates])
    let before = try installation.snapshot()
    let refused = try run(installation, ["publish", "7.07.201908"])
    #expect(refused.status == 77, "\(refused.errors)")
    #expect(refused.errors.contains(updates), "it names the directory: \(refused.errors)")
    #expect(try installation.snapshot() == before)
    try Shell.check("chown", ["\(Self.user):\(Self.user)", updates])
    for command in [
      ["publish", "7.07.201908"], ["promote", "7.07.201908", "--skip-soak"], ["rollback", "7"],
    ] {
      let outcome = try run(installation, command)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
  }
}
