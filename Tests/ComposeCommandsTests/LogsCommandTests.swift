import ComposeTestSupport
import Foundation
import Testing

/// `logs`: its screen, its JSON, its page and pictures, and each wrong input.
@Suite(.waiting) struct LogsCommandTests {
  /// Logs of three servers below `logs` of the installation's scratch directory.
  private func logs(_ installation: Installation) throws -> String {
    for (number, server) in ["dl01", "dl02", "dl03"].enumerated() {
      var lines = AccessLogLines()
      let link = "/pub/epel/updates/7/Everything/x86_64"
      for minute in 0..<1440 {
        let client = "198.51.\(number).\(minute % 200)"
        lines.add(client, at: minute * 60, "\(link)/repodata/repomd.xml")
        if minute % 60 == 15 {
          for one in 0..<2 {
            lines.add(client, at: minute * 60 + one, "/metalink?repo=epel-7", 503)
          }
        }
        if minute % 300 == 7 {
          lines.add(
            client, at: minute * 60 + 3,
            "\(link)/repodata/\(String(repeating: "0f", count: 32))-primary.xml.gz", 404)
        }
      }
      try installation.scratch.write(lines.text, to: "logs/\(server)/2020/03/29/access.log")
    }
    return installation.scratch.path("logs")
  }

  @Test func `without a stream, its screen`() throws {
    let installation = try Installation()
    try installation.expectScreen(["logs", logs(installation)], matches: "logs.txt")
  }

