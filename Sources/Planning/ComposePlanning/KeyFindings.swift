package import ComposePolicy
package import ReleaseModel

extension Policy {
  /// What stands against the keys that sign, or soon will: expiry, revocation, clients that
  /// do not verify them. Pure.
  ///
  /// - Parameter now: seconds since 1970.
  package func keyFindings(_ certificates: [Certificate], at now: Int) -> [Finding] {
    certificates.flatMap { certificate in
      let signing = certificate.keys.filter(\.canSign)
      guard !signing.isEmpty else { return [certificate.cannotSign] }
      // Subkeys end with their primary key: that is said once.
      let ended = certificate.primary.flaw(at: now)
      let keys = ended == nil ? signing : Array(signing.prefix(1))
      return keys.compactMap { key in
        certificate.finding(of: key, at: now, warnBefore: gate.signing.warnBefore.seconds)
      } + signing.compactMap { key in unverifiableFinding(of: key, in: certificate, at: now) }
    }
  }

  /// Why the rpm of the stream's oldest clients does not verify what a key signed, by the
  /// key's id: a clause such as `an EdDSA key, which …`.
  package func unverifiableKeys(_ certificates: [Certificate]) -> [String: String] {
    let causes = certificates.flatMap { certificate in
      certificate.keys.filter(\.canSign).compactMap { key in
        unverifiable(key, in: certificate).map { (key.id, $0) }
      }
    }
    return Dictionary(causes) { first, _ in first }
  }

  private func unverifiable(_ key: Certificate.Key, in certificate: Certificate) -> String? {
    let kinds = metadata.signatures
    let what: String? =
      switch key.algorithm {
      case .eddsa where !kinds.contains(.eddsa): "an EdDSA key"
      case .ecdsa where !kinds.contains(.ecdsa): "an ECDSA key"
      default: key != certificate.primary && !kinds.contains(.subkeys) ? "a subkey" : nil
      }
    return what.map { "\($0), whose signatures rpm of clients of \(stream) does not verify" }
  }

  /// Nil as well for a key that counts no more: nothing new is signed by it.
  private func unverifiableFinding(
    of key: Certificate.Key, in certificate: Certificate, at now: Int
  ) -> Finding? {
    guard key.flaw(at: now) == nil, let cause = unverifiable(key, in: certificate) else {
      return nil
    }
    return Finding(
      code: "unverifiable-key", message: "\(certificate.name(of: key)) is \(cause)",
      remedy: "Sign with a primary RSA key, or correct metadata.clients")
  }
}

extension Certificate {
  /// Such as `the key 6a2faea2352c64e5 (Fedora EPEL (7) <epel@fedoraproject.org>)`.
  fileprivate func name(of key: Key) -> String {
    "the \(key == primary ? "key" : "subkey") \(key.id)"
      + (userIDs.first.map { " (\($0.sanitizedForDisplay))" } ?? "")
  }

  private var file: String { (files.first ?? "").sanitizedForDisplay }

  fileprivate var cannotSign: Finding {
    Finding(
      code: "key-not-for-signing",
      message: "\(name(of: primary)) in \(file) has no key that signs",
      remedy: "Take it out of signing.keys, or export it with its signing subkey")
  }

  /// - Parameter warnBefore: seconds.
  fileprivate func finding(of key: Key, at now: Int, warnBefore: Int) -> Finding? {
    let name = "\(name(of: key)) in \(file)"
    switch key.flaw(at: now) {
    case .revoked(let since)?:
      return Finding(
        code: "revoked-key",
        message: "\(name) was revoked on \(CalendarDate(secondsSince1970: since)): what it signed "
          + "is refused",
        remedy: "Sign by another key what it signed; then take it out of signing.keys")
    case .expired(let since)?:
      return Finding(
        code: "expired-key",
        message: "\(name) expired on \(CalendarDate(secondsSince1970: since)): what it signed is "
          + "refused",
        remedy: "Renew it and put its new file there; or take it out when nothing by it is left")
    case nil:
      guard let expiry = key.expiry(within: warnBefore, at: now) else { return nil }
      return Finding(
        code: "key-expires", message: "\(name) \(expiry)",
        remedy: "Renew it and put its new file there, or begin to sign by another key")
    }
  }
}
