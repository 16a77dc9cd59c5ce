/// Writes a database of countries in MaxMind's form (version 2.0): networks of version 4
/// in a tree of version 6.
package enum CountryDatabaseWriter {
  /// - Parameter networks: prefixes such as `198.51.100.0/24`, and codes of countries.
  package static func bytes(_ networks: [(address: UInt32, length: Int, country: String)])
    -> [UInt8]
  {
    var nodes: [[Int]] = [[-1, -1]]
    var data: [UInt8] = []
    var offsets: [String: Int] = [:]
    // Records: nil is empty, a number below 0 is data.
    for network in networks {
      if offsets[network.country] == nil {
        offsets[network.country] = data.count
        data += map([("country", map([("iso_code", text(network.country))]))])
      }
      var node = 0
      let bits =
        [Int](repeating: 0, count: 96)
        + (0..<network.length).map { Int(network.address >> UInt32(31 - $0) & 1) }
      for (depth, bit) in bits.enumerated() {
        if depth == bits.count - 1 {
          nodes[node][bit] = -2 - (offsets[network.country] ?? 0)
        } else {
          if nodes[node][bit] < 0 {
            nodes.append([-1, -1])
            nodes[node][bit] = nodes.count - 1
          }
          node = nodes[node][bit]
        }
      }
    }
    var tree: [UInt8] = []
    for node in nodes {
      for record in node {
        let value =
          record == -1
          ? nodes.count : record < 0 ? nodes.count + 16 + (-2 - record) : record
        tree += [UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
      }
    }
    let metadata = map([
      ("binary_format_major_version", number(2, type: 5)),
      ("binary_format_minor_version", number(0, type: 5)),
      ("build_epoch", [4, 2] + [0x5D, 0x69, 0x0D, 0x80]),
      ("database_type", text("Test-Country")), ("description", map([("en", text("test"))])),
      ("ip_version", number(6, type: 5)), ("languages", [0x01, 0x04] + text("en")),
      ("node_count", number(nodes.count, type: 6)), ("record_size", number(24, type: 5)),
    ])
    return tree + [UInt8](repeating: 0, count: 16) + data
      + [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8) + metadata
  }

  private static func text(_ text: String) -> [UInt8] {
    [UInt8(2 << 5 | text.utf8.count)] + text.utf8
  }

  private static func number(_ value: Int, type: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    var value = value
    while value > 0 {
      bytes.insert(UInt8(value & 255), at: 0)
      value >>= 8
    }
    return [type << 5 | UInt8(bytes.count)] + bytes
  }

  private static func map(_ pairs: [(String, [UInt8])]) -> [UInt8] {
    [UInt8(7 << 5 | pairs.count)] + pairs.flatMap { text($0.0, long: true) + $0.1 }
  }

  /// Keys may have more than 28 letters.
  private static func text(_ key: String, long: Bool) -> [UInt8] {
    let count = key.utf8.count
    return count < 29
      ? [UInt8(2 << 5 | count)] + key.utf8 : [UInt8(2 << 5 | 29), UInt8(count - 29)] + key.utf8
  }
}
