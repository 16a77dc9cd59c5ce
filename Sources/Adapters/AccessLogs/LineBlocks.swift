import Glibc

/// Makes blocks of whole lines of what comes in any portions. Whole lines are handed on
/// where they lie, while they are in the processor's cache; only a line that goes on in the
/// next portion is copied.
struct LineBlocks: ~Copyable {
  /// A line whose end has not come.
  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  /// Whether the rest of a line that was too long is left out.
  private var isLeavingOut = false

  /// - Parameter longest: bytes of the longest line that is handed on.
  init(longest: Int) { buffer = .allocate(byteCount: longest, alignment: 64) }

  deinit { buffer.deallocate() }

  /// Hands on what is whole with `bytes`.
  mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ body: (LogReader.Piece) throws -> Void
  ) throws {
    var rest = bytes
    if used > 0 || isLeavingOut {
      guard let base = rest.baseAddress, let feed = memchr(base, 0x0A, rest.count) else {
        return try keep(rest, body)
      }
      let end = UnsafeRawPointer(feed) - base + 1
      try keep(UnsafeRawBufferPointer(rebasing: rest[..<end]), body)
      try handOn(body)
      isLeavingOut = false
      rest = UnsafeRawBufferPointer(rebasing: rest[end...])
    }
    guard let feed = rest.lastIndex(of: 0x0A) else { return try keep(rest, body) }
    try body(.lines(UnsafeRawBufferPointer(rebasing: rest[...feed])))
    try keep(UnsafeRawBufferPointer(rebasing: rest[(feed + 1)...]), body)
  }

  /// Hands on a last line without its line feed.
  mutating func finish(_ body: (LogReader.Piece) throws -> Void) throws { try handOn(body) }

  private mutating func handOn(_ body: (LogReader.Piece) throws -> Void) throws {
    guard used > 0 else { return }
    defer { used = 0 }
    try body(.lines(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<used])))
  }

  private mutating func keep(
    _ bytes: UnsafeRawBufferPointer, _ body: (LogReader.Piece) throws -> Void
  ) throws {
    guard !isLeavingOut else { return }
    guard used + bytes.count <= buffer.count else {
      (isLeavingOut, used) = (true, 0)
      return try body(.overlong)
    }
    UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: bytes)
    used += bytes.count
  }
}
