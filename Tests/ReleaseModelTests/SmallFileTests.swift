import ComposeTestSupport
import Foundation
import Glibc
import ReleaseModel
import Testing

@Suite struct YAMLAliasesTests {
  @Test func `aliases count where there is an anchor of their name`() {
    let uses = Array(repeating: "*a", count: 17).joined(separator: ", ")
    #expect(YAMLAliases.areTooMany(in: "x: &a 1\ny: [\(uses)]\n"))
    #expect(!YAMLAliases.areTooMany(in: "x: &a 1\ny: [\(uses.dropFirst(4))]\n"))
    #expect(!YAMLAliases.areTooMany(in: "x: 1\ny: [\(uses)]\n"))
    #expect(!YAMLAliases.areTooMany(in: "x: &b 1\ny: 'a *word* ** & so & on'\n"))
    #expect(YAMLAliases.areTooMany(in: "&a x: 1\n" + String(repeating: "? *a:\n", count: 17)))
  }
}

@Suite struct SmallFileTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func refusal(_ path: String) -> ComposeError? {
    do {
      _ = try SmallFile.contents(of: path)
      return nil
    } catch { return error as? ComposeError }
  }

  @Test func `a file is read, and through a link`() throws {
    let file = try scratch.write("text", to: "file")
    #expect(symlink(file, scratch.path("link")) == 0)
    #expect(try SmallFile.contents(of: file) == Array("text".utf8))
    #expect(try SmallFile.contents(of: scratch.path("link")) == Array("text".utf8))
  }

  @Test func `a pipe that nobody writes to does not keep the program`() throws {
    let pipe = scratch.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let begin = ContinuousClock.now
    #expect(try SmallFile.contents(of: pipe).isEmpty)
    #expect(ContinuousClock.now - begin < .seconds(5))
  }

  @Test func `a pipe that somebody writes to is read to its end`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    Thread.detachNewThread {
      usleep(200_000)
      write(writing, "stream", 6)
      close(writing)
    }
    #expect(try SmallFile.contents(of: "/proc/self/fd/\(reading)") == Array("stream".utf8))
  }

  @Test func `devices, directories and what is too large are refused`() throws {
    #expect(refusal("/dev/zero")?.cause == "it is not a file")
    #expect(refusal(scratch.path)?.kind == .badData)
    #expect(refusal(scratch.path("missing"))?.kind == .noInput)
    let large = try scratch.write("", to: "large")
    #expect(truncate(large, off_t(SmallFile.limit) + 1) == 0)
    #expect(refusal(large)?.cause == "it is larger than 16 MiB")
  }
}
