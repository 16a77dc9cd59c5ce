import Glibc
import ReleaseModel

/// Whether bytes are XML of which nothing needs to be interpreted: valid UTF-8, no
/// characters that a parser changes or refuses, and no references but those of text that
/// was escaped. Tags are not looked at.
enum PlainText {
  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var above: UInt8 = 0
    var controls = 0
    for byte in bytes {
      above |= byte
      // Line feeds and tabs stay; a parser makes line feeds of carriage returns.
      controls &+= byte < 0x20 && byte != 0x0A && byte != 0x09 ? 1 : 0
    }
    guard controls == 0 else { return false }
    if above >= 0x80, !isText(bytes) { return false }
    return hasPlainReferences(bytes)
  }

  /// UTF-8 without U+FFFE and U+FFFF, which are no characters of XML.
  private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    while start < bytes.count, let found = find(0xEF, in: bytes, from: start) {
      if found + 2 < bytes.count, bytes[found + 1] == 0xBF, bytes[found + 2] >= 0xBE {
        return false
      }
      start = found + 1
    }
    return String(validating: bytes, as: UTF8.self) != nil
  }

  private static func hasPlainReferences(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    while start < bytes.count, let found = find(UInt8(ascii: "&"), in: bytes, from: start) {
      guard let reference = reference(bytes, at: found) else { return false }
      start = found + reference.length
    }
    return true
  }

  /// The reference at `place`: what it stands for, and how many bytes it has. Nil where it is
  /// none, or of no character of XML.
  private static func reference(
    _ bytes: UnsafeBufferPointer<UInt8>, at place: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    let longest = 10
    let part = UnsafeBufferPointer(rebasing: bytes[place...].prefix(longest))
    guard let end = find(UInt8(ascii: ";"), in: part, from: 0) else { return nil }
    let name = String(decoding: part[1..<end], as: UTF8.self)
    switch name {
    case "lt": return ("<", end + 1)
    case "gt": return (">", end + 1)
    case "amp": return ("&", end + 1)
    case "quot": return ("\"", end + 1)
    case "apos": return ("'", end + 1)
    default: break
    }
    guard name.hasPrefix("#") else { return nil }
    let isHex = name.hasPrefix("#x")
    let digits = name.dropFirst(isHex ? 2 : 1)
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let number = UInt32(digits, radix: isHex ? 16 : 10),
      let scalar = Unicode.Scalar(number), PackageTexts.isXML(scalar)
    else { return nil }
    return (scalar, end + 1)
  }

  /// `bytes`, of which all references are plain, without references.
  static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard var found = find(UInt8(ascii: "&"), in: bytes, from: 0) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    var text = ""
    var start = 0
    while let reference = reference(bytes, at: found) {
      text += String(decoding: bytes[start..<found], as: UTF8.self)
      text.unicodeScalars.append(reference.scalar)
      start = found + reference.length
      guard let next = find(UInt8(ascii: "&"), in: bytes, from: start) else { break }
      found = next
    }
    return text + String(decoding: bytes[start...], as: UTF8.self)
  }

  static func find(
    _ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}

extension [UInt8] {
  /// Where the last `mark` ends; 0 where there is none.
  func endOfLast(_ mark: StaticString) -> Int {
    let length = mark.utf8CodeUnitCount
    let last = mark.utf8Start[length - 1]
    return withUnsafeBufferPointer { bytes in
      var end = bytes.count
      while end >= length, let base = bytes.baseAddress {
        if base[end - 1] == last, memcmp(base + end - length, mark.utf8Start, length) == 0 {
          return end
        }
        end -= 1
      }
      return 0
    }
  }
}