  @Test func `with a stream, all reports, page and pictures`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    let directory = try logs(installation)
    let (page, pictures) = (
      installation.scratch.path("page.html"), installation.scratch.path("svg")
    )
    let arguments = ["logs", directory, "--major", "7", "--html", page, "--svg", pictures]
    let json = try installation.json(arguments)
    #expect((json["servers"] as? [String]) == ["dl01", "dl02", "dl03"])
    let minutes = try #require(json["minutes"] as? [String: Any])
    let pattern = try #require((minutes["patterns"] as? [[String: Any]])?.first)
    #expect(pattern["text"] as? String == ":15 on all servers: data is swapped there?")
    let missing = try #require(json["missing"] as? [String: Any])
    #expect((missing["groups"] as? [[String: Any]])?.map { $0["class"] as? String } == ["torn"])
    #expect(missing["requests"] as? Int == 15)
    let adoption = try #require(json["adoption"] as? [String: Any])
    let hours = try #require(adoption["hours"] as? [[String: Any]])
    #expect(hours.count == 24)
    #expect(hours.first?["at"] as? String == "2020-03-29T00:00:00Z")
    #expect((json["read"] as? [String: Any])?["from"] as? String == "2020-03-29T00:00:00Z")
    #expect((hours.first?["releases"] as? [[String: Any]])?.first?["link"] as? Int == 180)
    let text = try String(contentsOfFile: page, encoding: .utf8)
    #expect(text.contains(":15 on all servers: data is swapped there?"))
    #expect(text.components(separatedBy: "<svg").count == 4)
    #expect(!text.contains("<!-- picture"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: pictures).sorted() == [
        "adoption.svg", "errors.svg", "minutes.svg",
      ])
    if Shell.has("chromium") {
      let outcome = try Shell.run(
        "\(Fixtures.checkout)/Tests/Browser/check-plots",
        [page, "\(pictures)/errors.svg", "\(pictures)/minutes.svg", "\(pictures)/adoption.svg"])
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
    // Again: its own files are replaced; others are not.
    try installation.succeed(arguments)
    try installation.scratch.write("mine", to: "svg/errors.svg")
    try installation.expectRefusal(arguments, status: 73)
    #expect(try String(contentsOfFile: "\(pictures)/errors.svg", encoding: .utf8) == "mine")
  }

  @Test func `flips, pushes and archives are those of the ledger`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    try installation.release("7.07.201908")
    try installation.succeed(["rollback", "7"])
    // Around now: the ledger has the real time.
    let lines = [-120, 60].map {
      AccessLogLines.around(now: $0, "/pub/epel/updates/7/x/repodata/repomd.xml")
    }
    let log = try installation.scratch.write(lines.joined(), to: "a-access.log")
    let json = try installation.json(["logs", log, "--major", "epel-7", "--report", "adoption"])
    let adoption = try #require(json["adoption"] as? [String: Any])
    let events = try #require(adoption["events"] as? [[String: String]])
    #expect(
      events.map { "\($0["kind"] ?? "") \($0["release"] ?? "")" } == [
        "flip 7.06.201903", "push 7.06.201903", "flip 7.07.201908", "flip 7.06.201903",
      ])
    let last = try #require(
      (adoption["hours"] as? [[String: Any]])?.last?["releases"] as? [[String: Any]])
    #expect(last.last?["release"] as? String == "7.06.201903")
    #expect(json["errors"] is NSNull)
    // Text, page and picture mark them as well.
    let page = installation.scratch.path("page.html")
    let arguments = ["logs", log, "--major", "7", "--report", "adoption", "--html", page]
    let text = try installation.succeed(arguments)
    #expect(text.contains(#/UTC +push +7\.06\.201903/#))
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.contains("What the ledger did"))
    #expect(html.contains("push to 7.06.201903"))
  }

  @Test func `times and reports are chosen`() throws {
    let installation = try Installation()
    let directory = try logs(installation)
    let json = try installation.json([
      "logs", directory, "--since", "2020-03-29T12:00", "--until", "2020-03-29T13:00:00Z",
      "--report", "errors",
    ])
    let read = try #require(json["read"] as? [String: Any])
    #expect(read["counted"] as? Int == 3 * 62)
    #expect(json["clients"] is NSNull)
    #expect((json["errors"] as? [Any])?.count == 3)
  }

  @Test func `standard input, and a log that may be merged`() throws {
    let installation = try Installation()
    var lines = AccessLogLines()
    lines.add(at: 1)
    let file = try installation.scratch.write(lines.text, to: "merged.log")
    let output = try Shell.check("sh", ["-c", "\(Installation.program) logs - < \(file)"])
    #expect(output.hasPrefix("The lines have no servers:"))
    #expect(output.contains("1 request"))
    let told = try installation.succeed(["logs", file, "--server", "{server}.log"])
    #expect(!told.contains("The lines have no servers"))
  }

  @Test func `reading changes nothing`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    try installation.expectDryRun(["logs", logs(installation), "--major", "7"])
  }

  @Test func `what is wrong is told`() throws {
    let installation = try Installation()
    let scratch = installation.scratch
    let log = try logs(installation)
    let other = try scratch.write(String(repeating: "no log\n", count: 9), to: "other")
    #expect(
      try installation.expectRefusal(["logs", other], status: 65).contains(
        "9 of 9 lines cannot be read, such as 'no log'"))
    #expect(
      try installation.expectRefusal(["logs", scratch.path("gone")], status: 66).contains("gone"))
    _ = try installation.expectRefusal(["logs"], status: 64)
    _ = try installation.expectRefusal(["logs", log, "--report", "nothing"], status: 64)
    #expect(
      try installation.expectRefusal(["logs", log, "--report", "adoption"], status: 64).contains(
        "--major"))
    _ = try installation.expectRefusal(["logs", log, "--since", "yesterday"], status: 64)
    _ = try installation.expectRefusal(["logs", log, "--since", "2020-03-29T25:00"], status: 64)
    _ = try installation.expectRefusal(
      ["logs", log, "--since", "2020-03-30", "--until", "2020-03-29"], status: 64)
    _ = try installation.expectRefusal(["logs", log, "--server", "access.log"], status: 64)
    _ = try installation.expectRefusal(
      ["logs", log, "--html", scratch.path("gone/page.html")], status: 73)
    _ = try installation.expectRefusal(["logs", log, "--major", "77"], status: 66)
    #expect(
      try installation.expectRefusal(["logs", log, "--server", "{server}.xz"], status: 64).contains(
        "fits none of the files"))
    // Half of the lines may be unreadable.
    var half = AccessLogLines()
    half.add(at: 1)
    let mixed = try scratch.write(half.text + "no log\n", to: "mixed")
    #expect(try installation.succeed(["logs", mixed]).contains("1 line could not be read"))
  }
}
