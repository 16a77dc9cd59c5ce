import ComposeTestSupport
import DurableFiles
import Foundation
import Glibc
import ReleaseModel
import Synchronization
import Testing

@Suite struct DirectoryTests {
  private func path(_ text: String) throws -> RelativePath { try RelativePath.of(text) }

  @Test func `a link below the root is never followed`() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("secret", to: "outside/file")
    try FileManager.default.createDirectory(
      atPath: scratch.path("root"), withIntermediateDirectories: true)
    #expect(symlink("../outside", scratch.path("root/door")) == 0)
    let root = try Directory.open(root: scratch.path("root"))
    #expect(throws: ComposeError.self) { try root.open(path("door")) }
    #expect(throws: ComposeError.self) { try root.openFile(path("door/file")) }
    #expect(throws: ComposeError.self) { try root.replaceFile(path("door/file"), with: [1]) }
    #expect(throws: ComposeError.self) { try root.makeDirectories(path("door/more")) }
    #expect(try root.linkTarget(of: path("door")) == "../outside")
    #expect(try root.walk().map(\.status.kind) == [.link])
    #expect(try String(contentsOfFile: scratch.path("outside/file"), encoding: .utf8) == "secret")
  }

  @Test func `replacing a file leaves nothing but the new one`() throws {
    let scratch = try TemporaryDirectory()
    let root = try Directory.open(root: scratch.path)
    try root.replaceFile(path("a/b.txt"), with: Array("old".utf8))
    try root.replaceFile(path("a/b.txt"), with: Array("new".utf8))
    #expect(try root.openFile(path("a/b.txt")).contents(limit: 10) == Array("new".utf8))
    #expect(try root.walk().map(\.path.description) == ["a/b.txt"])
    #expect(try root.status(of: path("a/b.txt"))?.mode == 0o644)
  }

  @Test func `a root that others make at the same time is made once`() throws {
    let scratch = try TemporaryDirectory.inMemory()
    for round in 0..<300 {
      let place = scratch.path("\(round)/pub/alt")
      let made = Concurrently.map(Array(0..<8)) { _ in
        Result { try Directory.create(root: place).path }
      }
      for result in made { #expect(try result.get() == place) }
    }
  }

  @Test func `a root that is a link to nothing is not made`() throws {
    let scratch = try TemporaryDirectory()
    #expect(symlink("nothing", scratch.path("pub")) == 0)
    let error = #expect(throws: ComposeError.self) {
      try Directory.create(root: scratch.path("pub/alt"))
    }
    #expect(error?.kind == .cannotCreate)
    #expect(error?.cause == "it is a symbolic link to nothing")
    #expect(FileStatus(path: scratch.path("nothing")) == nil)
  }

  @Test func `a link flips, and nothing else is ever replaced by one`() throws {
    let scratch = try TemporaryDirectory()
    let root = try Directory.open(root: scratch.path)
    try root.flipLink(path("updates/7"), to: "one")
    try root.flipLink(path("updates/7"), to: "two")
    #expect(try root.linkTarget(of: path("updates/7")) == "two")
    try root.makeDirectories(path("releases/7"))
    let error = #expect(throws: ComposeError.self) {
      try root.flipLink(path("releases/7"), to: "x")
    }
    #expect(error?.kind == .cannotCreate)
    #expect(try root.status(of: path("releases/7"))?.kind == .directory)
  }

  @Test func `a reader never finds the link missing while it flips`() throws {
    let scratch = try TemporaryDirectory()
    let root = try Directory.open(root: scratch.path)
    try root.flipLink(path("7"), to: "one")
    let link = scratch.path("7")
    let isOver = Atomic(false)
    let seen = Guarded((reads: 0, strange: [String]()))
    let reader = Thread {
      var buffer = [CChar](repeating: 0, count: 64)
      while !isOver.load(ordering: .relaxed) {
        let length = readlink(link, &buffer, buffer.count)
        let target =
          length < 0
          ? "missing"
          : String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        seen.withLock { seen in
          seen.reads += 1
          if target != "one" && target != "two" { seen.strange.append(target) }
        }
      }
    }
    reader.start()
    for index in 0..<500 { try root.flipLink(path("7"), to: index % 2 == 0 ? "two" : "one") }
    while seen.withLock({ $0.reads }) < 1000 { Thread.sleep(forTimeInterval: 0.001) }
    isOver.store(true, ordering: .relaxed)
    #expect(seen.withLock { $0.strange } == [])
  }

  @Test func `a tree moves, but never over another`() throws {
    let scratch = try TemporaryDirectory()
    let root = try Directory.open(root: scratch.path)
    try root.replaceFile(path("staging/x/file"), with: [1])
    #expect(try root.move(path("staging/x"), to: root, path("public/x")))
    #expect(try root.status(of: path("staging/x")) == nil)
    try root.replaceFile(path("staging/x/file"), with: [2])
    let error = #expect(throws: ComposeError.self) {
      try root.move(path("staging/x"), to: root, path("public/x"))
    }
    #expect(error?.kind == .cannotCreate)
    #expect(try root.openFile(path("public/x/file")).contents(limit: 9) == [1])
  }

  @Test func `removing a tree removes links, not what they point to`() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("keep", to: "outside/file")
    let root = try Directory.create(root: scratch.path("root"))
    try root.replaceFile(path("tree/deep/file"), with: [1])
    #expect(symlink(scratch.path("outside"), scratch.path("root/tree/door")) == 0)
    try root.removeTree(path("tree"))
    try root.removeTree(path("tree"))
    #expect(try root.names().isEmpty)
    #expect(FileManager.default.fileExists(atPath: scratch.path("outside/file")))
  }

  @Test func `names that nobody can read are refused`() throws {
    let scratch = try TemporaryDirectory()
    #expect(mkdir(scratch.path("line\nbreak"), 0o755) == 0)
    let root = try Directory.open(root: scratch.path)
    let error = #expect(throws: ComposeError.self) { try root.names() }
    #expect(error?.kind == .badData)
  }

  @Test func `errors carry the exit status of their cause`() {
    func kind(_ code: Int32) -> ComposeError.Kind {
      ComposeError(systemError: code, doing: "it", path: "/x").kind
    }
    #expect(kind(ENOSPC) == .inputOutput)
    #expect(kind(EIO) == .inputOutput)
    #expect(kind(EROFS) == .cannotCreate)
    #expect(kind(EACCES) == .permission)
    #expect(kind(ENOENT) == .noInput)
    #expect(kind(EEXIST) == .cannotCreate)
  }
}
