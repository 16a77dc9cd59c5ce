import ComposeTestSupport
import Foundation

/// A small stream whose policy has metadata signed, for the built program, and a copy of what
/// is public, as a mirror has it.
final class SignedInstallation: Sendable {
  let installation: Installation
  let key: SigningKey

  static let (first, next) = ("7.06.201903", "7.07.201908")

  init() throws {
    // Short: GnuPG's sockets live below keys, and the system limits their paths.
    installation = try Installation(
      small: TemporaryDirectory(in: URL(fileURLWithPath: "/tmp")))
    key = try SigningKey(named: "Metadata")
    let file = "\(installation.policies)/epel-7.yaml"
    let signing = try key.metadataSigning(root: installation.root)
    try String(contentsOfFile: file, encoding: .utf8)
      .replacing(/signing:\n  keys:\n.*\n/, with: signing)
      .write(toFile: file, atomically: true, encoding: .utf8)
  }

  deinit { key.endAgent() }

  var mirror: String { installation.scratch.path("mirror") }

  /// The mirror has what is public now.
  func fetch() throws {
    try? FileManager.default.removeItem(atPath: mirror)
    try Shell.check("cp", ["-a", "\(installation.root)/pub/epel", mirror])
  }
}
