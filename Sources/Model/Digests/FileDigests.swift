/// The four digests of one file that file lists and metalinks have: each lower-case
/// hexadecimal.
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

  /// As they were just made.
  private init(made texts: [String]) {
    (md5, sha1, sha256, sha512) = (texts[0], texts[1], texts[2], texts[3])
  }
}

extension FileDigests {
  /// The digests of what `reading` hands to its argument, piece by piece.
  ///
  /// ``MessageDigest/requireListAlgorithms()`` was called before.
  package init(reading: ((UnsafeRawBufferPointer) -> Void) throws -> Void) rethrows {
    let digests = [MessageDigest.Algorithm.md5, .sha1, .sha256, .sha512].map { MessageDigest($0) }
    try reading { bytes in
      for digest in digests { digest.update(bytes) }
    }
    self.init(made: digests.map { Self.hex($0.finish()) })
  }

  /// The digests of `bytes`.
  package init(of bytes: [UInt8]) {
    self.init { update in bytes.withUnsafeBytes { update($0) } }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
