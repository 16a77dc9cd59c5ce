import ComposePolicy
import ComposeTestSupport
import DocumentSigning
import Foundation
import ReleaseModel

/// A key, and signers that a policy would name.
struct SigningStage {
  let scratch: TemporaryDirectory
  let key: SigningKey

  init() throws {
    scratch = try TemporaryDirectory()
    key = try SigningKey(named: "Metadata")
  }

  static let bytes = Array("<repomd/>\n".utf8)
  static let name = "updates/7.06.201903/repodata/repomd.xml"

  /// A signer of the policy with these lines below `metadata:`.
  ///
  /// - Parameter named: the key that the policy names; this stage's where nil.
  func signer(_ lines: String..., named: String? = nil, publicKey: String? = nil) throws
    -> DocumentSigner
  {
    let yaml =
      ["key: \(named ?? key.fingerprint)", "publicKey: \(publicKey ?? key.publicKey)"] + lines
    let text =
      Self.policy + "signing:\n  metadata:\n" + yaml.map { "    \($0)\n" }.joined()
    let policy = try Policy(text: text, file: "p.yaml")
    guard let settings = policy.gate.signing.metadata else {
      throw Shell.Failure(description: "the policy has nothing signed")
    }
    return DocumentSigner(settings) { $0.hasPrefix("/") ? $0 : scratch.path($0) }
  }

  /// A signer whose command is this shell script.
  func signer(script: String, deadline: String = "60 seconds", named: String? = nil) throws
    -> DocumentSigner
  {
    let file = try scratch.write("\(script)\n", to: "sign-\(UUID().uuidString)")
    return try signer("command: [/bin/sh, \(file)]", "deadline: \(deadline)", named: named)
  }

  /// What a script runs to sign what it reads.
  static func sign(_ key: SigningKey) -> String {
    "gpg --homedir \(key.home) --batch --armor --detach-sign -u \(key.fingerprint)"
  }

  static let policy = """
    stream: test-7
    major: 7
    title: Test
    roots: {public: /pub, staging: /alt, archive: /archive, state: /state}
    areas: {updates: {path: "updates/{release}"}}
    links: {updates/7: "{release}"}
    arches: [x86_64]

    """
}
