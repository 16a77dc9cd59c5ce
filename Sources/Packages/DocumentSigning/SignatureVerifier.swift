import DurableFiles
import Glibc
package import ReleaseModel

/// Verifies detached signatures by the keys of one file: the one place that does.
package struct SignatureVerifier: Sendable {
  private let home: ScratchDirectory
  private let program: String

  /// Throws `badData` where the keys cannot be used.
  ///
  /// - Parameters:
  ///   - publicKeys: the file's contents, in ASCII armour.
  ///   - file: its path, for messages.
  package init(publicKeys: [UInt8], file: String) throws {
    guard let program = FilterProgram.path(of: "gpg") else {
      throw ComposeError(
        .noInput, "gpg", "there is no such program, which verifies signatures",
        remedy: "Install GnuPG")
    }
    self.program = program
    home = try ScratchDirectory(isPlain: true)
    chmod(home.path, 0o700)
    let outcome = try Self.run(
      program, ["--homedir", home.path, "--batch", "--no-autostart", "--import"], publicKeys)
    guard case .ended(_, _, let errors) = outcome,
      String(decoding: errors, as: UTF8.self).contains("imported")
    else {
      throw ComposeError(
        .badData, file.sanitizedForDisplay, "it holds no OpenPGP public key",
        remedy: "Export the key with 'gpg --export --armor'")
    }
  }

  /// Throws ``SignatureProblem`` where the signature does not hold now.
  ///
  /// - Parameters:
  ///   - signature: armoured, detached.
  ///   - bytes: what it must be over.
  package func verify(_ signature: [UInt8], over bytes: [UInt8]) throws -> VerifiedSignature {
    let file = "\(home.path)/signature"
    try write(signature, to: file)
    let outcome = try Self.run(
      program,
      [
        "--homedir", home.path, "--batch", "--no-autostart", "--no-auto-check-trustdb",
        "--status-fd", "1", "--verify", file, "-",
      ], bytes)
    guard case .ended(_, let output, _) = outcome else { throw SignatureProblem.unreadable }
    var words: [String: [String]] = [:]
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      if parts.count > 1 { words[parts[1]] = Array(parts.dropFirst(2)) }
    }
    let valid = words["VALIDSIG"] ?? []
    let key = valid.first?.lowercased() ?? "?"
    if words["BADSIG"] != nil { throw SignatureProblem.otherBytes }
    if let missing = words["NO_PUBKEY"] {
      throw SignatureProblem.unknownKey(missing.first?.lowercased())
    }
    if words["REVKEYSIG"] != nil { throw SignatureProblem.revokedKey(key) }
    if words["EXPKEYSIG"] != nil { throw SignatureProblem.expiredKey(key) }
    if words["EXPSIG"] != nil { throw SignatureProblem.expired }
    guard words["GOODSIG"] != nil, valid.count > 2, let made = Int(valid[2]) else {
      throw SignatureProblem.unreadable
    }
    return VerifiedSignature(fingerprint: key, made: made)
  }

  private static func run(
    _ program: String, _ arguments: [String], _ input: [UInt8]
  ) throws -> FilterProgram.Outcome {
    try FilterProgram(program, arguments).run(
      input, within: 60, limit: 1 << 20, work: "the verification of a signature")
  }

  private func write(_ bytes: [UInt8], to file: String) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    let code = errno
    if descriptor >= 0 { close(descriptor) }
    guard written == bytes.count else {
      throw ComposeError(systemError: code, doing: "writing it", path: file)
    }
  }
}
