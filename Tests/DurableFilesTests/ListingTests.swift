import ComposeTestSupport
import DurableFiles
import Foundation
import Glibc
import ReleaseModel
import Testing

@Suite struct ListingTests {
  private let scratch: TemporaryDirectory
  private let root: Directory

  init() throws {
    scratch = try TemporaryDirectory()
    root = try Directory.open(root: scratch.path)
  }

  private func path(_ text: String) throws -> RelativePath { try RelativePath.of(text) }

  private func make(_ name: String) throws {
    let file = open(scratch.path + "/" + name, O_CREAT | O_EXCL | O_WRONLY, 0o644)
    try #require(file >= 0, "\(name)")
    close(file)
  }

  // MARK: Depth

  @Test func `directories that nest without end are refused, not followed`() throws {
    var parent = try root.makeDirectories(path("deep"), durably: false)
    for _ in 0..<230 { parent = try parent.makeDirectories(path("d"), durably: false) }
    #expect {
      try root.walk()
    } throws: { error in
      (error as? ComposeError)?.cause == "directories nest there more than 200 deep"
    }
    #expect(throws: ComposeError.self) { try root.removeTree(path("deep")) }
    try root.makeDirectories(
      path("flat/\(Array(repeating: "d", count: 150).joined(separator: "/"))"))
    #expect(try root.open(path("flat")).walk().isEmpty)
  }

  // MARK: Names

  /// An entry is as long as its name, and the last one of many lies at the end
  /// of the memory that holds them: a reader once read past it.
  @Test func `thousands of names of all lengths are listed whole and sorted`() throws {
    var names = (0..<4000).map { number in
      "\(String(repeating: "n", count: number % 97))-\(number)"
    }
    names += ["a", "Z", "~", "žluť", "kůň", String(repeating: "x", count: 255)]
    names.append(String(repeating: "ž", count: 127) + "z")
    for name in names { try make(name) }
    let wanted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(Set(wanted).count == 4007)
    for _ in 0..<3 {
      let found = try root.names()
      #expect(found.count == wanted.count)
      #expect(found == wanted)
    }
    #expect(try root.names(skippingOdd: true) == wanted)
  }

  @Test func `one odd name among thousands is noticed`() throws {
    let names = (0..<4000).map { "name-\($0)" }
    for name in names { try make(name) }
    try make("odd\u{1B}[2J")
    let error = #expect(throws: ComposeError.self) { try root.names() }
    #expect(error?.kind == .badData)
    #expect(try root.names(skippingOdd: true) == names.sorted())
    try #require(unlink(scratch.path + "/odd\u{1B}[2J") == 0)
    #expect(try root.names() == names.sorted())
  }

  // MARK: Statuses

  @Test func `what is there, what is not, and what cannot be, in the order of the question`()
    throws
  {
    try root.replaceFile(path("a/one"), with: [1])
    try root.replaceFile(path("a/two"), with: [1, 2])
    try root.replaceFile(path("b/c/three"), with: [1, 2, 3])
    try root.replaceFile(path("four"), with: [1, 2, 3, 4])
    let sizes: [(String, Int?)] = [
      ("a/none", nil), ("a/one", 1), ("a/two", 2), ("b/c/none", nil), ("b/c/three", 3),
      ("b/d/three", nil), ("four", 4), ("none", nil), ("none/at/all", nil), ("none/one", nil),
      // Back to where it has been.
      ("a/two", 2), ("a/zero", nil),
    ]
    for questions in [sizes, sizes.reversed()] {
      let paths = try questions.map { try path($0.0) }
      let found = try root.statuses(of: paths)
      #expect(found.map { $0?.size } == questions.map { $0.1 })
      #expect(try found == paths.map { try root.status(of: $0) })
    }
    #expect(try root.statuses(of: []).isEmpty)
    let directories = try root.statuses(of: [path("a"), path("b/c")])
    #expect(directories.compactMap { $0?.kind } == [.directory, .directory])
  }

  /// On file systems that keep such times nanoseconds since 1970 need more than 64
  /// bits.
  @Test(arguments: ["2300-01-01", "1700-01-01", "1970-01-01"])
  func `a file of any time is told of`(day: String) throws {
    let memory = try TemporaryDirectory.inMemory()
    try memory.write("x", to: "far")
    try Shell.check("touch", ["-d", "\(day) UTC", memory.path("far")])
    let before = try #require(FileStatus(path: memory.path("far")))
    try Shell.check("touch", ["-d", "\(day) 00:00:01 UTC", memory.path("far")])
    let after = try #require(FileStatus(path: memory.path("far")))
    #expect(before.identity.modified != after.identity.modified)
  }

  @Test func `a link is told of, and not followed`() throws {
    try root.replaceFile(path("a/one"), with: [1])
    try #require(symlink("a", scratch.path("door")) == 0)
    try #require(symlink("one", scratch.path("a/link")) == 0)
    let found = try root.statuses(of: [path("a/link"), path("a/one"), path("door")])
    #expect(found.compactMap { $0?.kind } == [.link, .file, .link])
    #expect(throws: ComposeError.self) { try root.statuses(of: [path("a/one"), path("door/one")]) }
    #expect(throws: ComposeError.self) { try root.statuses(of: [path("a/one/more")]) }
  }
}
