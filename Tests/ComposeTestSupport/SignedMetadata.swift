import Foundation
import ReleaseModel

/// Who signs metadata in a test, and how its policy says so. Files that it names are beside
/// the policy.
package struct SignedMetadata: Sendable {
  /// `signing.metadata`, YAML in braces.
  package let policy: String
  /// File of the public keys.
  package let publicKey: String
  /// GnuPG's home; nil for a command.
  private let home: String?

  private init(_ means: String, key: String, publicKey: String, home: String? = nil) {
    policy = "{key: \(key), publicKey: \(Self.name), \(means)}"
    self.publicKey = publicKey
    self.home = home
  }

  private static let name = "metadata.asc"

  /// A signer that is quick and always prints the same, for sweeps, which compare every byte.
  /// One key for all tests of a run.
  package static func quick() throws -> SignedMetadata {
    let signer = try quickSigner.get()
    return SignedMetadata(
      "command: [\(Self.program), sign, \(signer.directory.path)]", key: signer.fingerprint,
      publicKey: signer.directory.path("public.asc"))
  }

  /// GnuPG with a key of its own.
  ///
  /// - Parameter publicKey: file of keys that clients shall have; that of `key` where nil.
  package static func gpg(_ key: SigningKey, publicKey: String? = nil) -> SignedMetadata {
    SignedMetadata(
      "gpg: {home: gnupg}", key: key.fingerprint, publicKey: publicKey ?? key.publicKey,
      home: key.home)
  }

  /// A shell script, which has the public key of `key`.
  ///
  /// - Parameter more: further keys, such as `, deadline: 1 second`.
  package static func script(
    _ script: String, key: SigningKey, more: String = "", in scratch: TemporaryDirectory
  ) throws -> SignedMetadata {
    let file = try scratch.write(script + "\n", to: "sign-\(UUID().uuidString)")
    return SignedMetadata(
      "command: [/bin/sh, \(file)]\(more)", key: key.fingerprint, publicKey: key.publicKey)
  }

  /// What a script runs to sign what it reads.
  package static func command(_ key: SigningKey) -> String {
    "gpg --homedir \(key.home) --batch --armor --detach-sign -u \(key.fingerprint)"
  }

  /// Puts what the policy names into its directory.
  func install(in directory: String) throws {
    let files = FileManager.default
    for (name, target) in [(Self.name, publicKey), ("gnupg", home)] {
      let path = "\(directory)/\(name)"
      try? files.removeItem(atPath: path)
      guard let target else { continue }
      if name == Self.name {
        try files.copyItem(atPath: target, toPath: path)
      } else {
        try files.createSymbolicLink(atPath: path, withDestinationPath: target)
      }
    }
  }

  /// What is wrong with signatures below `path`, as GnuPG has it: each repomd.xml must have
  /// one by a key of `publicKey`, and that file beside it.
  package static func problems(below path: String, publicKey: String) throws -> [String] {
    let home = try TemporaryDirectory(in: URL(fileURLWithPath: "/tmp"))
    let gpg = ["--homedir", home.path, "--batch", "--no-autostart", "--quiet"]
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: home.path)
    try Shell.check("gpg", gpg + ["--import", publicKey])
    var indexes: [String] = []
    FileTree.walk(path) { path, kind in
      if kind == .file, path.hasSuffix("/repodata/repomd.xml") { indexes.append(path) }
    }
    if indexes.isEmpty { return ["no repository below \(path)"] }
    let key = FileTree.contents(of: publicKey)
    return try indexes.sorted().flatMap { name -> [String] in
      let index = "\(path)/\(name)"
      var problems: [String] = []
      if FileTree.contents(of: "\(index).key") != key { problems.append("\(name).key differs") }
      let outcome = try Shell.run("gpg", gpg + ["--verify", "\(index).asc", index])
      if outcome.status != 0 { problems.append("\(name): \(outcome.errors)") }
      return problems
    }
  }

  private static let program = "\(Fixtures.checkout)/Tests/Fixtures/sign-document"

  private struct QuickSigner: Sendable {
    let directory: TemporaryDirectory
    let fingerprint: String
  }

  private static let quickSigner = Result {
    let directory = try TemporaryDirectory()
    directory.removeAtExit()
    let fingerprint = try Shell.check(program, ["make", directory.path])
    return QuickSigner(
      directory: directory,
      fingerprint: fingerprint.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
