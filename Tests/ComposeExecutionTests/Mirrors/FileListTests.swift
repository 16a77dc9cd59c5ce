import ComposeLifecycle
import ComposeTestSupport
import DurableFiles
import Foundation
import Glibc
import MirrorDocuments
import ReleaseModel
import Testing

/// What is in the file lists of a module, and what is left out.
@Suite struct FileListTests {
  @Test func `the lists are what a program apart from this one makes of the module`() throws {
    let stage = try ModuleStage()
    try stage.fill()
    for index in 0..<200 { try stage.write("\(index)", to: "8/p\(index % 7)/a\(index)") }
    try stage.write("x", to: "a-b/c")
    try stage.write("x", to: "a/c")
    try stage.write("x", to: "a.b/c")
    try stage.link("8/loop", to: "..")
    let told = try stage.tell()
    #expect(try stage.found() == stage.expected())
    #expect(told.map(\.isWritten) == [true])
    #expect(told.first?.entries == (try stage.rows().count))
    // In the order of bytes, as mirrors compare them.
    let paths = try stage.rows().map(\.path)
    #expect(paths == paths.sorted { $0.precedesByBytes($1) })
    #expect(
      try String(decoding: stage.bytes("fullfilelist"), as: UTF8.self)
        == paths.map { "./\($0)\n" }.joined())
    #expect(try stage.bytes("imagelist-epel") == [])
    for name in ["fullfilelist", "fullfiletimelist-epel", "imagelist-epel"] {
      #expect(FileStatus(path: "\(stage.module)/\(name)")?.mode == 0o644)
    }
  }

  @Test func `an empty module has empty lists`() throws {
    let stage = try ModuleStage(mirrors: "")
    try stage.tell()
    #expect(try stage.list()?.files.count == 0)
    #expect(try stage.bytes("fullfilelist") == [])
  }

  @Test func `lists that would say the same are not replaced`() throws {
    let stage = try ModuleStage()
    try stage.fill()
    try stage.tell()
    let before = FileStatus(path: "\(stage.module)/fullfiletimelist-epel")?.inode
    #expect(try stage.tell().map(\.isWritten) == [false])
    #expect(FileStatus(path: "\(stage.module)/fullfiletimelist-epel")?.inode == before)
    try stage.write("new", to: "8/new")
    #expect(try stage.tell().map(\.isWritten) == [true])
    #expect(FileStatus(path: "\(stage.module)/fullfiletimelist-epel")?.inode != before)
  }

  struct LeftOut: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (ModuleStage) throws -> Void

    init(_ name: String, _ make: @escaping @Sendable (ModuleStage) throws -> Void) {
      testDescription = name
      self.make = make
    }
  }

  @Test(arguments: [
    LeftOut("rsync's temporary directory") { try $0.write("x", to: "8/.~tmp~/a.rpm") },
    LeftOut("what NFS leaves") { try $0.write("x", to: "8/.nfs0001") },
    LeftOut("an unfinished copy") { try $0.write("x", to: "8/.epel-compose-copy/a.rpm") },
    LeftOut("a link to nothing") { try $0.link("8/l", to: "nothing") },
    LeftOut("a link to itself") { try $0.link("8/l", to: "l") },
    LeftOut("a link out of the module") { try $0.link("8/l", to: "../../alt") },
    LeftOut("an absolute link") { try $0.link("8/l", to: "/usr") },
    LeftOut("a pipe") { #expect(mkfifo("\($0.module)/8/pipe", 0o644) == 0) },
    LeftOut("a file that the group may not read") {
      try $0.write("x", to: "8/secret")
      #expect(chmod("\($0.module)/8/secret", 0o600) == 0)
    },
    LeftOut("a directory that the group may not read") {
      try $0.write("x", to: "8/secret/a")
      #expect(chmod("\($0.module)/8/secret", 0o700) == 0)
    },
    LeftOut("a link to what the group may not read") {
      try $0.write("x", to: "8/secret")
      #expect(chmod("\($0.module)/8/secret", 0o600) == 0)
      try $0.link("8/l", to: "secret")
    },
    LeftOut("a name with a tab") { try $0.write("x", to: "8/a\tb") },
    LeftOut("a name with a line feed") { try $0.write("x", to: "8/a\nb/c") },
  ])
  func `it is left out`(example: LeftOut) throws {
    let stage = try ModuleStage(mirrors: "")
    try stage.fill()
    let before = try FileManager.default.subpathsOfDirectory(atPath: stage.module)
    try example.make(stage)
    let told = try stage.tell()
    #expect(Set(try stage.paths()) == Set(before))
    #expect(try stage.found() == stage.expected())
    let isOdd = example.testDescription.hasPrefix("a name")
    #expect(told.flatMap(\.odd).count == (isOdd ? 1 : 0))
  }

  @Test func `a name that is not UTF-8 is left out, and told`() throws {
    let stage = try ModuleStage(mirrors: "")
    try stage.fill()
    let descriptor = open("\(stage.module)/8/\u{1}", O_CREAT | O_WRONLY, 0o644)
    close(descriptor)
    var name = Array("\(stage.module)/8/x".utf8CString)
    name[name.count - 2] = -1
    close(open(name, O_CREAT | O_WRONLY, 0o644))
    #expect(try stage.tell().first?.odd.count == 2)
    #expect(try !stage.paths().contains { $0.hasPrefix("8/") && $0.utf8.count == 3 })
  }

  @Test func `who may not read what is marked`() throws {
    let stage = try ModuleStage(mirrors: "")
    try stage.fill()
    try stage.write("x", to: "8/closed/a")
    try stage.write("x", to: "8/closed/b")
    try stage.link("8/closed/l", to: "a")
    #expect(chmod("\(stage.module)/8/closed/b", 0o640) == 0)
    #expect(chmod("\(stage.module)/8/closed", 0o750) == 0)
    try stage.tell()
    let types = Dictionary(try stage.rows().map { ($0.path, $0.type) }) { first, _ in first }
    #expect(types["8/closed"] == "d-")
    #expect(types["8/closed/a"] == "f*")
    #expect(types["8/closed/b"] == "f-")
    #expect(types["8/closed/l"] == "l*")
    #expect(types["8"] == "d")
    #expect(try stage.found() == stage.expected())
  }

  @Test func `a list that was cut off is made anew`() throws {
    let stage = try ModuleStage()
    try stage.fill()
    try stage.tell()
    let bytes = try stage.bytes("fullfiletimelist-epel")
    try stage.write(String(decoding: bytes.dropLast(7), as: UTF8.self), to: "fullfiletimelist-epel")
    try stage.tell()
    #expect(try stage.found() == stage.expected())
  }

  @Test func `a link that moved has a time to come, once`() throws {
    let stage = try ModuleStage()
    try stage.fill()
    try stage.tell()
    let first = try #require(try stage.list()?.files.row(of: "updates/7")?.time)
    #expect(first == stage.now + 120)
    stage.now += 1000
    try stage.tell()
    #expect(try stage.list()?.files.row(of: "updates/7")?.time == first)
    try stage.write("x", to: "updates/7.07.201908/x")
    try stage.link("updates/7", to: "7.07.201908")
    try stage.tell()
    #expect(try stage.list()?.files.row(of: "updates/7")?.time == stage.now + 120)
    // Back at once: what mirrors have is never newer.
    try stage.link("updates/7", to: "7.06.201903")
    try stage.tell()
    #expect(try stage.list()?.files.row(of: "updates/7")?.time == stage.now + 121)
    #expect(try stage.list()?.files.row(of: "releases/7")?.time == first)
  }

  @Test func `--check finds what differs, and writes nothing`() throws {
    let stage = try ModuleStage()
    try stage.fill()
    #expect(try stage.differing() == ["epel"])
    try stage.tell()
    #expect(try stage.differing() == [])
    try stage.write("new", to: "8/new")
    let before = Listing.of(stage.scratch.path)
    #expect(try stage.differing() == ["epel"])
    #expect(Listing.differences(Listing.of(stage.scratch.path), before) == [])
  }
}
