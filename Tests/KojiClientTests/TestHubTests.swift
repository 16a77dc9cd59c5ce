import ComposeTestSupport
import Foundation
import Testing

@testable import KojiClient

/// The test hub is a hub, not a mirror of our client: it answers as a real one
/// did, and the real `koji` command works with it.
@Suite(.waiting) struct TestHubTests {
  static let koji = "\(Fixtures.checkout)/.build/koji-client/bin/koji"
  static let hasKoji = FileManager.default.fileExists(atPath: koji)

  @Test func itAnswersAsTheRecordedHub() throws {
    let outcome = try Shell.run(
      Shell.python,
      ["\(TestHub.sources)/transcripts_test", "\(Fixtures.checkout)/Tests/Fixtures/koji"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  /// The real command reads, tags and clones; what it made is what we read.
  @Test(.enabled(if: hasKoji, "needs the koji command: make test installs it"))
  func theRealCommandWorks() throws {
    let scene = try HubScene(HubSeed(packages: 300))
    let scratch = try TemporaryDirectory()
    try KojiInstallation.configure(scratch, scene.hub, user: "releng")
    @discardableResult
    func koji(_ arguments: String...) throws -> String {
      try Shell.check(Self.koji, arguments, environment: ["HOME": scratch.path("home")])
    }
    #expect(try koji("--noauth", "call", "getLastEvent").contains("'id'"))
    #expect(try koji("list-tagged", "epel7", "--quiet").split(separator: "\n").count == 300)
    try koji("add-tag", "theirs", "--arches", "x86_64")
    try koji("add-pkg", "--owner", "tibbs", "theirs", "p001")
    try koji("call", "tagBuildBypass", "theirs", "p001-1.0-1.el7")
    #expect(try koji("list-tagged", "theirs", "--quiet").hasPrefix("p001-1.0-1.el7"))
    #expect(
      try koji("list-history", "--tag", "theirs").contains("p001-1.0-1.el7 tagged into theirs"))
    try koji("clone-tag", "--all", "epel7", "clone")
    let clone = try scene.client.builds(in: "clone").map(\.nvr)
    #expect(try clone == scene.client.builds(in: "epel7").map(\.nvr))
    try koji("untag-build", "clone", "p300-1.0-1.el7")
    #expect(try scene.client.builds(in: "clone").count == 299)
    // And the other way: the command sees what our client does.
    try scene.client.createTag("ours", arches: ["x86_64", "aarch64"])
    #expect(try koji("taginfo", "ours").contains("Arches: x86_64 aarch64"))
  }

  /// Profiles as the real command's own library reads them.
  @Test(.enabled(if: hasKoji, "needs the koji command: make test installs it"))
  func profilesAsTheRealCommandReadsThem() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write(
      """
      [DEFAULT]
      where = hub.example
      [koji]
      server: https://%(where)s/kojihub
      Cert = ~/mine.pem
      serverca =
        /pki/a.pem
      ; principal = nobody
      principal = releng@EXAMPLE
      """, to: "home/.koji/config")
    try scratch.write(
      "[koji]\nauthtype = ssl\nserver = https://d\n", to: "home/.koji/config.d/a.conf")
    try scratch.write("", to: "home/mine.pem")
    let script = """
      import koji, json
      read = koji.read_config("koji")
      print(json.dumps({key: read[key] for key in ("server", "cert", "serverca", "authtype")}))
      """
    let output = try Shell.check(
      "\(Fixtures.checkout)/.build/koji-client/bin/python3", ["-c", script],
      environment: ["HOME": scratch.path("home")])
    let theirs = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: String]
    let ours = try KojiProfile(
      named: "koji", home: scratch.path("home"), system: scratch.path("none"))
    #expect(ours.server == theirs?["server"])
    #expect(ours.authorities == theirs?["serverca"])
    guard case .certificate(let path) = ours.login else {
      Issue.record("no certificate")
      return
    }
    #expect(theirs?["authtype"] == "ssl")
    #expect(path == theirs?["cert"])
  }
}
