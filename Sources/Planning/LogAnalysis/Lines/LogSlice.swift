import Glibc

/// Some bytes of a line, where they lie in the block: no string is made of them unless
/// a report needs it. Valid as long as the block is.
struct LogSlice {
  var start: UnsafePointer<UInt8>
  var count: Int

  @inline(__always)
  init(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    self.start = start
    count = end - start
  }

  /// Its text; bytes that are not UTF-8 become U+FFFD.
  var text: String {
    String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The same, without more than `limit` bytes of it.
  func text(limit: Int) -> String {
    if count <= limit { return text }
    return String(decoding: UnsafeBufferPointer(start: start, count: limit), as: UTF8.self) + "…"
  }

  @inline(__always) var hash: UInt64 { ByteHash.of(start, count) }

  @inline(__always)
  func hasPrefix(_ prefix: StaticString) -> Bool {
    let length = prefix.utf8CodeUnitCount
    guard count >= length else { return false }
    let text = prefix.utf8Start
    for index in 0..<length where start[index] != text[index] { return false }
    return true
  }

  @inline(__always)
  func hasSuffix(_ suffix: StaticString) -> Bool {
    let length = suffix.utf8CodeUnitCount
    return count >= length && dropping(count - length).hasPrefix(suffix)
  }

  /// Where `byte` comes first from `offset` on; nil where it does not.
  @inline(__always)
  func index(of byte: UInt8, from offset: Int = 0) -> Int? {
    guard offset < count, let found = memchr(start + offset, Int32(byte), count - offset) else {
      return nil
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }

  /// Where `text` comes first; nil where it does not.
  func index(of text: StaticString) -> Int? {
    let length = text.utf8CodeUnitCount
    var from = 0
    while let found = index(of: text.utf8Start.pointee, from: from), found + length <= count {
      if memcmp(start + found, text.utf8Start, length) == 0 { return found }
      from = found + 1
    }
    return nil
  }

  @inline(__always)
  func prefix(_ length: Int) -> LogSlice { LogSlice(start, start + min(length, count)) }

  @inline(__always)
  func dropping(_ length: Int) -> LogSlice { LogSlice(start + min(length, count), start + count) }
}
