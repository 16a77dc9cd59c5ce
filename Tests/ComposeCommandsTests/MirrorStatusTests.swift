import ComposeTestSupport
import Foundation
import Testing

/// `mirrors status` and `mirrors handover`.
@Suite(.waiting) struct MirrorStatusTests {
  @Test func `what clients are told is shown`() throws {
    let stage = try MirrorStage()
    try stage.publishNext()
    let (installation, server) = (stage.installation, stage.server)
    try stage.serve(MirrorStage.next)
    try stage.serve(MirrorStage.first, hosts: 41)
    try stage.lead(to: MirrorStage.first)
    let debug = MirrorStage.repositories(of: MirrorStage.next)[1]
    try server.set(MirrorStage.question(debug.name, debug.arch), nil)
    let source = MirrorStage.repositories(of: MirrorStage.next)[2]
    try server.fail(MirrorStage.question(source.name, source.arch), 500)
    try installation.expectScreen(["mirrors", "status", "7"], matches: "mirrors-status.txt")
    try installation.expectScreen(
      ["mirrors", "status", MirrorStage.next], matches: "mirrors-status-release.txt")
    let report = try installation.json(["mirrors", "status", "7"])
    let stream = try #require((report["streams"] as? [[String: Any]])?.first)
    let releases = try #require(stream["releases"] as? [[String: Any]])
    let repositories = try #require(releases.last?["repositories"] as? [[String: Any]])
    #expect(
      repositories.compactMap { $0["repomd"] as? String }
        == ["newest", "missing", "unanswered", "newest", "newest", "newest"])
    #expect(repositories[0]["listed"] as? Int == 3)
    #expect(releases.last?["probe"] is NSNull)
    let clients = try #require(stream["clients"] as? [[String: Any]])
    #expect(
      clients.map { $0["leadsTo"] as? String } == Array(repeating: MirrorStage.first, count: 3))
    try installation.expectDryRun(["mirrors", "status", "7"])
  }

  @Test func `a server that says nothing is told as one`() throws {
    let stage = try MirrorStage(minimum: 0)
    try stage.publishNext()
    for release in [MirrorStage.first, MirrorStage.next] {
      for area in ["updates", "releases"] {
        for (name, arch, _) in MirrorStage.repositories(of: release, area: area) {
          try stage.server.fail(MirrorStage.question(name, arch), 503)
          let client = name.replacing(release, with: "7")
          try stage.server.fail(MirrorStage.question(client, arch), 503)
        }
      }
    }
    let message = try stage.installation.expectRefusal(["mirrors", "status", "7"], status: 69)
    #expect(message.contains("HTTP status 503"))
    let outcome = try stage.installation.run(["mirrors", "status", "7"])
    #expect(outcome.output.contains("clients of epel-7: no answer"), "\(outcome.output)")
    #expect(!outcome.output.contains("no release of this stream"), "\(outcome.output)")
    try stage.installation.expectRefusal(["mirrors", "status", "7.08.202003"], status: 66)
    try stage.installation.expectRefusal(["mirrors", "status", "7", "--probe", "-1"], status: 64)
  }

  @Test func `mirrors themselves are asked gently`() throws {
    let stage = try MirrorStage()
    try stage.publishNext()
    let (installation, server) = (stage.installation, stage.server)
    try stage.serve(MirrorStage.next)
    // Three names of this machine, which is all that is asked below a root.
    let hosts = ["127.0.0.1", "localhost", "127.0.0.2", "mirror.example.org"]
    let binary = MirrorStage.repositories(of: MirrorStage.next)[0]
    for area in ["updates", "releases"] {
      for (name, arch, path) in MirrorStage.repositories(of: MirrorStage.next, area: area) {
        try server.set(
          MirrorStage.question(name, arch),
          area == "updates" && name == binary.name
            ? MirrorStage.metalink(
              stage.checksum(of: path),
              urls: hosts.map { "http://\($0):\(server.port)/\($0)/epel/\(path)" }) : nil)
      }
    }
    let file = "\(installation.root)/pub/epel/\(binary.path)/repodata/repomd.xml"
    let ending = "epel/\(binary.path)/repodata/repomd.xml"
    try server.set("/127.0.0.1/\(ending)", String(contentsOfFile: file, encoding: .utf8))
    try server.set("/localhost/\(ending)", "<repomd/>")
    try server.clearLog()
    let report = try installation.json(["mirrors", "status", MirrorStage.next, "--probe", "10"])
    let stream = try #require((report["streams"] as? [[String: Any]])?.first)
    let release = try #require((stream["releases"] as? [[String: Any]])?.last)
    let probe = try #require(release["probe"] as? [String: Int])
    // Nothing listens at 127.0.0.2; the last host is not of this machine.
    #expect(probe == ["asked": 3, "fresh": 1, "older": 1, "missing": 0, "unreachable": 1])
    let asked = server.log.filter { $0.contains("/repodata/repomd.xml") }
    #expect(asked.count == 2, "\(server.log)")
    let version = try installation.succeed(["--version"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(asked.allSatisfy { $0.hasSuffix(" epel-compose/\(version)") }, "\(asked)")
    // Nor is a mirror asked once for each release: the newest is what counts.
    let former = MirrorStage.repositories(of: MirrorStage.first)[0]
    try server.set(
      MirrorStage.question(former.name, former.arch),
      MirrorStage.metalink(
        stage.checksum(of: former.path),
        urls: hosts.map { "http://\($0):\(server.port)/\($0)/epel/\(former.path)" }))
    try server.clearLog()
    let all = try installation.json(["mirrors", "status", "7", "--probe", "10"])
    let releases = try #require(
      (all["streams"] as? [[String: Any]])?.first?["releases"] as? [[String: Any]])
    #expect(releases.map { ($0["probe"] as? [String: Int])?["asked"] } == [0, 3])
    #expect(server.log.filter { $0.contains("/repodata/repomd.xml") }.count == 2)
  }

  @Test func `what MirrorManager's operator needs is printed, and nothing else is done`() throws {
    let stage = try MirrorStage()
    try stage.publishNext()
    let installation = stage.installation
    try installation.expectScreen(
      ["mirrors", "handover", MirrorStage.next, "--for", "promote"], matches: "mirrors-handover.txt"
    )
    let report = try installation.json([
      "mirrors", "handover", MirrorStage.first, "--for", "urgent",
    ])
    #expect(report["sql"] is NSNull)
    try installation.expectRefusal(
      ["mirrors", "handover", MirrorStage.next, "--for", "archive"], status: 2)
    try installation.expectRefusal(
      ["mirrors", "handover", MirrorStage.next, "--for", "promotion"], status: 64)
    try installation.expectRefusal(
      ["mirrors", "handover", "7.08.202003", "--for", "promote"], status: 66)
    try installation.expectDryRun(
      ["mirrors", "handover", MirrorStage.next, "--for", "promote"])
  }

  @Test func `without names there is nothing to hand over`() throws {
    let installation = try Installation(small: .inMemory())
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release(MirrorStage.first)
    let message = try installation.expectRefusal(
      ["mirrors", "handover", MirrorStage.first, "--for", "promote"], status: 2)
    #expect(message.contains("mirrors.names.updates"))
  }

  @Test func `the head of a change feed says how far a mirror is`() throws {
    let stage = try MirrorStage(minimum: 0, more: "  feed: true")
    try stage.publishNext()
    let (installation, server) = (stage.installation, stage.server)
    let binary = MirrorStage.repositories(of: MirrorStage.next)[0]
    let url = "http://127.0.0.1:\(server.port)/linux/epel/\(binary.path)"
    try server.set(
      MirrorStage.question(binary.name, binary.arch),
      MirrorStage.metalink(stage.checksum(of: binary.path), urls: [url]))
    func probe() throws -> [String: Int] {
      let report = try installation.json(["mirrors", "status", MirrorStage.next, "--probe", "3"])
      let stream = try #require((report["streams"] as? [[String: Any]])?.first)
      let modules = try #require(stream["modules"] as? [[String: Any]])
      #expect((modules.first?["serial"] as? Int ?? 0) > 1)
      let release = try #require((stream["releases"] as? [[String: Any]])?.first)
      return try #require(release["probe"] as? [String: Int])
    }
    #expect(try probe()["missing"] == 1)
    let head = try String(
      contentsOfFile: "\(installation.root)/pub/epel/changes/head.json", encoding: .utf8)
    try server.set("/linux/epel/changes/head.json", head)
    #expect(try probe()["fresh"] == 1)
    let serial = try #require(head.firstMatch(of: /"serial":([0-9]+)/)?.output.1)
    try server.set(
      "/linux/epel/changes/head.json", head.replacing("\"serial\":\(serial)", with: "\"serial\":1"))
    #expect(try probe()["older"] == 1)
    try server.set("/linux/epel/changes/head.json", "{")
    #expect(try probe()["older"] == 1)
  }
}
