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
    try manager.createDirectory(atPath: scratch.path("empty"), withIntermediateDirectories: true)
    let empty = try #require(throws: ComposeError.self) {
      try LogFile.find([scratch.path("empty")], pattern: nil)
    }
    #expect(empty.kind == .noInput)
  }
}
