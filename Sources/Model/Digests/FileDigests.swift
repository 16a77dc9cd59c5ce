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
    func hex(_ algorithm: MessageDigest.Algorithm) throws -> String {
      guard MessageDigest.has(algorithm) else {
        throw ComposeError(
          .failed, "libcrypto", "its configuration leaves out \(algorithm), which mirrors ask for",
          remedy: "Correct OPENSSL_CONF, or unset it")
      }
      let digest = MessageDigest(algorithm)
      digest.update(bytes)
      return digest.finish().hexadecimal
    }
    md5 = try hex(.md5)
    sha1 = try hex(.sha1)
    sha256 = try hex(.sha256)
    sha512 = try hex(.sha512)
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
