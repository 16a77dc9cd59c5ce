import Foundation
import ReleaseModel

/// A throw-away GnuPG home with keys of any kind, made at test time. Its agent ends with
/// each command.
package final class KeyHome: Sendable {
  private let directory: TemporaryDirectory
  /// One program at a time: each ends the agent.
  private let turn = Guarded(())
  /// Directory for `--homedir`.
  package var path: String { directory.path("g") }
  private var home: String { path }

  package init() throws {
    // Short: GnuPG's sockets live below it, and their paths are limited.
    directory = try TemporaryDirectory(in: URL(fileURLWithPath: "/tmp"))
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// For one that lives as long as the process.
  package func removeAtExit() { directory.removeAtExit() }

  /// Runs gpg as if it were `time`, such as `20200101T000000`; nil for now. With a `!` at its end
  /// that clock stands still.
  @discardableResult
  package func gpg(_ arguments: [String], at time: String? = nil) throws -> String {
    try turn.withLock { _ in
      defer { _ = try? Shell.run("gpgconf", ["--homedir", home, "--kill", "all"]) }
      return try Shell.check(
        "gpg",
        ["--homedir", home, "--batch", "--quiet", "--no-tty", "--yes"]
          + ["--pinentry-mode", "loopback", "--passphrase", ""]
          + (time.map { ["--faked-system-time", $0] } ?? []) + arguments)
    }
  }

  /// Makes a key; returns its fingerprint.
  ///
  /// - Parameters:
  ///   - expiry: as GnuPG has it: `never`, `2y`, `2020-03-01`, `seconds=20`.
  ///   - subkey: kind of a subkey that signs; then the primary key does not.
  package func make(
    _ name: String, _ kind: String = "ed25519", expires expiry: String = "never",
    signingSubkey subkey: String? = nil, at time: String? = nil
  ) throws -> String {
    let usage = subkey == nil ? "sign" : "cert"
    // Else a key that took a second to make is from the future of the next command.
    let time = time.map { $0 + "!" }
    try gpg(
      ["--quick-gen-key", "\(name) <\(name)@example.invalid>", kind, usage, expiry], at: time)
    let print = try fingerprints(name)[0]
    if let subkey { try gpg(["--quick-add-key", print, subkey, "sign", expiry], at: time) }
    return print
  }

  /// Of the primary key, then of its subkeys: lower-case digits.
  package func fingerprints(_ name: String) throws -> [String] {
    try gpg(["--with-colons", "--list-keys", "=\(name) <\(name)@example.invalid>"])
      .split(separator: "\n").filter { $0.hasPrefix("fpr:") }
      .compactMap { $0.split(separator: ":").last.map { $0.lowercased() } }
  }

  /// Writes the public keys `names` into one armoured block; returns its path.
  package func export(_ names: [String], to file: String, armored: Bool = true) throws -> String {
    let path = directory.path(file)
    try gpg(
      (armored ? ["--armor"] : []) + ["--output", path, "--export"]
        + names.map { "=\($0) <\($0)@example.invalid>" })
    return path
  }

  /// A path for a file of the test's own.
  package func write(_ bytes: [UInt8], to file: String) throws -> String {
    let path = directory.path(file)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// The detached signature of `bytes` by `names`.
  package func sign(
    _ bytes: [UInt8], by names: [String], armored: Bool = true, options: [String] = [],
    at time: String? = nil
  ) throws -> [UInt8] {
    let file = try write(bytes, to: "signed-\(UUID().uuidString)")
    let path = file + ".sig"
    try gpg(
      options + (armored ? ["--armor"] : []) + ["--output", path]
        + names.flatMap { ["--local-user", "=\($0) <\($0)@example.invalid>"] }
        + ["--detach-sign", file], at: time)
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Revokes a primary key by the certificate that GnuPG made with it.
  package func revoke(_ fingerprint: String) throws {
    let file = "\(home)/openpgp-revocs.d/\(fingerprint.uppercased()).rev"
    let text = try String(contentsOfFile: file, encoding: .utf8).replacing(":---", with: "---")
    try gpg(["--import", try write(Array(text.utf8), to: "revocation")])
  }
}
