import ComposePlanning
import ComposePolicy
import ComposeStream
import DocumentSigning
import Foundation
import OpenPGPKeys
import ReleaseModel

/// Files of public keys that policies name.
extension Context {
  /// A finding for each key file of the policy that is missing: no signature by
  /// it can be verified. A warning, or a refusal where RPMs are signed by unknown keys.
  func missingKeys(_ entry: PolicySet.Entry) -> [Finding] {
    keyFiles(entry.policy, of: entry.file).filter { !Self.isThere($0) }.map { file in
      Finding(
        code: Finding.missingKeyCode,
        message: "the signing key \(file.sanitizedForDisplay) is not there",
        remedy: "Put the public key there, or correct signing.keys of the policy")
    }
  }

  /// What stands, or will soon stand, against the keys of `policy`, which is in `file`.
  ///
  /// Throws `badData` for a key file that is damaged.
  func keyFindings(_ policy: Policy, of file: String) throws -> [Finding] {
    let found = policy.keyFindings(
      try KeyFile.certificates(in: presentKeyFiles(policy, of: file)), at: time.now)
    guard let signing = policy.gate.signing.metadata else { return found }
    let signer = DocumentSigner(signing) { path(of: $0, besidePolicy: file) }
    guard Self.isThere(signer.publicKeyFile) else { return found }
    return found + signer.concerns(warnBefore: policy.gate.signing.warnBefore.seconds)
  }

  /// Paths of the key files of `policy`, which is in `file`, that are there.
  func presentKeyFiles(_ policy: Policy, of file: String) -> [String] {
    keyFiles(policy, of: file).filter(Self.isThere)
  }

  private func keyFiles(_ policy: Policy, of file: String) -> [String] {
    policy.gate.signing.keyFiles.map { path(of: $0, besidePolicy: file) }
  }

  /// Where `file` is that the policy in `policyFile` names.
  private func path(of file: String, besidePolicy policyFile: String) -> String {
    StreamContext.path(
      ofNamed: file, below: rootPrefix,
      beside: (policyFile as NSString).deletingLastPathComponent)
  }

  private static func isThere(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: file)
  }
}
