import AccessLogs
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Which files are read, and of which server they are.
@Suite struct LogFileTests {
  @Test(
    arguments: [
      ("{server}.log", "logs/proxy01.log", "proxy01"), ("{server}.log", "proxy01.log.1", nil),
      ("{server}/access.log", "/var/log/proxy01/access.log", "proxy01"),
      ("{server}/*/access.log*", "/logs/proxy01/2020/access.log.xz", "proxy01"),
      ("…/{server}/YYYY.log", "a/proxy01/YYYY.log", "proxy01"),
      ("{server}/access.log", "access.log", nil),
      ("access-{server}-ssl.log", "x/access-dl02-ssl.log", "dl02"),
      ("access-{server}-ssl.log", "x/access--ssl.log", nil), ("{server}-*", "dl-a-b.log", "dl"),
      ("logs/{server}", "logs/é", "é"),
    ] as [(String, String, String?)])
  func `a pattern says where the name stands`(pattern: String, path: String, server: String?) throws
  {
    #expect(try ServerPattern(pattern).server(in: path) == server)
  }

  @Test(arguments: ["", "access.log", "{server}/{server}", "server"])
  func `a pattern without exactly one server is refused`(pattern: String) throws {
    let error = try #require(throws: ComposeError.self) { try ServerPattern(pattern) }
    #expect(error.kind == .usage)
  }

  @Test(
    arguments: [
      ("/srv/log/proxy01/2020/03/29/http/mirrors-access.log.xz", "proxy01"),
      ("/srv/log/proxy01/2020/3/29/mirrors-access.log", nil), ("2020/03/29/x.log", nil),
      ("a/2019/01/01/b/2020/03/29/x.log", "b"),
    ] as [(String, String?)])
  func `log hosts keep them by date`(path: String, server: String?) {
    #expect(ServerPattern.byDate.server(in: path) == server)
  }

  @Test(arguments: [
    ("dl01-access.log", "dl01"), ("x/dl01-access_log-20200329.gz", "dl01"),
    ("proxy01.log.1", "proxy01"),
    ("access", "access"), (".hidden", ".hidden"), ("a/-access.log", "-access.log"),
  ])
  func `else the name of the file has it`(path: String, server: String) {
    #expect(ServerPattern.ofFile(path) == server)
  }

  @Test func `directories are read whole, by path, without what is hidden or leads nowhere`() throws
  {
    let scratch = try TemporaryDirectory()
    for name in [
      "logs/b/2020/03/29/x.log", "logs/a/2020/03/29/x.log", "logs/c-access.log", "logs/.old/d.log",
      "logs/.e",
    ] {
      try scratch.write("\n", to: name)
    }
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: scratch.path("logs/gone.log"), withDestinationPath: "nowhere")
    try manager.createSymbolicLink(atPath: scratch.path("logs/loop"), withDestinationPath: ".")
    let files = try LogFile.find([scratch.path("logs")], pattern: nil)
    #expect(files.map(\.server) == ["a", "b", "c"])
    #expect(files.map(\.isTold) == [true, true, false])
    let twice = try #require(throws: ComposeError.self) {
      try LogFile.find([files[0].path, files[0].path], pattern: nil)
    }
    #expect(twice.kind == .usage)
    for path in [files[0].path.replacing("/logs/", with: "/logs/./"), scratch.path("link.log")] {
      if path.hasSuffix("link.log") {
        try manager.createSymbolicLink(atPath: path, withDestinationPath: files[0].path)
      }
      let other = try #require(throws: ComposeError.self) {
        try LogFile.find([files[0].path, path], pattern: nil)
      }
      #expect(other.kind == .usage)
      #expect("\(other)".contains("named twice"))
    }
    try manager.createDirectory(atPath: scratch.path("empty"), withIntermediateDirectories: true)
    let empty = try #require(throws: ComposeError.self) {
      try LogFile.find([scratch.path("empty")], pattern: nil)
    }
    #expect(empty.kind == .noInput)
  }

  @Test func `a link below a directory to a log that is read anyway is left out, which is told`()
    throws
  {
    let scratch = try TemporaryDirectory()
    try scratch.write("\n", to: "logs/b-access.log")
    try scratch.write("\n", to: "elsewhere/c-access.log")
    for (name, target) in [
      ("a-access.log", "b-access.log"), ("c", "../elsewhere/c-access.log"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path("logs/\(name)"), withDestinationPath: target)
    }
    let files = try LogFile.find([scratch.path("logs")], pattern: nil)
    #expect(files.map(\.server) == ["b", "c"])
    let notes = LogFile.notes(files, pattern: nil)
    #expect(notes.count == 1)
    #expect(notes.first?.contains("1 file below the directories") == true)
    #expect(notes.first?.contains("a-access.log") == true)
  }

  @Test func `a pattern that fits none is refused, and one that fits some is told`() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("\n", to: "logs/dl01-access.log")
    try scratch.write("\n", to: "logs/other.txt")
    let error = try #require(throws: ComposeError.self) {
      try LogFile.find([scratch.path("logs")], pattern: ServerPattern("{server}.xz"))
    }
    #expect(error.kind == .usage)
    let pattern = "{server}-access.log"
    let files = try LogFile.find([scratch.path("logs")], pattern: ServerPattern(pattern))
    #expect(files.map(\.server) == ["dl01", "other"])
    let notes = LogFile.notes(files, pattern: pattern)
    #expect(notes.count == 1)
    #expect(notes.first?.contains("does not fit 1 file, such as") == true)
    #expect(notes.first?.contains("other.txt") == true)
  }
}
