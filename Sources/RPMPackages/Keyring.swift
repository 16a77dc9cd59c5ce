import CRPM
import ReleaseModel

/// The public keys that a policy trusts, in librpm's form.
///
/// Owner of one `rpmKeyring`; a transaction set takes its own reference.
package final class Keyring: @unchecked Sendable {
  // @unchecked: the handle is only touched inside LibRPM.exclusively.
  let handle: rpmKeyring
  /// Key ids (16 lower-case hexadecimal digits) of all keys and subkeys.
  package let keyIDs: Set<String>

  /// Reads ASCII-armoured or binary public keys from `files`.
  ///
  /// Throws ``ComposeError``: `noInput` for a file that is not there,
  /// `badData` for one that holds no OpenPGP key.
  package init(files: [String]) throws {
    let (handle, ids) = try LibRPM.exclusively { _ -> (rpmKeyring, Set<String>) in
      guard let ring = rpmKeyringNew() else {
        throw ComposeError(
          .failed, "librpm", "it could not make a keyring", remedy: "Free some memory")
      }
      var ids: Set<String> = []
      do {
        for file in files {
          for key in try Self.keys(in: file) {
            if let parameters = rpmPubkeyPgpDigParams(key), let id = Self.keyID(of: parameters) {
              ids.insert(id)
            }
            rpmKeyringAddKey(ring, key)
            rpmPubkeyFree(key)
          }
        }
      } catch {
        rpmKeyringFree(ring)
        throw error
      }
      return (ring, ids)
    }
    self.handle = handle
    keyIDs = ids
  }

  deinit {
    _ = LibRPM.exclusively { _ in rpmKeyringFree(handle) }
  }

  /// The main key of `file` and its subkeys; the caller frees each.
  private static func keys(in file: String) throws -> [rpmPubkey] {
    guard FileDigest.exists(file) else {
      throw ComposeError(
        .noInput, file.sanitizedForDisplay,
        "no such file, but the policy names it as a signing key",
        remedy: "Put the public key there, or correct 'signing.keys' in the policy")
    }
    guard let main = rpmPubkeyRead(file) else {
      throw ComposeError(
        .badData, file.sanitizedForDisplay, "it holds no OpenPGP public key",
        remedy: "Export the key with 'gpg --export --armor'")
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

  /// The id of a key or of the key that made a signature.
  static func keyID(of parameters: pgpDigParams) -> String? {
    guard let bytes = pgpDigParamsSignID(parameters) else { return nil }
    return (0..<8).map { index in
      let digits = String(bytes[index], radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
