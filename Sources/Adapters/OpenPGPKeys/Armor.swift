import Foundation

/// The armoured blocks of a file: RFC 9580, section 6.2. What is between them, and
/// blocks of another kind, are comments.
///
/// No library tells what is asked for here. librpm reads the first block of a file and
/// leaves the others, while clients import all of them. librnp takes no comment, no empty
/// line behind a block, which one key file in seventy has, and of a wrong checksum
/// it only warns in its log: then there is another key, or none.
enum Armor {
  /// A block that cannot be read; its number, from 1.
  struct Broken: Error {
    let number: Int
  }

  /// Contents of each block `kind`, such as `PUBLIC KEY BLOCK`.
  static func blocks(_ kind: String, in text: [UInt8]) throws -> [[UInt8]] {
    let (begin, end) = ("-----BEGIN PGP \(kind)-----", "-----END PGP \(kind)-----")
    var blocks: [[UInt8]] = []
    var lines: [String]?
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = String(decoding: line, as: UTF8.self).trimmed
      if line == begin {
        // One that began before was not ended.
        guard lines == nil else { throw Broken(number: blocks.count + 1) }
        lines = []
      } else if line == end {
        guard let found = lines, let bytes = contents(found) else {
          throw Broken(number: blocks.count + 1)
        }
        blocks.append(bytes)
        lines = nil
      } else {
        lines?.append(line)
      }
    }
    guard lines == nil else { throw Broken(number: blocks.count + 1) }
    return blocks
  }

  /// Headers, an empty line, base 64, and a checksum that may be left out.
  private static func contents(_ lines: [String]) -> [UInt8]? {
    let body: ArraySlice<String>
    if let empty = lines.firstIndex(where: \.isEmpty),
      lines[..<empty].allSatisfy({ $0.contains(": ") || $0.hasSuffix(":") })
    {
      body = lines[(empty + 1)...]
    } else {
      body = lines[...]
    }
    let filled = body.filter { !$0.isEmpty }
    let sum = filled.last.flatMap { $0.count == 5 && $0.hasPrefix("=") ? $0.dropFirst() : nil }
    let text = (sum == nil ? filled[...] : filled.dropLast()).joined()
    guard let data = Data(base64Encoded: text), !data.isEmpty else { return nil }
    let bytes = Array(data)
    guard let sum else { return bytes }
    guard let wanted = Data(base64Encoded: String(sum)), Array(wanted) == checksum(bytes) else {
      return nil
    }
    return bytes
  }

  /// CRC-24: section 6.1.
  private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
    var sum: UInt32 = 0xB704CE
    for byte in bytes {
      sum ^= UInt32(byte) << 16
      for _ in 0..<8 {
        sum <<= 1
        if sum & 0x100_0000 != 0 { sum ^= 0x186_4CFB }
      }
    }
    return [UInt8(sum >> 16 & 0xFF), UInt8(sum >> 8 & 0xFF), UInt8(sum & 0xFF)]
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces.union(["\r"])) }
}
