import Foundation

extension SigningKey {
  /// The keys `signing.metadata` of a policy, and `signing` above it, for a stream below
  /// `root`, where the public key is copied to.
  ///
  /// - Parameters:
  ///   - keys: further lines of `signing`, YAML.
  ///   - more: further lines of `signing.metadata`.
  package func metadataSigning(
    root: String, keys: String = "", _ more: String...
  ) throws -> String {
    let directory = "\(root)/keys"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    try Data(contentsOf: URL(fileURLWithPath: publicKey))
      .write(to: URL(fileURLWithPath: "\(directory)/metadata-key"))
    let lines =
      [
        "key: \(fingerprint.lowercased())", "publicKey: /keys/metadata-key",
        "command: [\(signingCommand.joined(separator: ", "))]",
      ] + more
    return "signing:\n\(keys)  metadata:\n" + lines.map { "    \($0)\n" }.joined()
  }

  /// What signs its standard input by this key.
  package var signingCommand: [String] {
    [
      "gpg", "--homedir", home, "--batch", "--no-tty", "--armor", "--local-user", fingerprint,
      "--detach-sign",
    ]
  }

  /// Signs a file by this key, beside it.
  package func signDetached(_ file: String) throws {
    let command = signingCommand.map { "'\($0)'" }.joined(separator: " ")
    try Shell.check("sh", ["-c", "\(command) < '\(file)' > '\(file).asc'"])
  }

  /// Ends its agent.
  package func endAgent() {
    _ = try? Shell.run("gpgconf", ["--homedir", home, "--kill", "all"])
  }
}
