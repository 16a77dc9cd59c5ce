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
    let problem: SignatureProblem? =
      switch key.flaw(at: Int(time(nil))) {
      case .revoked?: .revokedKey(key.fingerprint)
      case .expired?: .expiredKey(key.fingerprint)
      case nil: key.canSign ? nil : .notForSigning(key.fingerprint)
      }
    guard let problem else { return key }
    throw ComposeError(
      .refused, publicKeyFile.sanitizedForDisplay,
      "repomd.xml cannot be signed: \(problem.cause(for: settings))",
      remedy: problem.remedy(for: settings))
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
    let now = Int(time(nil))
    guard let end = key.expires, end <= now.addingClamped(seconds) else { return nil }
    let days = (end - now) / 86_400
    return Finding(
      code: "key-expires",
      message: "the key \(key.id) in \(publicKeyFile.sanitizedForDisplay), which signs repomd.xml, "
        + "expires on \(CalendarDate(secondsSince1970: end)), "
        + (days == 0 ? "within a day" : "in \(days.counted("day"))"),
      remedy: "Extend it and export it there again, or begin to sign by another key")
  }
}
