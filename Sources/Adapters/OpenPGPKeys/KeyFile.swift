import CRNP
import Foundation
package import ReleaseModel

/// Files of public keys: armoured, with any number of blocks, or binary.
package enum KeyFile {
  /// The certificates of `files`, in their order. One that several blocks or files have
  /// is one certificate: whatever one of them says, such as that it was revoked, holds.
  ///
  /// A certificate that librnp cannot read, such as one of version 6, counts as none.
  ///
  /// Throws ``ComposeError``: `noInput` for a file that is not there, `badData` for
  /// a block or a certificate that is damaged, and for a file that has none that can be
  /// read.
  package static func certificates(in files: [String]) throws -> [Certificate] {
    // Facts of a certificate are the same at any time: `Certificate.Key.flaw`.
    let library = try LibRNP(at: Int(time(nil)))
    return try library.use { instance in
      var sources: [String: [String]] = [:]
      var order: [String] = []
      for file in files {
        var found: [String] = []
        let bytes = try SmallFile.contents(of: file)
        for (number, block) in try blocks(of: bytes, file).enumerated() {
          found += try read(block, number + 1, of: file, into: instance)
        }
        guard !found.isEmpty else { throw noKey(file) }
        for print in found where sources[print]?.contains(file) != true {
          if sources[print] == nil { order.append(print) }
          sources[print, default: []].append(file)
        }
      }
      return try order.compactMap { try certificate($0, from: sources[$0] ?? [], in: instance) }
    }
  }

  /// Contents of the blocks; a binary file is one.
  private static func blocks(of bytes: [UInt8], _ file: String) throws -> [[UInt8]] {
    // Bit 7 is set in the header of every packet: RFC 9580, section 4.2.
    if let first = bytes.first, first & 0x80 != 0 { return [bytes] }
    do {
      return try Armor.blocks("PUBLIC KEY BLOCK", in: bytes)
    } catch let error as Armor.Broken {
      throw damaged(error.number, of: file)
    }
  }

  /// Fingerprints of the primary keys in one block.
  private static func read(
    _ block: [UInt8], _ number: Int, of file: String, into instance: rnp_ffi_t
  ) throws -> [String] {
    let flags = UInt32(RNP_LOAD_SAVE_PUBLIC_KEYS | RNP_LOAD_SAVE_PERMISSIVE)
    var report: UnsafeMutablePointer<CChar>?
    let code = LibRNP.withInput(block) { rnp_import_keys(instance, $0, flags, &report) }
    guard let code, code == RNP_SUCCESS, let report else { throw damaged(number, of: file) }
    defer { rnp_buffer_destroy(report) }
    let imported = try JSONDecoder().decode(Imported.self, from: Data(String(cString: report).utf8))
    var prints: [String] = []
    for key in imported.keys ?? [] {
      guard let key = RNPKey(fingerprint: key.fingerprint, in: instance),
        let print = key.primaryFingerprint ?? key.fingerprint
      else { continue }
      if !prints.contains(print) { prints.append(print) }
    }
    return prints
  }

  /// What librnp says that it has read.
  private struct Imported: Decodable {
    struct Key: Decodable {
      let fingerprint: String
    }
    let keys: [Key]?
  }

  private static func certificate(
    _ print: String, from files: [String], in instance: rnp_ffi_t
  ) throws -> Certificate? {
    guard let key = RNPKey(fingerprint: print, in: instance), let primary = key.facts(under: nil)
    else { return nil }
    guard key.isBound else {
      throw ComposeError(
        .badData, (files.first ?? "").sanitizedForDisplay,
        "the key \(primary.fingerprint) in it is damaged: its own signature does not hold",
        remedy: "Export the key again with 'gpg --export --armor'")
    }
    let userIDs = key.userIDs
    var subkeys: [Certificate.Key] = []
    var dead: [String] = []
    key.forEachSubkey { subkey in
      guard let facts = subkey.facts(under: primary) else { return }
      if subkey.isBound { subkeys.append(facts) }
      if !subkey.isBound || subkey.isRevoked { dead.append(facts.fingerprint) }
    }
    for print in dead {
      guard let subkey = RNPKey(fingerprint: print, in: instance) else { continue }
      rnp_key_remove(subkey.handle, UInt32(RNP_KEY_REMOVE_PUBLIC))
    }
    // Keys were taken out: what was known of this one is not to be relied on.
    guard let rest = RNPKey(fingerprint: print, in: instance) else { return nil }
    return Certificate(
      primary: primary, subkeys: subkeys, userIDs: userIDs, files: files, bytes: rest.packets)
  }

  private static func damaged(_ number: Int, of file: String) -> ComposeError {
    ComposeError(
      .badData, file.sanitizedForDisplay, "block \(number) of public keys in it is damaged",
      remedy: "Export the keys again with 'gpg --export --armor'")
  }

  private static func noKey(_ file: String) -> ComposeError {
    ComposeError(
      .badData, file.sanitizedForDisplay, "it holds no OpenPGP public key that librnp can read",
      remedy: "Export the key with 'gpg --export --armor'")
  }
}
