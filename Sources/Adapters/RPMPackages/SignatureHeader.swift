import CRPM
import Glibc
import ReleaseModel

/// The header structure of an RPM that has its signatures, as it is in the file:
/// librpm leaves out what it cannot read, and then an RPM looks as if nobody had
/// signed it.
struct SignatureHeader {
  /// One tag: its type, how many values it has, and where they are.
  private struct Entry {
    let tag: Int
    let type: Int
    let offset: Int
    let count: Int
  }

  private let entries: [Entry]
  private let store: ArraySlice<UInt8>

  /// Bytes; librpm takes no more either.
  static let limit = 64 << 20

  /// - Parameter bytes: from the structure's introduction on.
  ///
  /// Nil where they are no header structure.
  init?(_ bytes: [UInt8]) {
    func word(_ at: Int) -> Int { bytes[at..<at + 4].bigEndian }
    guard bytes.count >= 16, bytes.starts(with: [0x8E, 0xAD, 0xE8]) else { return nil }
    let (count, length) = (word(8), word(12))
    let start = 16 + 16 * count
    guard bytes.count >= start + length else { return nil }
    entries = (0..<count).map { index in
      let at = 16 + 16 * index
      return Entry(
        tag: word(at), type: word(at + 4), offset: word(at + 8), count: word(at + 12))
    }
    store = bytes[start..<start + length]
  }

  /// What a tag has as a signature: rpmsigs.h, `RPMSIGTAG_*`.
  private enum Tag: Int, CaseIterable {
    case rsaHeader = 268
    case dsaHeader = 267
    /// Over header and payload: RSA.
    case pgp = 1002
    /// Over header and payload: DSA.
    case gpg = 1005

    var coversPayload: Bool { self == .pgp || self == .gpg }
  }

  /// Signatures in forms that librpm 4.18 does not look at: PGP5 of the nineties, and
  /// the list that rpm 6 writes.
  private static let unsupported = [1006: "PGP5", 278: "OPENPGP"]

  /// OpenPGP's packet, in the data of an RPM.
  private static let binary = 7

  /// What is known of the signatures without a key; nil where there is none.
  ///
  /// - Parameter hasPayloadDigest: whether the header has a digest of the payload.
  func signing(hasPayloadDigest: Bool) -> RPMSigning? {
    var signing = RPMSigning(signatures: [], coversPayload: hasPayloadDigest)
    for tag in Tag.allCases {
      let found = entries.filter { $0.tag == tag.rawValue }
      if found.isEmpty { continue }
      signing.coversPayload = signing.coversPayload || tag.coversPayload
      for entry in found {
        switch Self.signature(bytes(of: entry)) {
        case .success(let signature): signing.signatures.append(signature)
        case .failure(let flaw): signing.unreadable = signing.unreadable ?? flaw
        }
      }
      if found.count > 1 {
        signing.unreadable =
          signing.unreadable
          ?? UnreadableSignature("it has \(found.count) signatures in one place", isBroken: true)
      }
    }
    if signing.signatures.isEmpty, signing.unreadable == nil {
      guard let other = entries.compactMap({ Self.unsupported[$0.tag] }).first else { return nil }
      signing.unreadable = UnreadableSignature(
        "its only signatures are in the form \(other), which librpm \(RPMReader.libraryVersion) "
          + "does not read", isBroken: false)
    }
    return signing
  }

  /// Nil where it is no data, or leads out of the structure.
  private func bytes(of entry: Entry) -> [UInt8]? {
    let start = store.startIndex + entry.offset
    guard entry.type == Self.binary, entry.offset <= store.count,
      entry.count <= store.count - entry.offset
    else { return nil }
    return Array(store[start..<start + entry.count])
  }

  /// What librpm makes of the packet of one signature; the caller is inside librpm.
  private static func signature(
    _ bytes: [UInt8]?
  ) -> Result<RPMSigning.Signature, UnreadableSignature> {
    guard let bytes, !bytes.isEmpty else {
      return .failure(UnreadableSignature("its signature is no OpenPGP packet", isBroken: true))
    }
    var parameters: pgpDigParams?
    // 2 is OpenPGP's packet tag of a signature (RFC 4880, section 4.3).
    let code = pgpPrtParams(bytes, bytes.count, 2, &parameters)
    defer { if let parameters { pgpDigParamsFree(parameters) } }
    guard code == 0, let parameters, let id = Keyring.keyID(of: parameters),
      id.contains(where: { $0 != "0" })
    else { return .failure(flaw(of: bytes)) }
    let algorithm = pgpDigParamsAlgo(parameters, UInt32(PGPVAL_HASHALGO.rawValue))
    guard let hash = hashes[algorithm] else {
      return .failure(
        UnreadableSignature(
          "its signature by \(id) uses hash \(algorithm), which librpm "
            + "\(RPMReader.libraryVersion) does not know", isBroken: false))
    }
    return .success(RPMSigning.Signature(keyID: id, hash: hash))
  }

  /// Why librpm cannot read a packet.
  private static func flaw(of bytes: [UInt8]) -> UnreadableSignature {
    guard let packet = SignaturePacket(bytes), let version = packet.body.first else {
      return UnreadableSignature("its signature is no OpenPGP packet", isBroken: true)
    }
    guard [3, 4].contains(version) else {
      return UnreadableSignature(
        "its signature is of version \(version), which librpm \(RPMReader.libraryVersion) does not "
          + "read", isBroken: true)
    }
    if packet.count != bytes.count {
      return UnreadableSignature("its signature has more behind it", isBroken: true)
    }
    return UnreadableSignature("its signature is broken, or of an unknown kind", isBroken: true)
  }

  /// RFC 4880, section 9.4.
  private static let hashes: [UInt32: String] = [
    1: "md5", 2: "sha1", 3: "ripemd160", 8: "sha256", 9: "sha384", 10: "sha512", 11: "sha224",
  ]
}
