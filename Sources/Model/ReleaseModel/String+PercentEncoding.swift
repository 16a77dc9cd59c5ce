extension String {
  /// Fit for one part of a URL: all but the unreserved characters of RFC 3986, section
  /// 2.3, by the numbers of their bytes.
  package var percentEncoded: String { percentEncoded { $0.isUnreserved } }

  /// The same for a path, whose slashes stay.
  package var percentEncodedPath: String {
    percentEncoded { $0.isUnreserved || $0 == UInt8(ascii: "/") }
  }

  /// `%20` and the like for all bytes but those that `isKept`.
  package func percentEncoded(unless isKept: (UInt8) -> Bool) -> String {
    if utf8.allSatisfy(isKept) { return self }
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in utf8 {
      if isKept(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether it is a character that means itself everywhere in a URL.
  fileprivate var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
