package import ComposePolicy
import DurableFiles
import Glibc
import ReleaseModel

/// Signs documents of a stream as its policy says (`signing.metadata`), and verifies such
/// signatures. A value: files and programs are looked at when they are used.
package struct DocumentSigner: Hashable, Sendable {
  /// The choices of the policy.
  package let settings: MetadataSigning
  /// Path of the file of public keys.
  package let publicKeyFile: String
  /// The program with its arguments; relative paths are those of the policy file.
  private let words: [String]

  /// - Parameter path: where a file is that the policy names.
  package init(_ settings: MetadataSigning, path: (String) -> String) {
    self.settings = settings
    publicKeyFile = path(settings.publicKey)
    switch settings.means {
    case .gpg(let program, let home):
      words =
        [Self.program(program, path)] + [
          "--homedir", path(home), "--batch", "--no-tty", "--no-auto-check-trustdb",
          "--digest-algo", "SHA256", "--local-user", "\(settings.key)!", "--armor",
          "--output", "-", "--detach-sign",
        ]
    case .command(let command):
      words = [Self.program(command.first ?? "", path)] + command.dropFirst()
    }
  }

  /// A program is one of the machine: nothing goes in front of an absolute path.
  private static func program(_ name: String, _ path: (String) -> String) -> String {
    name.contains("/") && !name.hasPrefix("/") ? path(name) : name
  }

  /// The program as messages name it.
  package var name: String { (words.first ?? "").sanitizedForDisplay }

  /// The file of public keys, as clients get it.
  ///
  /// Throws `noInput` where it is not there, `badData` where it is too large to be one.
  package func publicKey() throws -> [UInt8] {
    do {
      return try SmallFile.contents(of: publicKeyFile)
    } catch let error as ComposeError where error.kind == .noInput {
      throw ComposeError(
        .noInput, publicKeyFile.sanitizedForDisplay,
        "no such file, but the policy names it as the key of signed metadata",
        remedy: "Put the public key there, or correct 'signing.metadata.publicKey' in the policy")
    }
  }

  /// The same as text.
  package func publicKeyText() throws -> String {
    guard let text = String(validating: try publicKey(), as: UTF8.self) else {
      throw ComposeError(
        .badData, publicKeyFile.sanitizedForDisplay, "it is not text",
        remedy: "Export the key with 'gpg --export --armor'")
    }
    return text
  }

  /// What verifies signatures by the keys of ``publicKeyFile``.
  ///
  /// Throws as ``publicKey()``, and `badData` where the file holds no key.
  package func verifier() throws -> SignatureVerifier {
    try SignatureVerifier(publicKeys: publicKey(), file: publicKeyFile)
  }

  /// Makes the armoured detached signature of `bytes`, and verifies it: it is by the key
  /// that the policy names, and over these bytes.
  ///
  /// Throws ``ComposeError`` with the program's name: `noInput` where it is not there,
  /// `unavailable` where it takes longer than the policy's deadline, `interrupted` where
  /// the user wants to stop, else `failed`; and what ``verifier()`` throws.
  ///
  /// - Parameter named: what it is, such as `updates/7.06.201903/…/repomd.xml`.
  package func signature(of bytes: [UInt8], named: String) throws -> String {
    let verifier = try verifier()
    let text = try printed(for: bytes, named: named)
    do {
      let verified = try verifier.verify(text, over: bytes)
      guard verified.isBy(settings.key) else {
        throw SignatureFlaw.otherKey(verified.fingerprint)
      }
    } catch let flaw as SignatureFlaw {
      throw error(
        .failed, named,
        "its signature does not count: \(flaw.cause(for: settings))",
        remedy: flaw.remedy(for: settings))
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: Running the program

  /// Bytes that it may print. A signature has less than 2 KiB.
  private static let limit = 1 << 16

  private func printed(for bytes: [UInt8], named: String) throws -> [UInt8] {
    guard let name = words.first, let executable = FilterProgram.path(of: name) else {
      throw missingProgram
    }
    let program = FilterProgram(
      executable, Array(words.dropFirst()), environment: Self.environment())
    let seconds = settings.deadline.seconds
    let outcome = try program.run(
      bytes, within: seconds, limit: Self.limit, work: "the signature of \(named)")
    switch outcome {
    case .ended(.exit(0), let output, let errors):
      guard Self.isSignature(output) else {
        throw error(
          .failed, named,
          (output.isEmpty ? "it printed nothing" : "it printed something else than a signature")
            + quoted(errors),
          remedy: "It must print an armoured detached signature; try it by hand")
      }
      return output
    case .ended(.exit(let status), _, let errors):
      throw error(
        .failed, named, "it ended with status \(status)\(quoted(errors))", remedy: tryByHand)
    case .ended(.signal(let number), _, let errors):
      throw error(
        .failed, named, "signal \(number) ended it\(quoted(errors))", remedy: tryByHand)
    case .late(let errors):
      throw error(
        .unavailable, named,
        "it did not end within \(settings.deadline), and was ended\(quoted(errors))",
        remedy: "See what it waits for, or raise 'signing.metadata.deadline' in the policy")
    case .tooMuch:
      throw error(
        .failed, named, "it printed more than \(Self.limit / 1024) KiB, and was ended",
        remedy: "It must print an armoured detached signature; try it by hand")
    }
  }

  var hasProgram: Bool { words.first.flatMap(FilterProgram.path) != nil }

  /// What the policy's command gives to its options.
  private var values: [String] {
    guard case .command(let command) = settings.means else { return [] }
    return command.dropFirst().compactMap { word in
      let value = word.hasPrefix("-") ? word.drop { $0 != "=" }.dropFirst() : word[...]
      return value.count < 4 || value.hasPrefix("/") ? nil : String(value)
    }
  }

  var missingProgram: ComposeError {
    ComposeError(
      .noInput, name, "there is no such program, but the policy signs metadata with it",
      remedy: "Install it, or correct 'signing.metadata' in the policy")
  }

  private var tryByHand: String {
    switch settings.means {
    case .gpg: "See whether the key is in its home, and whether its agent may use it"
    case .command: "Try it by hand"
    }
  }

  private func error(
    _ kind: ComposeError.Kind, _ document: String, _ cause: String, remedy: String
  ) -> ComposeError {
    ComposeError(
      kind, name, "signing \(document.sanitizedForDisplay): \(cause)", remedy: remedy)
  }

  /// What a program is told of this process: where it finds settings of its own. No
  /// session and no secret.
  private static func environment() -> [String: String] {
    var environment: [String: String] = [:]
    for name in ["HOME", "USER", "LOGNAME", "TMPDIR"] {
      environment[name] = getenv(name).map { String(cString: $0) }
    }
    return environment
  }

  /// One armoured block, and nothing else.
  private static func isSignature(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let begin = "-----BEGIN PGP SIGNATURE-----"
    return text.first == begin[...] && text.last == "-----END PGP SIGNATURE-----"
      && text.filter { $0 == begin[...] }.count == 1
  }

  /// The end of what it said on standard error, without the values that the policy gives it:
  /// one of them may be a passphrase.
  private func quoted(_ errors: [UInt8]) -> String {
    var text = String(decoding: errors, as: UTF8.self)
    for value in values { text = text.replacing(value, with: "***") }
    let lines = text.split(whereSeparator: \.isNewline)
    let words = lines.suffix(3).joined(separator: "; ").sanitizedForDisplay
    guard !words.isEmpty else { return "" }
    return ": '\(words.count > 300 ? "…" + words.suffix(300) : words)'"
  }
}
