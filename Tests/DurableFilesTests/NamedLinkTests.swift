import ComposeTestSupport
import DurableFiles
import Foundation
import Glibc
import ReleaseModel
import Testing

/// A file gets a further name without being opened: it is looked at right before
/// and right after.
@Suite struct NamedLinkTests {
  private let scratch: TemporaryDirectory
  private let from: Directory
  private let to: Directory

  init() throws {
    scratch = try TemporaryDirectory()
    from = try Directory.create(root: scratch.path("from"))
    to = try Directory.create(root: scratch.path("to"))
  }

  private var source: String { scratch.path("from/a.rpm") }

  /// Writes the source and says what it is like.
  private func write(_ text: String = "payload") throws -> FileStatus {
    try scratch.write(text, to: "from/a.rpm")
    return try #require(try from.status(named: "a.rpm"))
  }

  /// Links the source to `b.rpm`, by its name in a directory or by its path.
  private func place(_ expected: FileStatus, byPath: Bool) throws -> Bool {
    let made =
      try byPath
      ? to.link(source, as: "b.rpm", ifStill: expected.identity)
      : to.link("a.rpm", of: from, as: "b.rpm", ifStill: expected.identity)
    return made != nil
  }

  @Test(arguments: [false, true])
  func `the very file gets a further name`(byPath: Bool) throws {
    let before = try write()
    let made = try #require(
      try byPath
        ? to.link(source, as: "b.rpm", ifStill: before.identity)
        : to.link("a.rpm", of: from, as: "b.rpm", ifStill: before.identity))
    #expect(try to.status(named: "b.rpm") == made)
    #expect(made.isSameFile(as: before))
    #expect(made.links == 2)
    #expect(try to.names() == ["b.rpm"])
    #expect(try to.openFile(RelativePath.of("b.rpm")).contents(limit: 9) == Array("payload".utf8))
  }

  /// What somebody does after the file was looked at.
  enum Meanwhile: CaseIterable {
    case replaced, longer, written, writtenAndSetBack, removed, linked, linkedToItself, directory
  }

  private func happen(_ meanwhile: Meanwhile) throws {
    switch meanwhile {
    case .replaced:
      try scratch.write("PAYLOAD", to: "from/new")
      try #require(rename(scratch.path("from/new"), source) == 0)
    case .longer: try scratch.write("payload, and more", to: "from/a.rpm")
    case .written:
      try scratch.write("PAYLOAD", to: "from/a.rpm")
      // The clock of a file system is slow: two writes may have one time.
      let later = timespec(tv_sec: time(nil) + 60, tv_nsec: 0)
      try #require(utimensat(AT_FDCWD, source, [later, later], 0) == 0)
    case .writtenAndSetBack:
      let before = try #require(try from.status(named: "a.rpm"))
      usleep(60_000)
      try scratch.write("PAYLOAD", to: "from/a.rpm")
      let time = timespec(tv_sec: before.modified, tv_nsec: before.modifiedFraction)
      try #require(utimensat(AT_FDCWD, source, [time, time], 0) == 0)
    case .removed: try #require(unlink(source) == 0)
    case .linked:
      try scratch.write("secret", to: "secret")
      try #require(unlink(source) == 0)
      try #require(symlink("../secret", source) == 0)
    case .linkedToItself:
      try #require(rename(source, scratch.path("from/real")) == 0)
      try #require(symlink("real", source) == 0)
    case .directory:
      try #require(unlink(source) == 0)
      try #require(mkdir(source, 0o755) == 0)
    }
  }

  @Test(arguments: Meanwhile.allCases, [false, true])
  func `a file that is no longer the same gets none`(
    meanwhile: Meanwhile, byPath: Bool
  ) throws {
    let before = try write()
    try happen(meanwhile)
    #expect(try !place(before, byPath: byPath))
    #expect(try to.names().isEmpty, "nothing is left")
    // Looked at again, it is what it is now.
    guard let now = try from.status(named: "a.rpm") else { return }
    #expect(try place(now, byPath: byPath) == (now.kind == .file))
  }

  /// Does something right before the name is made.
  private struct Intruder: MutationObserver {
    let act: @Sendable () throws -> Void

    func fault(before mutation: Mutation) -> Fault? {
      guard case .linkName = mutation else { return nil }
      do { try act() } catch { Issue.record(error) }
      return nil
    }

    func made(_ mutation: Mutation, result: Int32) {}
  }

  /// Who sets the time back within that moment goes unseen.
  @Test(arguments: Meanwhile.allCases.filter { $0 != .writtenAndSetBack })
  func `a file that changes at the last moment gets none`(meanwhile: Meanwhile) throws {
    let before = try write()
    let intruder = Intruder { try happen(meanwhile) }
    let isMade = try FaultPoint.$observer.withValue(intruder) {
      try place(before, byPath: false)
    }
    #expect(!isMade)
    #expect(try to.names().isEmpty, "nothing is left")
    #expect(try from.status(named: "a.rpm")?.identity != before.identity, "it has happened")
  }

  @Test(arguments: [0o600, 0o640, 0o604, 0o664, 0o666, 0o755, 0o4644, 0o2644, 0o444] as [mode_t])
  func `a file with another mode than what is published gets none`(mode: mode_t) throws {
    _ = try write()
    try #require(chmod(source, mode) == 0)
    let closed = try #require(try from.status(named: "a.rpm"))
    #expect(try !place(closed, byPath: true))
    #expect(try to.names().isEmpty)
    try #require(chmod(source, 0o644) == 0)
    let open = try #require(try from.status(named: "a.rpm"))
    #expect(try place(open, byPath: true))
  }

  @Test func `a name that is taken stays what it is`() throws {
    let before = try write()
    try scratch.write("mine", to: "to/b.rpm")
    #expect(try !place(before, byPath: false))
    #expect(try to.openFile(RelativePath.of("b.rpm")).contents(limit: 9) == Array("mine".utf8))
    #expect(try from.status(named: "a.rpm") == before)
    try #require(unlink(scratch.path("to/b.rpm")) == 0)
    #expect(try place(before, byPath: false))
    // Even by the same file: the caller finds that out.
    let made = try #require(try to.status(named: "b.rpm"))
    #expect(try !place(made, byPath: false))
    #expect(try to.status(named: "b.rpm") == made)
    // A link is not followed.
    try #require(unlink(scratch.path("to/b.rpm")) == 0)
    try #require(symlink("elsewhere", scratch.path("to/b.rpm")) == 0)
    let now = try #require(try from.status(named: "a.rpm"))
    #expect(try !place(now, byPath: false))
    #expect(try to.linkTarget(of: RelativePath.of("b.rpm")) == "elsewhere")
    #expect(try to.names() == ["b.rpm"])
  }

  @Test(.enabled(if: PlacementTests.otherDevice != nil, "needs a second file system at /dev/shm"))
  func `a file of another device gets none`() throws {
    let other = try #require(PlacementTests.otherDevice)
    let away = try TemporaryDirectory(in: other)
    let before = try write()
    let target = try Directory.open(root: away.path)
    #expect(try target.link("a.rpm", of: from, as: "b.rpm", ifStill: before.identity) == nil)
    #expect(try target.names().isEmpty)
  }
}
