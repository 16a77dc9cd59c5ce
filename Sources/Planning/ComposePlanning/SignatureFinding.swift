package import ComposePolicy
package import ReleaseModel

extension RPMFile {
  /// Why the policy does not trust it; nil where it does.
  ///
  /// - Parameter floor: the weakest hash that a signature may use.
  package func signatureFinding(floor: DigestFloor) -> Finding? {
    let file = fileName
    func finding(_ code: String, what: String, remedy: String) -> Finding {
      Finding(
        code: code, message: "\(file) \(what)", remedy: remedy, package: package,
        rpms: [nevra.description])
    }
    switch signature {
    case .unsigned:
      return finding(
        "unsigned", what: "is not signed", remedy: "Sign it" + Finding.orAllowUnsigned)
    case .unreadable(let cause, let isBroken):
      return finding(
        isBroken ? "unreadable-signature" : "unsupported-signature",
        what: "is signed, but \(cause)",
        remedy: isBroken
          ? "Sign it anew: rpm refuses it as it is, whatever keys there are"
          : "Sign it anew by an rpm like this one's" + Finding.orAllowUnsigned)
    case .unknownKey(let keyID):
      return finding(
        Finding.unknownKeyCode, what: "is signed by \(keyID), which is no key of the policy",
        remedy: "Sign it with a key of the policy, add the key to signing.keys"
          + Finding.orAllowUnsigned)
    case .expiredKey(let keyID, let since):
      return finding(
        "expired-key",
        what: "is signed by \(keyID), which expired on \(CalendarDate(secondsSince1970: since))",
        remedy: "Sign it with a key that is valid, or renew the key and its file in signing.keys")
    case .revokedKey(let keyID):
      return finding(
        "revoked-key", what: "is signed by \(keyID), which was revoked",
        remedy: "Find out why, and sign it with another key of the policy")
    case .unverifiable(let keyID, let cause):
      return finding(
        "unverifiable-signature", what: "is signed by \(keyID), \(cause)",
        remedy: "Sign it with a primary RSA key, or correct metadata.clients")
    case .headerOnly(let keyID):
      return finding(
        "payload-not-signed",
        what:
          "has a signature by \(keyID) over its header alone, which has no digest of the payload",
        remedy: "Build it with a newer rpm, or sign header and payload")
    case .trusted(let keyID):
      // A hash that nobody knows is none to go by.
      let hash = signatureHash ?? "no hash"
      if let strength = DigestFloor(rawValue: hash), strength >= floor { return nil }
      return finding(
        "weak-digest", what: "is signed by \(keyID) with \(hash), weaker than \(floor.rawValue)",
        remedy: "Sign it anew with \(floor.rawValue), or lower signing.digest")
    }
  }
}

extension Finding {
  /// A file of keys that the policy names is not there.
  package static let missingKeyCode = "missing-key"

  /// Whether `--allow-unsigned` lets an RPM pass of which this is said: what rpm refuses
  /// whatever its keys, no rehearsal could install.
  package var isWaivedByAllowUnsigned: Bool { code != "unreadable-signature" }

  /// Codes of RPMs that have no signature, or no copy that has one.
  private static let missingSignatures: Set<String> = ["unsigned", "no-signed-copy"]

  /// Codes of RPMs whose bytes are not what they should be.
  private static let damage: Set<String> = [
    "bad-rpm", "wrong-rpm", "wrong-contents", "wrong-signature",
  ]

  /// Whether `--skip-unsigned` leaves a build out of which this is said, a finding about
  /// its signature: that there is none yet. One that is there and not good needs a
  /// person.
  package var isMissingSignature: Bool { Self.missingSignatures.contains(code) }

  /// The same of a build system's refusal of one build: its files may come later. Damaged
  /// ones need a person.
  package var canBeLeftOut: Bool { package != nil && !Self.damage.contains(code) }
}
