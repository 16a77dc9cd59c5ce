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
    let texts = digests.map { Self.hex($0.finish()) }
    self.init(md5: texts[0], sha1: texts[1], sha256: texts[2], sha512: texts[3])
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
