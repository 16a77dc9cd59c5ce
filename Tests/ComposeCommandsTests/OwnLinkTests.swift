import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Links with moments of their own: which move when, and what users of each see.
@Suite(.waiting) struct OwnLinkTests {
  private let stream: MinorStream

  private var installation: Installation { stream.installation }

  /// Enterprise Linux 10.0 has come, 10.1 has not; 10z leads to the newest that has.
  init() throws {
    stream = try MinorStream { text in
      text.replacing(
        "\"10.1\": { date: 2020-11-11,", with: "\"10.1\": { date: 2999-01-01, planned: true,")
    }
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name), to: ["10.0", "10.1"]) }
    try stream.release("10.0")
  }

  /// The release day of 10.1.
  private func releaseDay() throws {
    try stream.rewritePolicy {
      $0.replacing("date: 2999-01-01, planned: true,", with: "date: 2020-11-11,")
    }
  }

  private func refuse(
    _ arguments: [String], status: Int32 = 2, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try installation.run(arguments)
    #expect(
      outcome.status == status && (outcome.output + outcome.errors).contains(words),
      "\(outcome.status): \(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
  }

  private func links() -> [String: String] {
    Dictionary(
      ["10", "10z"].compactMap { name in
        (try? FileManager.default.destinationOfSymbolicLink(
          atPath: "\(installation.root)/pub/epel/\(name)")).map { (name, $0) }
      }
    ) { first, _ in first }
  }

  @Test(.enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
  func `a link moves on its release day, and its clients with it`() throws {
    #expect(links() == ["10": "10.0"])
    let due = try installation.succeed(["status", "10"])
    #expect(due.contains("promote 10.0 --link 10z"), "\(due)")
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    #expect(links() == ["10": "10.0", "10z": "10.0"])
    try stream.release("10.1")
    #expect(links() == ["10": "10.1", "10z": "10.0"], "branching moves the leading link alone")
    try refuse(
      ["promote", "10.1", "--link", "10z"],
      "by its rule 'released' and the calendar, the link 10z leads to 10.0")
    // Clients of 10z get what is pushed into 10.0.
    let client = try DnfClient()
    let repository = ["t": stream.url("10z")]
    try client.succeed(["install", "alpha", "beta"], repositories: repository)
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.0", "10.1"])
    try installation.succeed(stream.push("10.1"))
    try installation.succeed(stream.push("10.0"))
    try client.succeed(["upgrade"], repositories: repository)
    #expect(try client.installed() == ["alpha-1.1-1", "beta-1.0-1"])
    // The day comes. 10.1 was judged before 10.0 got its push.
    try releaseDay()
    #expect(try installation.succeed(["status", "10"]).contains("promote 10.1 --link 10z"))
    try refuse(["promote", "10.1", "--link", "10z"], "10.0 was pushed to after its checks ran")
    try installation.succeed(["check", "10.1"])
    try stream.add(RPMSpec("beta", "1.2"), to: ["10.1"])
    try installation.succeed(stream.push("10.1"))
    let before = try installation.snapshot()
    let preview = try installation.succeed(["promote", "10.1", "--link", "10z", "--dry-run"])
    #expect(preview.contains("link 10z -> 10.1 (now 10.0)"), "\(preview)")
    #expect(try installation.snapshot() == before)
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    #expect(links() == ["10": "10.1", "10z": "10.1"])
    try client.succeed(["upgrade"], repositories: repository)
    #expect(try client.installed() == ["alpha-1.1-1", "beta-1.2-1"])
    for release in ["10.0", "10.1"] { try installation.succeed(["verify", release]) }
    #expect(try installation.succeed(["history"]).contains("10z leads to it, no longer to 10.0"))
    #expect(!(try installation.succeed(["status", "10"]).contains("link-due")))
  }

  @Test func `a link goes back alone, once`() throws {
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    try stream.release("10.1")
    try releaseDay()
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    try refuse(["rollback", "10"], "the link 10z leads to it")
    #expect(links() == ["10": "10.1", "10z": "10.1"])
    try installation.succeed(["rollback", "10", "--link", "10z"])
    #expect(links() == ["10": "10.1", "10z": "10.0"])
    try refuse(["rollback", "10", "--link", "10z"], "it has led to no other release")
    try refuse(["archive", "10.0"], "the link 10z leads to it")
    try installation.succeed(["rollback", "10"])
    #expect(links() == ["10": "10.0", "10z": "10.0"])
    #expect(try ServedRepositories.problems(below: "\(installation.root)/pub/epel/10z") == [])
  }

  @Test func `what is no link with a moment of its own is refused`() throws {
    try refuse(["promote", "10.0", "--link", "10"], "it moves with the leading release")
    try refuse(["promote", "10.0", "--link", "10y"], status: 66, "Name one of: 10z")
    try refuse(["promote", "10.0", "--link", ""], status: 64, "--link is empty")
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    try refuse(["promote", "10.0", "--link", "10z"], "the link 10z leads to it already")
    // Somebody else has moved it: it is left alone.
    let path = "\(installation.root)/pub/epel/10z"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "10.9")
    try refuse(
      stream.push("10.0"), "points to '10.9', not to '10.0'")
    #expect(try installation.succeed(["status", "10"]).contains("points to '10.9'"))
  }

  @Test func `mirrors have what clients of the link need, before it moves`() throws {
    try stream.rewritePolicy {
      $0 + "\nmirrors:\n  modules: [{name: epel, path: /pub/epel}, "
        + "{name: archive, path: /pub/archive}]\n"
    }
    try refuse(
      ["mirrors", "prepare", "10.0", "--link", "10z"], "the link 10z leads to no release")
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    try refuse(
      ["mirrors", "prepare", "10.0", "--link", "10z"], "the link 10z leads to it already")
    try refuse(["mirrors", "prepare", "10.0"], "it is current")
    try stream.release("10.1")
    try releaseDay()
    // What 10.0 got since is not in 10.1, and its index is newer.
    try stream.add(RPMSpec("alpha", "0.9"), to: ["10.0"])
    try stream.add(RPMSpec("beta", "1.0", "1.1"), to: ["10.0", "10.1"])
    for release in ["10.1", "10.0"] { try installation.succeed(stream.push(release)) }
    try installation.succeed(["check", "10.1"])
    try refuse(
      ["promote", "10.1", "--link", "10z"], "mirrors prepare 10.1 --link 10z")
    let status = try installation.succeed(["status", "10"])
    let before = try installation.snapshot()
    let preview = try installation.succeed(
      ["mirrors", "prepare", "10.1", "--link", "10z", "--dry-run"])
    #expect(preview.contains("prepare 10.1 would leave it current"), "\(preview)")
    #expect(try installation.snapshot() == before)
    let prepared = try installation.succeed(["mirrors", "prepare", "10.1", "--link", "10z"])
    #expect(prepared.contains("--link 10z"), "\(prepared)")
    #expect(links() == ["10": "10.1", "10z": "10.0"])
    // The leading release stays what it was.
    let after = try installation.succeed(["status", "10"])
    #expect(status.contains("mirrors prepare 10.1 --link 10z "), "\(status)")
    #expect(!after.contains("mirrors prepare"), "\(after)")
    #expect(
      after.components(separatedBy: "Warnings")[0] == status.components(separatedBy: "Warnings")[0])
    let again = try installation.succeed(["mirrors", "prepare", "10.1", "--link", "10z"])
    #expect(again.contains("mirrors lack nothing"), "\(again)")
    try installation.succeed(["check", "10.1"])
    let files = try installation.succeed(["verify", "10.1"])
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    #expect(try installation.succeed(["verify", "10.1"]) == files)
    #expect(links() == ["10": "10.1", "10z": "10.1"])
  }

  /// Files below `mirrors` of the state root.
  private func told(_ name: String) throws -> String {
    try String(
      contentsOfFile: "\(installation.root)/var/lib/epel-compose/mirrors/\(name)", encoding: .utf8)
  }

  private func handovers(_ link: String = "") throws -> [String] {
    let directory = "\(installation.root)/var/lib/epel-compose/mirrors/handover/\(link)"
    guard FileManager.default.fileExists(atPath: directory) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: directory)
      .filter { $0.contains(".") }.sorted()
  }

  /// What binary client names lead to, by the overlay.
  private func redirects() throws -> [String: String] {
    Dictionary(
      try told("epel-10.overlay").split(separator: "\n").compactMap { line in
        let fields = line.split(separator: "\t").map(String.init)
        return fields.first == "redirect" && !fields[1].contains("debug")
          && !fields[1].contains("source") ? (fields[1], fields[2]) : nil
      }
    ) { first, _ in first }
  }

  @Test func `clients of each name follow their own link`() throws {
    try stream.rewritePolicy {
      $0 + "\nmirrors:\n  modules: [{name: epel, path: /pub/epel}, "
        + "{name: archive, path: /pub/archive}]\n  names:\n    clients:\n"
        + "      - 'epel-{kind}{major}'\n      - {name: 'epel-z-{kind}{major}', link: 10z}\n"
        + "    updates: 'epel-z-{kind}{release}'\n"
    }
    try installation.succeed(["mirrors", "lists", "10"])
    #expect(try redirects() == ["epel-10": "epel-z-10.0"], "10z is not there yet")
    let handover = ["mirrors", "handover", "10.0", "--for", "promote", "--link", "10z"]
    let before = try installation.succeed(handover)
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    #expect(try redirects() == ["epel-10": "epel-z-10.0", "epel-z-10": "epel-z-10.0"])
    #expect(try handovers("10z") == ["10.0-promote.sql", "10.0-promote.txt"])
    let first = try told("handover/10z/10.0-promote.sql")
    #expect(first.hasPrefix("-- epel-10: promote 10.0 --link 10z\n"))
    #expect(before.contains(first), "what is printed beforehand is what is written")
    #expect(first.contains("('epel-z-10', 'epel-z-10.0')") && !first.contains("'epel-10'"))
    // The leading link moves: its clients alone are led.
    try stream.release("10.1")
    #expect(try redirects() == ["epel-10": "epel-z-10.1", "epel-z-10": "epel-z-10.0"])
    let leading = try told("handover/10.1-promote.sql")
    #expect(leading.contains("('epel-10', 'epel-z-10.1')") && !leading.contains("'epel-z-10'"))
    #expect(try handovers("10z") == ["10.0-promote.sql", "10.0-promote.txt"])
    // The release day: forth and back.
    try releaseDay()
    let way = try installation.succeed(
      ["mirrors", "handover", "10.1", "--for", "promote", "--link", "10z"])
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    #expect(try redirects() == ["epel-10": "epel-z-10.1", "epel-z-10": "epel-z-10.1"])
    let next = try told("handover/10z/10.1-promote.sql")
    #expect(way.contains(next))
    #expect(
      next.contains("'epel-z-10.0', 'epel-z-10.1'"), "from either release clients are led: \(next)")
    #expect(
      try handovers("10z").filter { $0.hasSuffix(".sql") }
        == ["10.0-promote.sql", "10.1-promote.sql"])
    try installation.succeed(["rollback", "10", "--link", "10z"])
    #expect(try redirects() == ["epel-10": "epel-z-10.1", "epel-z-10": "epel-z-10.0"])
    #expect(try handovers("10z") == ["10.0-rollback.sql", "10.0-rollback.txt"])
    let back = try told("handover/10z/10.0-rollback.sql")
    #expect(back.contains("('epel-z-10', 'epel-z-10.0')"))
    #expect(back.contains("'epel-z-10.0', 'epel-z-10.1'"))
    #expect(try told("handover/10z/10.0-rollback.txt").contains("Lead clients of 10z to 10.0"))
    #expect(
      try handovers().filter { $0.hasSuffix(".sql") } == ["10.0-promote.sql", "10.1-promote.sql"])
    let json = try installation.json(
      ["mirrors", "handover", "10.0", "--for", "rollback", "--link", "10z"])
    #expect(json["link"] as? String == "10z")
    let status = try installation.json(["mirrors", "status", "10"])
    #expect((status["streams"] as? [[String: Any]])?.count == 1)
  }

  @Test func `a hand-over of a link is refused where there is none`() throws {
    try stream.rewritePolicy {
      $0 + "\nmirrors:\n  modules: [{name: epel, path: /pub/epel}, "
        + "{name: archive, path: /pub/archive}]\n"
        + "  names: {clients: ['epel-{kind}{major}'], updates: 'epel-z-{kind}{release}'}\n"
    }
    func handover(_ link: String, _ occasion: String = "promote", of release: String = "10.0")
      -> [String]
    { ["mirrors", "handover", release, "--for", occasion, "--link", link] }
    try refuse(handover("10"), "it moves with the leading release")
    try refuse(handover("10y"), status: 66, "Name one of: 10z")
    try refuse(handover(""), status: 64, "--link is empty")
    try refuse(handover("10z", "archive"), status: 64, "--for promote or rollback")
    try installation.succeed(["compose", "10.1", "--rpms", stream.live("10.1"), "--allow-unsigned"])
    try installation.succeed(["publish", "10.1"])
    try refuse(handover("10z", of: "10.1"), "it is published")
    let without = try installation.succeed(handover("10z"))
    #expect(without.contains("No name of 'mirrors.names.clients' goes with 10z"), "\(without)")
    #expect(!without.contains("BEGIN;"))
  }

  @Test func `status, history, site and logs tell moves of a link apart`() throws {
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    let waiting = try installation.succeed(["status", "10"])
    #expect(
      waiting.contains("10z moves when 10.1 comes, which is planned for 2999-01-01"), "\(waiting)")
    try stream.release("10.1")
    try releaseDay()
    let due = try installation.succeed(["status", "10"])
    #expect(due.contains("10z is to move to 10.1 now"), "\(due)")
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    try installation.succeed(["rollback", "10", "--link", "10z"])
    let status = try installation.json(["status", "10"])
    let own = try #require(
      (status["streams"] as? [[String: Any]])?.first?["ownLinks"] as? [[String: Any]])
    #expect(own.map { $0["link"] as? String } == ["10z"])
    #expect(own[0]["release"] as? String == "10.0" && own[0]["due"] as? String == "10.1")
    #expect((own[0]["next"] as? [String: Any])?["minorRelease"] as? String == "10.2")
    let moves = try #require(own[0]["moves"] as? [[String: Any]])
    #expect(moves.map { $0["release"] as? String } == ["10.0", "10.1", "10.0"])
    #expect(moves.map { $0["former"] as? String } == [nil, "10.0", "10.1"])
    #expect(moves.map { $0["isBack"] as? Bool } == [false, false, true])
    let history = try installation.json(["history", "10", "--command", "move-link"])
    let events = try #require(history["events"] as? [[String: Any]])
    #expect(events.map { $0["link"] as? String } == ["10z", "10z", "10z"])
    #expect(events.map { $0["release"] as? String } == ["10.0", "10.1", "10.0"])

    let site = "\(installation.root)/site"
    try installation.succeed(["site", "build", site])
    func page(_ name: String) throws -> String {
      try String(contentsOfFile: "\(site)/epel-10/\(name)", encoding: .utf8)
    }
    let overview = try page("index.html")
    #expect(overview.contains("It is to move to 10.1 now."), "\(overview)")
    #expect(overview.contains("It moves with the release that is current."))
    #expect(overview.contains("UTC back to 10.0, from 10.1</div>"))
    #expect(overview.contains("<small class=\"about\">link <code>10z</code></small>"))
    let package = try page("package/alpha.html")
    #expect(
      package.contains("10.0 <span class=\"state superseded\">superseded</span>")
        && package.contains("<small class=\"about\">link <code>10z</code></small>"), "\(package)")
    let data = try page("stream.json")
    #expect(data.contains("\"isBack\" : true"), "\(data)")

    let log = "\(installation.root)/access_log"
    try Data(
      AccessLogLines.around(
        now: 60, "/pub/epel/10z/Everything/x86_64/repodata/repomd.xml"
      ).utf8
    ).write(to: URL(fileURLWithPath: log))
    let logs = try installation.json(["logs", log, "--major", "10", "--report", "adoption"])
    let adoption = try #require(logs["adoption"] as? [String: Any])
    let flips = try #require(adoption["events"] as? [[String: Any]])
      .filter { $0["kind"] as? String == "flip" }
    #expect(flips.map { $0["link"] as? String } == [nil, "10z", nil, "10z", "10z"])
    let hour = try #require((adoption["hours"] as? [[String: Any]])?.first)
    let shares = try #require(hour["releases"] as? [[String: Any]])
    #expect(shares.map { $0["release"] as? String } == ["10.0"])
    let text = try installation.succeed(["logs", log, "--major", "10", "--report", "adoption"])
    #expect(text.contains("flip of 10z") && text.contains("10.1 by 10z"), "\(text)")
  }

  @Test func `mirrors must have a release before a link of its own leads there`() throws {
    try stream.rewritePolicy {
      $0 + "\nmirrors:\n  modules: [{name: epel, path: /pub/epel}, "
        + "{name: archive, path: /pub/archive}]\n  minimum: 1\n"
        + "  metalink: http://localhost:1/metalink\n"
        + "  names: {clients: ['epel-{kind}{major}'], updates: 'epel-z-{kind}{release}'}\n"
    }
    try refuse(["promote", "10.0", "--link", "10z"], status: 69, "localhost:1")
    #expect(links() == ["10": "10.0"])
    try installation.succeed(
      ["promote", "10.0", "--link", "10z", "--skip-mirrors", "Nobody answers today"])
    #expect(links() == ["10": "10.0", "10z": "10.0"])
    #expect(try installation.succeed(["history"]).contains("Nobody answers today"))
    try refuse(
      ["promote", "10.0", "--link", "10z", "--announcement", "a.txt"], status: 64,
      "leave --announcement out")
  }

  @Test func `a lost ledger finds where each link leads`() throws {
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    try stream.release("10.1")
    let ledger = "\(installation.root)/var/lib/epel-compose/epel-10.sqlite"
    try FileManager.default.removeItem(atPath: ledger)
    try installation.succeed(["status", "10", "--from-disk"])
    let status = try installation.succeed(["status", "10"])
    #expect(!status.contains("the link"), "\(status)")
    try releaseDay()
    try installation.succeed(["check", "10.1"])
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    #expect(links() == ["10": "10.1", "10z": "10.1"])
  }
}
