import ReleaseModel

/// The checksums that mirrors and metalinks know a file by, in hexadecimal digits of
/// lower case.
package struct FileDigests: Hashable, Sendable {
  /// 32 digits.
  package let md5: String
  /// 40 digits.
  package let sha1: String
  /// 64 digits.
  package let sha256: String
  /// 128 digits.
  package let sha512: String

  /// Nil unless each has as many hexadecimal digits of lower case as it must.
  package init?(md5: String, sha1: String, sha256: String, sha512: String) {
    let digits = "0123456789abcdef".utf8
    for (text, count) in [(md5, 32), (sha1, 40), (sha256, 64), (sha512, 128)] {
      guard text.utf8.count == count, text.utf8.allSatisfy(digits.contains) else { return nil }
    }
    (self.md5, self.sha1, self.sha256, self.sha512) = (md5, sha1, sha256, sha512)
  }

  /// Of `bytes`. Throws `failed` where libcrypto has no MD5: a FIPS configuration leaves
  /// it out.
  package init(of bytes: [UInt8]) throws {
    try self.init { update in bytes.withUnsafeBytes { update($0) } }
  }

  /// Of what `reading` hands to its argument, piece by piece. Throws as `init(of:)`, and
  /// what `reading` throws.
  package init(reading: ((UnsafeRawBufferPointer) -> Void) throws -> Void) throws {
    let digests = try [MessageDigest.Algorithm.md5, .sha1, .sha256, .sha512].map { algorithm in
      guard MessageDigest.has(algorithm) else {
        throw ComposeError(
          .failed, "libcrypto", "its configuration leaves out \(algorithm), which mirrors ask for",
          remedy: "Correct OPENSSL_CONF, or unset it")
      }
      return MessageDigest(algorithm)
    }
    try reading { bytes in
      for digest in digests { digest.update(bytes) }
    }
    let texts = digests.map { $0.finish().hexadecimal }
    (md5, sha1, sha256, sha512) = (texts[0], texts[1], texts[2], texts[3])
  }
}

extension [UInt8] {
  /// Two digits of lower case for each byte.
  package var hexadecimal: String {
    let digits = Array<UInt8>("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
