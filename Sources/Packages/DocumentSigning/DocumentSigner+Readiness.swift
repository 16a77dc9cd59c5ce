import ComposePolicy
import DurableFiles
import Glibc
package import ReleaseModel

extension DocumentSigner {
  /// Throws what would keep it from signing, as far as that is known without signing: the
  /// program is not there, or the public key cannot be used.
  ///
  /// Throws `noInput` for what is not there, `badData` for a file without the key, `refused`
  /// for a key whose signatures no client takes.
  package func requireReady() throws {
    _ = try readyKey()
  }

  private func readyKey() throws -> Certificate.Key {
    guard hasProgram else { throw missingProgram }
    guard let key = try verifier().key(settings.key) else {
      throw ComposeError(
        .badData, publicKeyFile.sanitizedForDisplay,
        "it does not hold the key \(settings.key), which the policy has metadata signed with",
        remedy: "Export that key to it with 'gpg --export --armor', or correct "
          + "'signing.metadata.key' in the policy")
    }
    let flaw: SignatureFlaw? =
      switch key.flaw(at: Int(time(nil))) {
      case .revoked(let time)?: .revokedKey(key.fingerprint, at: time)
      case .expired(let time)?: .expiredKey(key.fingerprint, since: time)
      case nil: key.canSign ? nil : .notForSigning(key.fingerprint)
      }
    guard let flaw else { return key }
    throw ComposeError(
      .refused, publicKeyFile.sanitizedForDisplay,
      "repomd.xml cannot be signed: \(flaw.cause(for: settings))",
      remedy: flaw.remedy(for: settings))
  }

  /// The same for a plan, and for who looks at the stream: a warning; and one of a key that
  /// will soon expire.
  ///
  /// - Parameter warnBefore: seconds before that.
  package func concerns(warnBefore: Int) -> [Finding] {
    do {
      return try expiry(of: readyKey(), within: warnBefore).map { [$0] } ?? []
    } catch {
      let error = error as? ComposeError
      return [
        Finding(
          code: "cannot-sign",
          message: "repomd.xml could not be signed: "
            + (error.map { "\($0.thing): \($0.cause)" } ?? "its key cannot be read"),
          remedy: error?.remedy ?? "Correct 'signing.metadata' in the policy")
      ]
    }
  }

  private func expiry(of key: Certificate.Key, within seconds: Int) -> Finding? {
    guard let expiry = key.expiry(within: seconds, at: Int(time(nil))) else { return nil }
    return Finding(
      code: "key-expires",
      message: "the key \(key.id) in \(publicKeyFile.sanitizedForDisplay), which signs repomd.xml, "
        + expiry,
      remedy: "Extend it and export it there again, or begin to sign by another key")
  }
}
