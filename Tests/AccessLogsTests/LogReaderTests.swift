import AccessLogs
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Logs in every form that they are kept in.
@Suite(.waiting) struct LogReaderTests {
  private static func read(_ path: String, range: Range<Int>? = nil) throws -> (
    text: [UInt8], overlong: Int
  ) {
    var text: [UInt8] = []
    var overlong = 0
    try LogReader.read(path, range: range) { piece in
      switch piece {
      case .lines(let block):
        #expect(text.isEmpty || text.last == 0x0A)
        text += block
      case .overlong: overlong += 1
      }
    }
    return (text, overlong)
  }

  /// About ten megabytes in lines of different lengths: some blocks, with a rest each.
  private static let lines: String = (0..<90_000).map {
    "192.0.2.1 - - [29/Mar/2020:16:04:28 +0000] \"GET /\($0)/\(String(repeating: "x", count: $0 % 97)) HTTP/1.1\" 200 5\n"
  }.joined()

  @Test(arguments: [
    ("", ""), ("gzip -1 -c", ".gz"), ("bzip2 -1 -c", ".bz2"), ("xz -0 -c", ".xz"),
    ("zstd -1 -c", ".zst"),
    // By its contents, whatever its name says.
    ("gzip -1 -c", ".log"), ("cat", ".gz"),
  ])
  func `what comes out is what went in`(tool: String, ending: String) throws {
    let scratch = try TemporaryDirectory()
    let plain = try scratch.write(Self.lines, to: "plain")
    guard !tool.isEmpty else {
      #expect(try Self.read(plain).text == Array(Self.lines.utf8))
      return
    }
    guard Shell.has(String(tool.prefix { $0 != " " })) else { return }
    let packed = scratch.path("log\(ending)")
    // In two parts, as programs write that append to compressed logs.
    try Shell.check(
      "sh",
      [
        "-c",
        "head -c 5000000 \(plain) | \(tool) > \(packed); tail -c +5000001 \(plain) | \(tool) >> \(packed)",
      ])
    #expect(try Self.read(packed).text == Array(Self.lines.utf8))
  }

  @Test func `parts of a plain file are the whole`() throws {
    let scratch = try TemporaryDirectory()
    let file = try scratch.write("aa\nbbb\ncc\n", to: "log")
    #expect(try Self.read(file, range: 0..<7).text == Array("aa\nbbb\n".utf8))
    #expect(try Self.read(file, range: 7..<10).text == Array("cc\n".utf8))
    var found: (Int, String)?
    try LogReader.peek(file, from: 1) { found = ($0, String(decoding: $1, as: UTF8.self)) }
    #expect(found?.0 == 3)
    #expect(found?.1 == "bbb\ncc\n")
    #expect(try LogReader.plainSize(of: file) == 10)
  }

  @Test(arguments: ["", "\n", "a", "a\n", "\na", "a\n\n"])
  func `short files`(text: String) throws {
    let scratch = try TemporaryDirectory()
    let file = try scratch.write(text, to: "log")
    #expect(try Self.read(file).text == Array(text.utf8))
  }

  @Test func `an empty file that is compressed`() throws {
    let scratch = try TemporaryDirectory()
    for tool in ["gzip", "bzip2", "xz", "zstd"] where Shell.has(tool) {
      try Shell.check("sh", ["-c", "\(tool) -c < /dev/null > \(scratch.path(tool))"])
      #expect(try Self.read(scratch.path(tool)).text == [])
    }
  }

  @Test func `a line longer than a block is left out, and the others are not`() throws {
    let scratch = try TemporaryDirectory()
    let long = String(repeating: "y", count: 2 * LogReader.longestLine + 5)
    let file = try scratch.write("first\n\(long)\nlast\n\(long)", to: "log")
    let (text, overlong) = try Self.read(file)
    #expect(text == Array("first\nlast\n".utf8))
    #expect(overlong == 2)
  }

  @Test func `a compressed file that breaks off is an error that names it`() throws {
    let scratch = try TemporaryDirectory()
    let plain = try scratch.write(Self.lines, to: "plain")
    for tool in ["gzip", "bzip2", "xz", "zstd"] where Shell.has(tool) {
      let packed = scratch.path("\(tool).log")
      try Shell.check("sh", ["-c", "\(tool) -c \(plain) | head -c 40000 > \(packed)"])
      let error = try #require(throws: ComposeError.self) { try Self.read(packed) }
      #expect(error.kind == .badData, "\(tool)")
      #expect(error.thing == packed)
      #expect(error.cause.hasPrefix("it cannot be uncompressed"), "\(error)")
    }
  }

  @Test func `what is not there, or may not be read, is an error that says so`() throws {
    let scratch = try TemporaryDirectory()
    let missing = try #require(throws: ComposeError.self) {
      try LogFile.find([scratch.path("missing")], pattern: nil)
    }
    #expect(missing.kind == .noInput)
    let directory = try #require(throws: ComposeError.self) { try Self.read(scratch.path) }
    #expect(directory.kind == .inputOutput)
  }
}
