import CRPM
import Digests
import Glibc
package import ReleaseModel

/// The public keys that a policy trusts, in librpm's form.
///
/// librpm 4.18 looks neither at the expiry nor at the revocation of a key: what stands
/// against one is known from its certificate.
///
/// Owner of one `rpmKeyring` for each thread that verifies at the same time: some
/// of librpm's crypto libraries complete a key when it is first used.
package final class Keyring: @unchecked Sendable {
  // @unchecked: a ring belongs to who has taken it out of `rings`.
  private let rings: Guarded<[rpmKeyring]>
  private let certificates: [Certificate]
  /// Key ids (16 lower-case hexadecimal digits) of all keys and subkeys that
  /// signatures can be checked with.
  package let keyIDs: Set<String>
  /// What stands against a key, by its id.
  package let flaws: [String: KeyFlaw]
  /// Why clients do not verify what a key signed, by its id: a clause.
  let unverifiable: [String: String]

  /// What identifies a key with all its parts, by its id.
  private let material: [String: Checksum]

  /// Throws ``ComposeError``: `badData` for a certificate that librpm cannot use.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970, by which keys have expired or not.
  ///   - unverifiable: why the stream's clients do not verify what a key signed, by its
  ///     id: a clause such as `an EdDSA key, which …`.
  package init(
    _ certificates: [Certificate], now: Int = Int(time(nil)), unverifiable: [String: String] = [:]
  ) throws {
    var ids: Set<String> = []
    var material: [String: Checksum] = [:]
    let ring = try LibRPM.use { _ -> rpmKeyring in
      for certificate in certificates {
        for key in try Self.keys(of: certificate) {
          if let parameters = rpmPubkeyPgpDigParams(key), let id = Self.keyID(of: parameters) {
            ids.insert(id)
            material[id] = Checksum(of: certificate.bytes)
          }
          rpmPubkeyFree(key)
        }
      }
      return try Self.ring(certificates)
    }
    rings = Guarded([ring])
    self.certificates = certificates
    self.material = material
    self.unverifiable = unverifiable
    keyIDs = ids
    flaws = Dictionary(
      certificates.flatMap(\.keys).compactMap { key in key.flaw(at: now).map { (key.id, $0) } }
    ) { first, _ in first }
  }

  deinit {
    LibRPM.use { _ in
      for ring in rings.withLock({ $0 }) { rpmKeyringFree(ring) }
    }
  }

  /// Hands a ring to `body` that no other thread has.
  func withRing<Value>(_ body: (rpmKeyring) throws -> Value) throws -> Value {
    let ring = try rings.withLock { $0.popLast() } ?? Self.ring(certificates)
    defer { rings.withLock { $0.append(ring) } }
    return try body(ring)
  }

  private static func ring(_ certificates: [Certificate]) throws -> rpmKeyring {
    guard let ring = rpmKeyringNew() else {
      throw ComposeError(
        .failed, "librpm", "it could not make a keyring", remedy: "Free some memory")
    }
    do {
      for certificate in certificates {
        for key in try keys(of: certificate) {
          rpmKeyringAddKey(ring, key)
          rpmPubkeyFree(key)
        }
      }
    } catch {
      rpmKeyringFree(ring)
      throw error
    }
    return ring
  }

  /// Which keys signatures would be verified with; nil where they do not all count:
  /// there is no such key, or one was revoked, or the payload is not covered.
  func material(for signing: RPMSigning) -> Checksum? {
    guard signing.coversPayload, signing.unreadable == nil, !signing.signatures.isEmpty else {
      return nil
    }
    let ids = signing.signatures.map(\.keyID)
    let found = ids.compactMap { isRevoked($0) ? nil : material[$0] }
    guard found.count == ids.count else { return nil }
    if Set(found).count == 1 { return found[0] }
    return Checksum(of: Array(found.map(\.hex).joined(separator: " ").utf8))
  }

  /// The main key and its subkeys; the caller frees each.
  private static func keys(of certificate: Certificate) throws -> [rpmPubkey] {
    guard let main = rpmPubkeyNew(certificate.bytes, certificate.bytes.count) else {
      throw ComposeError(
        .badData, (certificate.files.first ?? "signing key").sanitizedForDisplay,
        "librpm cannot use the key \(certificate.primary.id) in it"
          + " (\(certificate.primary.algorithm.rawValue))",
        remedy: "Sign with an RSA key, and leave this one out")
    }
    var keys = [main]
    var count: Int32 = 0
    if let subkeys = rpmGetSubkeys(main, &count) {
      for index in 0..<Int(count) {
        if let key = subkeys[index] { keys.append(key) }
      }
      free(subkeys)
    }
    return keys
  }

  /// Whether the owner of a key has revoked it.
  func isRevoked(_ keyID: String) -> Bool {
    if case .revoked? = flaws[keyID] { return true }
    return false
  }

  /// The id of a key or of the key that made a signature.
  static func keyID(of parameters: pgpDigParams) -> String? {
    guard let bytes = pgpDigParamsSignID(parameters) else { return nil }
    return (0..<8).map { bytes[$0] }.hexadecimal
  }
}
