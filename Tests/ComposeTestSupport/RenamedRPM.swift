import COpenSSL
package import Foundation

/// An RPM whose package has a name that rpmbuild would not take, and whose
/// digests hold all the same.
package enum RenamedRPM {
  /// Replaces `old` by `new`, of equal length, in the main header of `rpm`,
  /// and puts the digests in the signature header right.
  package static func data(_ rpm: Data, _ old: String, by new: String) -> Data {
    data(rpm, old, by: Data(new.utf8))
  }

  /// The same with bytes that need not be UTF-8.
  package static func data(_ rpm: Data, _ old: String, by new: Data) -> Data {
    precondition(old.utf8.count == new.count)
    let signatureSize = headerSize(rpm, at: 96)
    let start = 96 + (signatureSize + 7) / 8 * 8
    let end = start + headerSize(rpm, at: start)
    let before = rpm[start..<end]
    var after = Data(before)
    replace(Data(old.utf8), by: new, in: &after)
    let payload = rpm[end...]
    var head = Data(rpm[..<start])
    for (was, now) in [
      (hex(digest("SHA256", before)), hex(digest("SHA256", after))),
      (hex(digest("SHA1", before)), hex(digest("SHA1", after))),
      (digest("MD5", before + payload), digest("MD5", after + payload)),
    ] {
      replace(was, by: now, in: &head)
    }
    return head + after + payload
  }

  private static func headerSize(_ rpm: Data, at offset: Int) -> Int {
    func word(_ at: Int) -> Int {
      rpm[offset + at..<offset + at + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    return 16 + 16 * word(8) + word(12)
  }

  private static func digest(_ name: String, _ data: Data) -> Data {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count = digest.count
    let bytes = Array(data)
    EVP_Q_digest(nil, name, nil, bytes, bytes.count, &digest, &count)
    return Data(digest.prefix(count))
  }

  private static func hex(_ digest: some Sequence<UInt8>) -> Data {
    Data(digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined().utf8)
  }

  private static func replace(_ old: Data, by new: Data, in data: inout Data) {
    while let range = data.range(of: old) { data.replaceSubrange(range, with: new) }
  }
}
