import ComposeTestSupport
import Foundation
import Testing

@testable import RepoMetadata

/// Parts of a deflate stream, as zlib's own decompressor reads them.
@Suite struct DeflateTests {
  /// Text, and bytes that no compressor makes shorter.
  private static let parts: [[UInt8]] = {
    var state: UInt32 = 1
    let noise = (0..<200_000).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
    let text = (0..<20_000).flatMap {
      Array("<file>/usr/share/package-\($0 % 97)/\($0)</file>\n".utf8)
    }
    return [
      [], [0], Array("a".utf8), Array(repeating: 65, count: 100_000), Array(noise.prefix(3)),
      noise, text, text + noise + text,
    ] + (1...40).map { Array(text.prefix(37 * $0)) }
  }()

  @Test func `what was compressed unpacks to what it was`() throws {
    for part in Self.parts {
      let packed = try #require(Deflate.compress(part))
      #expect(Deflate.decompress(packed, size: part.count) == part)
      #expect(packed.suffix(4) == [0, 0, 0xFF, 0xFF], "it ends at a whole byte")
    }
  }

  /// What zlib makes of `stream`, which is one whole deflate stream and nothing after it.
  private static func zlibText(of stream: some Sequence<UInt8>) throws -> Data {
    let directory = try TemporaryDirectory()
    try Data(stream).write(to: directory.url.appending(path: "stream"))
    let script = """
      import sys, zlib
      stream = zlib.decompressobj(-15)
      text = stream.decompress(open(sys.argv[1], "rb").read())
      assert stream.eof and not stream.unused_data
      open(sys.argv[2], "wb").write(text)
      """
    try Shell.check(
      Shell.python, ["-c", script, directory.path("stream"), directory.path("text")])
    return try Data(contentsOf: directory.url.appending(path: "text"))
  }

  /// Each part ends with a flush, so that any can follow any.
  @Test func `parts in any order are one stream`() throws {
    let parts = Self.parts + Self.parts.reversed()
    let stream = try parts.flatMap { try #require(Deflate.compress($0)) } + Deflate.end
    #expect(try Self.zlibText(of: stream) == Data(parts.joined()))
  }

  // MARK: Windows

  /// Texts that follow each other, each with the end of the one before.
  private static let windowed: [(window: [UInt8], part: [UInt8])] = {
    let texts: [[UInt8]] = [1, 2, 60, 700, 9000, 20_000, 3].map { count in
      (0..<count).flatMap {
        Array("<file>/usr/lib/\(count % 7)/package-\($0 % 97)/\($0)</file>\n".utf8)
      }
    }
    let windows = [[]] + texts.map { Array($0.suffix(Deflate.windowSize)) }
    return zip(windows, texts + [[]]).map { ($0, $1) }
  }()

  @Test func `what was compressed after a window unpacks after it`() throws {
    for (window, part) in Self.windowed {
      let packed = try #require(Deflate.compress(part, after: window))
      #expect(Deflate.decompress(packed, size: part.count, after: window) == part)
      #expect(Deflate.compress(part, after: window) == packed)
    }
  }

  @Test func `a part refers to its window`() throws {
    let (window, part) = Self.windowed[5]
    let packed = try #require(Deflate.compress(part, after: window))
    let alone = try #require(Deflate.compress(part))
    #expect(packed.count < alone.count)
    #expect(Deflate.decompress(packed, size: part.count) == nil)
    let other = Array(window.reversed())
    #expect(Deflate.decompress(packed, size: part.count, after: other) != part)
  }

  @Test func `parts after their windows are one stream`() throws {
    let stream =
      try Self.windowed.flatMap { try #require(Deflate.compress($0.part, after: $0.window)) }
      + Deflate.end
    #expect(try Self.zlibText(of: stream) == Data(Self.windowed.flatMap(\.part)))
  }

  /// Bytes that would be taken for the end of the window, and blocks that are stored.
  @Test func `what has no window to refer to stands for itself`() throws {
    let window = Array("<file>/usr/share/doc</file>\n".utf8)
    for part in Self.parts {
      let packed = try #require(Deflate.compress(part, after: window))
      #expect(Deflate.decompress(packed, size: part.count, after: window) == part)
    }
    let zeros = [UInt8](repeating: 0, count: 300)
    #expect(Deflate.compress(zeros, after: window) == Deflate.compress(zeros))
    let text = Array("a text of letters".utf8)
    #expect(Deflate.compress(text, after: window + [0, 10]) == Deflate.compress(text))
  }

  @Test func `the same bytes give the same bytes`() {
    for part in Self.parts { #expect(Deflate.compress(part) == Deflate.compress(part)) }
  }

  @Test func `what is damaged, or of another size, is nothing`() throws {
    let part = Array(Self.parts[6].prefix(5000))
    let packed = try #require(Deflate.compress(part))
    #expect(Deflate.decompress(packed, size: part.count - 1) == nil)
    #expect(Deflate.decompress(packed, size: part.count + 1) == nil)
    #expect(Deflate.decompress(Array(packed.dropLast(6)), size: part.count) == nil)
    #expect(Deflate.decompress([], size: 1) == nil)
    // Codes that no tree has.
    #expect(Deflate.decompress([6, 7, 8, 9], size: part.count) == nil)
  }
}
