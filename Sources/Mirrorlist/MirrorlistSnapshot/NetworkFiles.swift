import Glibc
import ReleaseModel

/// Which country is on which continent: lines `CC,CONTINENT`.
enum ContinentFile {
  /// Throws `badData` where no line says anything, and what ``PrivateFile`` throws.
  static func read(_ path: String) throws -> [String: String] {
    var table: [String: String] = [:]
    try PrivateFile(path).forEachLine { line in
      let fields = String(decoding: line, as: UTF8.self).split(
        separator: ",", omittingEmptySubsequences: false
      ).map { $0.trimming }
      guard fields.count >= 2, fields[0].utf8.count == 2, !fields[1].isEmpty else { return }
      table[fields[0].uppercased()] = fields[1].uppercased()
    }
    guard !table.isEmpty else {
      throw ComposeError(
        .badData, path.sanitizedForDisplay, "it has no line 'COUNTRY,CONTINENT'",
        remedy: "Put country_continent.csv there again")
    }
    return table
  }
}

/// Which network belongs to which autonomous system: lines `PREFIX ASN`.
enum NetworkFile {
  /// Throws `badData` where no line says anything, and what ``PrivateFile`` throws.
  static func read(_ path: String) throws -> PrefixTable {
    var four: [RangeTable<UInt32>.Prefix] = []
    var six: [RangeTable<UInt128>.Prefix] = []
    try PrivateFile(path).forEachLine { line in
      guard let (prefix, system) = entry(line), prefix.length > 0 else { return }
      let length = UInt8(prefix.length)
      switch prefix.address {
      case .v4(let start): four.append(.init(start: start, length: length, value: system))
      case .v6(let start): six.append(.init(start: start, length: length, value: system))
      }
    }
    guard !four.isEmpty || !six.isEmpty else {
      throw ComposeError(
        .badData, path.sanitizedForDisplay, "it has no line 'PREFIX ASN'",
        remedy: "Put global_netblocks.txt there again")
    }
    return PrefixTable(four: four, six: six, isNested: false)
  }

  private static func entry(_ line: UnsafeRawBufferPointer) -> (NetworkPrefix, UInt32)? {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    let fields = line.split(maxSplits: 2, whereSeparator: isSpace)
    guard fields.count >= 2,
      let prefix = four(fields[0]) ?? NetworkPrefix(String(decoding: fields[0], as: UTF8.self)),
      let system = UInt32(String(decoding: fields[1], as: UTF8.self)), system != .max
    else { return nil }
    return (prefix, system)
  }

  /// `192.0.2.0/24`, as nearly all of a million lines are: without strings.
  private static func four(_ text: Slice<UnsafeRawBufferPointer>) -> NetworkPrefix? {
    var numbers: (UInt32, UInt32) = (0, 0)
    var part: UInt32 = 0
    var (dots, digits, isLength) = (0, 0, false)
    for byte in text {
      switch byte {
      case 0x30...0x39:
        part = part * 10 + UInt32(byte - 0x30)
        digits += 1
        guard digits <= 3, part <= 255 else { return nil }
      case UInt8(ascii: ".") where digits > 0 && dots < 3 && !isLength:
        numbers.0 = numbers.0 << 8 | part
        (part, digits, dots) = (0, 0, dots + 1)
      case UInt8(ascii: "/") where digits > 0 && dots == 3 && !isLength:
        numbers.0 = numbers.0 << 8 | part
        (part, digits, isLength) = (0, 0, true)
      default: return nil
      }
    }
    guard isLength, digits > 0, part <= 32 else { return nil }
    return NetworkPrefix(four: numbers.0, length: Int(part))
  }
}

extension NetworkPrefix {
  /// Bits behind `length`, at most 32, are of no meaning.
  init(four number: UInt32, length: Int) {
    self.init(address: .v4(length == 0 ? 0 : number & ~(.max >> UInt32(length))), length: length)
  }
}

extension Substring {
  /// Without spaces, carriage returns and quotation marks at its ends.
  fileprivate var trimming: String {
    let outside: (Character) -> Bool = { $0 == " " || $0 == "\r" || $0 == "\t" || $0 == "\"" }
    return String(drop(while: outside).reversed().drop(while: outside).reversed())
  }
}
