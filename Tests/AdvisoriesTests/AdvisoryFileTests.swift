import Advisories
import ComposeTestSupport
import Foundation
import Glibc
import ReleaseModel
import Testing

/// What is not the regular file with text that a name promises.
@Suite struct AdvisoryFileTests {
  private let scratch: TemporaryDirectory
  private let file: String

  init() throws {
    scratch = try TemporaryDirectory()
    file = scratch.path("a.yaml")
  }

  private static let text =
    "{id: A, type: bugfix, title: t, issued: 2024-02-29, builds: [beta-1.0-1.el9]}\n"
  private static let rename =
    "Put the file itself there, or give it a name that does not end like one of advisories."

  private func expectRefusal(
    as kind: ComposeError.Kind = .badData, _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: ComposeError.self, sourceLocation: sourceLocation) {
      try AdvisoryDirectory(directory: scratch.path)
    }
    #expect(error?.kind == kind, sourceLocation: sourceLocation)
    let text = error?.description.replacing(scratch.path, with: "DIR")
    #expect(text == "DIR\(message)", sourceLocation: sourceLocation)
  }

  @Test func `a link is refused, also one to a good file`() throws {
    try scratch.write(Self.text, to: "good")
    try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "good")
    expectRefusal("/a.yaml: it is a symbolic link. \(Self.rename)")
    #expect(unlink(file) == 0)
    try FileManager.default.moveItem(atPath: scratch.path("good"), toPath: file)
    #expect(try AdvisoryDirectory(directory: scratch.path).advisories.count == 1)
  }

  @Test func `a directory, a pipe and a socket are refused`() throws {
    #expect(mkdir(file, 0o755) == 0)
    expectRefusal("/a.yaml: it is not a regular file. \(Self.rename)")
    #expect(rmdir(file) == 0)
    #expect(mkfifo(file, 0o644) == 0)
    expectRefusal("/a.yaml: it is not a regular file. \(Self.rename)")
    #expect(unlink(file) == 0)
    #expect(mknod(file, S_IFSOCK | 0o644, 0) == 0)
    expectRefusal("/a.yaml: it is not a regular file. \(Self.rename)")
  }

  @Test func `more than a MiB is refused, a MiB is not`() throws {
    let padding = String(repeating: "#", count: (1 << 20) - Self.text.utf8.count)
    try scratch.write(Self.text + padding, to: "a.yaml")
    #expect(try AdvisoryDirectory(directory: scratch.path).advisories.count == 1)
    try scratch.write(Self.text + padding + "#", to: "a.yaml")
    expectRefusal("/a.yaml: it is larger than 1 MiB. Split it into several files.")
  }

  @Test func `text that is not UTF-8 is refused with its line`() throws {
    try (Data("# é\n#\r\n# ".utf8) + Data([0xE9, 0x0A])).write(to: URL(fileURLWithPath: file))
    expectRefusal("/a.yaml:3: it is not UTF-8 text. Save it as UTF-8.")
  }

  @Test func `an empty file is refused: something was lost`() throws {
    try scratch.write("", to: "a.yaml")
    expectRefusal("/a.yaml:1: there is no advisory in it. Write one, or remove the file.")
  }

  @Test func `a missing directory, and a file for one`() throws {
    let missing = #expect(throws: ComposeError.self) {
      try AdvisoryDirectory(directory: scratch.path("none"))
    }
    #expect(missing?.kind == .noInput)
    #expect(missing?.cause == "there is no such directory of advisories")
    let plain = try scratch.write(Self.text, to: "plain")
    let other = #expect(throws: ComposeError.self) { try AdvisoryDirectory(directory: plain) }
    #expect(other?.kind == .noInput)
    #expect(other?.cause == "it is not a directory")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `what may not be read`() throws {
    try scratch.write(Self.text, to: "a.yaml")
    #expect(chmod(file, 0) == 0)
    expectRefusal(
      as: .permission,
      "/a.yaml: it cannot be read: Permission denied. Correct its owner or mode, "
        + "or run as one who may read it.")
    #expect(chmod(scratch.path, 0) == 0)
    defer { chmod(scratch.path, 0o755) }
    expectRefusal(as: .permission, ": it may not be read. Correct its owner or mode.")
  }
}
