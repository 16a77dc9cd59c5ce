import Glibc

/// Puts what is read together to blocks that end at line ends.
struct LineBlocks: ~Copyable {
  private let buffer: UnsafeMutableRawBufferPointer
  /// Bytes that wait for the rest of their line.
  private var used = 0
  /// Whether the rest of a line that was too long is left out.
  private var isLeavingOut = false

  init(capacity: Int) { buffer = .allocate(byteCount: capacity, alignment: 64) }

  deinit { buffer.deallocate() }

  mutating func append(_ bytes: [UInt8]) {
    UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyBytes(from: bytes)
    used += bytes.count
  }

  /// Lets `body` write into what is free, and keeps as many bytes as it says.
  mutating func withRoom(_ body: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    let count = body(UnsafeMutableRawBufferPointer(rebasing: buffer[used...]))
    if count > 0 { used += count }
    return count
  }

  /// Hands on all whole lines.
  mutating func handOn(_ body: (LogReader.Piece) throws -> Void) throws {
    guard let base = buffer.baseAddress else { return }
    guard let feed = buffer[..<used].lastIndex(of: 0x0A) else {
      if used == buffer.count {
        if !isLeavingOut { try body(.overlong) }
        (isLeavingOut, used) = (true, 0)
      }
      return
    }
    let end = feed + 1
    var start = 0
    if isLeavingOut, let first = memchr(base, 0x0A, used) {
      start = first - base + 1
      isLeavingOut = false
    }
    if start < end {
      try body(
        .lines(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[start..<end])))
    }
    memmove(base, base + end, used - end)
    used -= end
  }

  /// Hands on a last line without its line feed.
  mutating func finish(_ body: (LogReader.Piece) throws -> Void) throws {
    if used > 0, !isLeavingOut {
      try body(.lines(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<used])))
    }
    used = 0
  }
}
