import COpenSSL
package import ReleaseModel

/// Owner of one message digest of OpenSSL, which uses what the processor has
/// for it. Not for several threads at once.
package final class MessageDigest {
  /// The algorithms that the program needs; each is fetched from libcrypto
  /// once.
  package enum Algorithm: Sendable {
    /// For every checksum that is recorded, and for metadata.
    case sha256
    /// For mirrors, beside the others.
    case sha1
    /// For mirrors, beside the others.
    case md5
    /// For mirrors, beside the others.
    case sha512
  }

  /// Whether libcrypto has it: some configurations leave MD5 out.
  package static func has(_ algorithm: Algorithm) -> Bool { method(algorithm) != nil }

  private let context: OpaquePointer?
  private let algorithm: Algorithm

  /// Throws `failed` where libcrypto was set up without one of the algorithms: every
  /// OpenSSL 3 has both, but a configuration may leave them out. To be called once,
  /// before the first digest is made.
  package static func requireAlgorithms() throws {
    guard sha256Method != nil, sha1Method != nil else {
      throw ComposeError(
        .failed, "libcrypto", "its configuration leaves out SHA-256 or SHA-1",
        remedy: "Correct OPENSSL_CONF, or unset it")
    }
  }

  /// ``requireAlgorithms()`` was called before; for another algorithm, ``has(_:)``.
  package init(_ algorithm: Algorithm = .sha256) {
    self.algorithm = algorithm
    context = EVP_MD_CTX_new()
    precondition(
      EVP_DigestInit_ex(context, Self.method(algorithm), nil) == 1,
      "libcrypto has no \(algorithm)")
  }

  deinit { EVP_MD_CTX_free(context) }

  // Fetched once: to look a method up takes longer than to hash a small file.
  nonisolated(unsafe) private static let sha256Method = EVP_MD_fetch(nil, "SHA256", nil)
  nonisolated(unsafe) private static let sha1Method = EVP_MD_fetch(nil, "SHA1", nil)
  nonisolated(unsafe) private static let md5Method = EVP_MD_fetch(nil, "MD5", nil)
  nonisolated(unsafe) private static let sha512Method = EVP_MD_fetch(nil, "SHA512", nil)

  private static func method(_ algorithm: Algorithm) -> OpaquePointer? {
    switch algorithm {
    case .sha256: sha256Method
    case .sha1: sha1Method
    case .md5: md5Method
    case .sha512: sha512Method
    }
  }

  /// Hashes further bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    EVP_DigestUpdate(context, base, bytes.count)
  }

  /// Hashes further bytes.
  package func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The digest of everything so far; the object begins anew.
  package func finish() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &count)
    EVP_DigestInit_ex(context, Self.method(algorithm), nil)
    return Array(bytes.prefix(Int(count)))
  }

  /// SHA-256 of everything so far; the object begins anew.
  package func checksum() -> Checksum { Checksum(digest: finish()) }
}

extension Checksum {
  /// SHA-256 of `bytes`.
  package init(of bytes: [UInt8]) {
    let digest = MessageDigest()
    digest.update(bytes)
    self = digest.checksum()
  }
}
