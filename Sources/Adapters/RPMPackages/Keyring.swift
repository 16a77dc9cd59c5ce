import CRPM
import Digests
import Glibc
import ReleaseModel

/// The public keys that a policy trusts, in librpm's form.
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
  package let flaws: [String: Flaw]

  /// What identifies a key with all its parts, by its id.
  private let material: [String: Checksum]

  /// Why a key of the policy does not make its signatures trusted.
  package enum Flaw: Hashable, Sendable {
    /// Since then, seconds since 1970.
    case expired(Int)
    /// By its owner, whenever that was.
    case revoked
  }

  /// Reads ASCII-armoured public keys from `files`.
  ///
  /// Throws ``ComposeError``: `noInput` for a file that is not there,
  /// `badData` for one that holds no OpenPGP key.
  ///
  /// - Parameter now: seconds since 1970, by which keys have expired or not.
  package init(files: [String], now: Int = Int(time(nil))) throws {
    var ids: Set<String> = []
    var flaws: [String: Flaw] = [:]
    var material: [String: Checksum] = [:]
    var certificates: [Certificate] = []
    let ring = try LibRPM.use { _ -> rpmKeyring in
      for file in files {
        for certificate in try Self.certificates(in: file) {
          for key in certificate.keys {
            if key.isRevoked {
              flaws[key.id] = .revoked
            } else if let end = key.expires, end <= now {
              flaws[key.id] = .expired(end)
            }
          }
          let keys = try Self.keys(of: certificate, file)
          for key in keys {
            if let parameters = rpmPubkeyPgpDigParams(key), let id = Self.keyID(of: parameters) {
              ids.insert(id)
              material[id] = Checksum(of: certificate.bytes)
            }
            rpmPubkeyFree(key)
          }
          certificates.append(certificate)
        }
      }
      return try Self.ring(certificates)
    }
    rings = Guarded([ring])
    self.certificates = certificates
    self.flaws = flaws
    self.material = material
    keyIDs = ids
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
        for key in try keys(of: certificate, "signing key") {
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
    let found = ids.compactMap { flaws[$0] == .revoked ? nil : material[$0] }
    guard found.count == ids.count else { return nil }
    if Set(found).count == 1 { return found[0] }
    return Checksum(of: Array(found.map(\.hex).joined(separator: " ").utf8))
  }

  /// The certificates of a file of public keys.
  private static func certificates(in file: String) throws -> [Certificate] {
    guard FileDigest.exists(file) else {
      throw ComposeError(
        .noInput, file.sanitizedForDisplay,
        "no such file, but the policy names it as a signing key",
        remedy: "Put the public key there, or correct 'signing.keys' in the policy")
    }
    let blocks: [[UInt8]]
    do {
      blocks = try Armor.blocks("PUBLIC KEY", in: SmallFile.contents(of: file))
    } catch let error as Armor.Broken {
      throw ComposeError(
        .badData, file.sanitizedForDisplay,
        "block \(error.number) of public keys in it is damaged",
        remedy: "Export the keys again with 'gpg --export --armor'")
    }
    // One of a kind that librpm does not know takes no other's place.
    let found = blocks.flatMap(Certificate.all).filter { !$0.keys.isEmpty }
    guard !found.isEmpty else { throw noKey(file) }
    return found
  }

  /// The main key and its subkeys; the caller frees each.
  private static func keys(of certificate: Certificate, _ file: String) throws -> [rpmPubkey] {
    guard let main = rpmPubkeyNew(certificate.bytes, certificate.bytes.count) else {
      throw noKey(file)
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

  private static func noKey(_ file: String) -> ComposeError {
    ComposeError(
      .badData, file.sanitizedForDisplay, "it holds no OpenPGP public key that librpm can use",
      remedy: "Export the key with 'gpg --export --armor'")
  }

  /// The id of a key or of the key that made a signature.
  static func keyID(of parameters: pgpDigParams) -> String? {
    guard let bytes = pgpDigParamsSignID(parameters) else { return nil }
    return (0..<8).map { bytes[$0] }.hexadecimal
  }
}
