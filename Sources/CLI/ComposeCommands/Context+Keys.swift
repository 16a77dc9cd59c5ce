import ComposePlanning
import ComposePolicy
import ComposeStream
import Foundation
import OpenPGPKeys
import ReleaseModel

/// Files of public keys that policies name.
extension Context {
  /// A warning for each key file of the policy that is missing: no signature by
  /// it can be verified.
  func missingKeys(_ entry: PolicySet.Entry) -> [Finding] {
    keyFiles(entry.policy, of: entry.file).filter { !Self.isThere($0) }.map { file in
      Finding(
        code: "missing-key", message: "the signing key \(file.sanitizedForDisplay) is not there",
        remedy: "Put the public key there, or correct signing.keys of the policy")
    }
  }

  /// What stands, or will soon stand, against the keys of `policy`, which is in `file`.
  ///
  /// Throws `badData` for a key file that is damaged.
  func keyFindings(_ policy: Policy, of file: String) throws -> [Finding] {
    policy.keyFindings(
      try KeyFile.certificates(in: presentKeyFiles(policy, of: file)), at: time.now)
  }

  /// Paths of the key files of `policy`, which is in `file`, that are there.
  func presentKeyFiles(_ policy: Policy, of file: String) -> [String] {
    keyFiles(policy, of: file).filter(Self.isThere)
  }

  private func keyFiles(_ policy: Policy, of file: String) -> [String] {
    let directory = (file as NSString).deletingLastPathComponent
    return policy.gate.signing.keyFiles.map {
      StreamContext.path(ofNamed: $0, below: rootPrefix, beside: directory)
    }
  }

  private static func isThere(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: file)
  }
}
