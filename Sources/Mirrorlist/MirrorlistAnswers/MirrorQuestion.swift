package import MirrorlistSnapshot

/// What a client asks for.
package struct MirrorQuestion: Hashable, Sendable {
  /// In which form the answer is told.
  package enum Form: String, Sendable {
    /// A URL a line.
    case mirrorlist
    /// XML with checksums.
    case metalink
  }

  /// In which form.
  package let form: Form
  /// What follows the question mark.
  package let query: MirrorQuery

  /// Nil where the path ends in neither `/mirrorlist` nor `/metalink`.
  ///
  /// - Parameter target: of the first line of a request: `/metalink?repo=…`.
  package init?(target: String) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first else { return nil }
    if path.utf8.ends(with: "/metalink") {
      form = .metalink
    } else if path.utf8.ends(with: "/mirrorlist") {
      form = .mirrorlist
    } else {
      return nil
    }
    query = MirrorQuery(parts.count == 2 ? parts[1] : "")
  }
}

/// Names and values of a query, decoded.
package struct MirrorQuery: Hashable, Sendable {
  private var values: [String: String] = [:]

  /// Of a name that comes twice, the last value counts.
  init(_ text: Substring) {
    for part in text.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[Self.decoded(pair[0])] = pair.count == 2 ? Self.decoded(pair[1]) : ""
    }
  }

  /// The value; empty where there is a name alone, nil where there is none.
  package subscript(_ name: String) -> String? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// `%41` is `A`; `+` stays `+`, and what is no such code stays too.
  private static func decoded(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = Self.digit(bytes[index + 1]), let low = Self.digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension Substring.UTF8View {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}

/// Who asks.
package struct MirrorClient: Hashable, Sendable {
  /// Nil where it is not known: then its country is not known either.
  package let address: IPAddress?

  /// - Parameter address: without that of a query's `ip=`, which counts before it.
  package init(address: IPAddress?) { self.address = address }
}
