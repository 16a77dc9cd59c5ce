import ComposeTestSupport
import Foundation
import MirrorDocuments
import ReleaseModel
import Testing

/// `scan: trees`: lists that others write as well.
@Suite struct ForeignWriterTests {
  @Test func `only what is of the stream is read; the lines of others stay`() throws {
    let stage = try ModuleStage(scan: "trees")
    try stage.fill()
    // No list is there: the module is read as a whole.
    try stage.tell()
    #expect(try stage.found() == stage.expected())
    try stage.write("unlisted", to: "8/new-of-epel-8")
    try stage.write("unlisted", to: "updates/8.01.202001/a")
    try stage.write("listed", to: "updates/7.06.201903/new")
    try FileManager.default.removeItem(atPath: "\(stage.module)/releases/7.06.201903")
    try stage.link("updates/7", to: "7.06.201903")
    try stage.tell()
    let paths = try stage.paths()
    #expect(paths.contains("updates/7.06.201903/new"))
    #expect(!paths.contains { $0.hasPrefix("releases/7.06") })
    #expect(!paths.contains("8/new-of-epel-8"))
    #expect(!paths.contains("updates/8.01.202001/a"))
    #expect(paths.contains("8/Everything/x86_64/a.rpm"))
    // Directories above are as they are.
    let updates = try #require(try stage.list()?.files.row(of: "updates"))
    #expect(try stage.expected().contains("\(updates.time)\td\t\(updates.size)\tupdates"))
  }

  @Test func `checksums of others stay`() throws {
    let stage = try ModuleStage(scan: "trees", mirrors: "")
    try stage.fill()
    try stage.write("<repomd/>", to: "8/repodata/repomd.xml")
    try stage.tell()
    let before = try stage.list()?.checksums[.sha1]?["8/repodata/repomd.xml"]
    try stage.write("<repomd>changed</repomd>", to: "8/repodata/repomd.xml")
    try stage.write(
      "<repomd>2</repomd>", to: "updates/7.06.201903/Everything/x86_64/repodata/repomd.xml")
    try stage.tell()
    #expect(before != nil)
    #expect(try stage.list()?.checksums[.sha1]?["8/repodata/repomd.xml"] == before)
    let own = "updates/7.06.201903/Everything/x86_64/repodata/repomd.xml"
    let sum = try Shell.check("sha512sum", ["\(stage.module)/\(own)"]).prefix(128)
    #expect(try stage.list()?.checksums[.sha512]?[own] == String(sum))
  }

  @Test func `beside a writer under the same lock no line of either is lost`() async throws {
    let stage = try ModuleStage(scan: "trees", mirrors: "  patience: 60 seconds")
    try stage.fill()
    try stage.tell()
    let rounds = SweepDensity.stride == 1 ? 1000 : 50
    let writer = Task.detached {
      [
        list = "\(stage.module)/fullfiletimelist-epel",
        lock = stage.scratch.path("state/lists.lock")
      ] in
      try Shell.check(
        Shell.python,
        ["-c", Self.writer, list, lock, String(rounds)])
    }
    for round in 0..<rounds {
      try stage.write("\(round)", to: "updates/7.06.201903/r\(round)")
      try stage.tell()
    }
    _ = try await writer.value
    let paths = Set(try stage.paths())
    for round in 0..<rounds {
      #expect(paths.contains("8/foreign\(round)"), "a line of the other writer is lost")
      #expect(paths.contains("updates/7.06.201903/r\(round)"))
    }
  }

  /// Adds one row in each round, under the lock, as update-fullfiletimelist would.
  private static let writer = """
    import fcntl, os, sys
    path, lock, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    for number in range(rounds):
        with open(lock, "a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            head, rest = open(path).read().split("[Files]\\n", 1)
            rows, rest = rest.split("\\n\\n[Checksums SHA1]", 1)
            row = f"1\\tf\\t1\\t8/foreign{number}"
            with open(path + ".new", "w") as new:
                new.write(f"{head}[Files]\\n{rows}\\n{row}\\n\\n[Checksums SHA1]{rest}")
            os.rename(path + ".new", path)
    """
}
