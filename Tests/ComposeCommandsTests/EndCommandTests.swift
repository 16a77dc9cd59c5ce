import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// `end`, as it is called, and what clients and the hub see of it.
@Suite(.waiting) struct EndCommandTests {
  private static let release = "7.06.201903"
  private let installation: Installation

  /// One release is current.
  init() throws {
    installation = try Installation(small: TemporaryDirectory())
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release(Self.release)
  }

  private func policy(_ change: (String) -> String) throws {
    let file = "\(installation.policies)/epel-7.yaml"
    try installation.scratch.write(
      change(String(contentsOfFile: file, encoding: .utf8)), to: "Policies/epel-7.yaml")
  }

  private func refuse(
    _ arguments: [String], status: Int32 = 2, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let errors = try installation.expectRefusal(
      arguments, status: status, sourceLocation: sourceLocation)
    #expect(errors.contains(words), "\(errors)", sourceLocation: sourceLocation)
  }

  @Test func `its screens`() throws {
    try installation.expectScreen(["end", "7", "--dry-run"], matches: "end-dry-run.txt")
    try installation.expectScreen(["end", "7"], matches: "end.txt")
    try installation.expectScreen(["end", "7", "--undo", "-n"], matches: "end-undo-dry-run.txt")
    try installation.expectScreen(["end", "7", "--undo"], matches: "end-undo.txt")
  }

  @Test func `a dry run writes nothing, and says what would be`() throws {
    try installation.expectDryRun(["end", "7", "--dry-run"])
    let report = try installation.json(["end", "7", "--dry-run"])
    #expect((report["end"] as? [String: Any])?["state"] as? String == "ended")
    #expect((report["steps"] as? [String])?.contains { $0.hasPrefix("link updates/7 ->") } == true)
    try installation.expectDryRun(["end", "7", "--on", "2999-01-01", "-n"])
    try installation.succeed(["end", "7"])
    try installation.expectDryRun(["end", "7", "--undo", "-n"])
    let undone = try installation.json(["end", "7", "--undo"])
    #expect(undone["end"] is NSNull && undone["command"] as? String == "undo-end")
  }

  @Test func `status, history and pages tell it, from the day that it is decided`() throws {
    try installation.succeed(["end", "7", "--on", "2999-06-30"])
    let status = try installation.succeed(["status", "7"])
    #expect(
      status.contains("It ends on 2999-06-30: nothing is composed and pushed from that day on."),
      "\(status)")
    let site = installation.scratch.path("site")
    try installation.succeed(["site", "build", site])
    for page in ["index.html", "epel-7/index.html"] {
      let text = try String(contentsOfFile: "\(site)/\(page)", encoding: .utf8)
      #expect(text.contains("EPEL 7 ends on 2999-06-30"), "\(page)")
    }
    #expect(
      try String(contentsOfFile: "\(site)/epel-7/index.html", encoding: .utf8)
        .contains("<th scope=\"row\">end of life</th><td class=\"date\">2999-06-30</td>"))
    let json = try installation.json(["status", "7"])
    let stream = (json["streams"] as? [[String: Any]])?.first
    #expect((stream?["end"] as? [String: Any])?["state"] as? String == "planned")
    let announcement = installation.scratch.path("end.txt")
    try installation.succeed(["end", "7", "--announcement", announcement])
    let text = try String(contentsOfFile: announcement, encoding: .utf8)
    #expect(text.contains("Extra Packages for Enterprise Linux 7: the end of life is "))
    #expect(text.contains("https://dl.fedoraproject.org/pub/archives/epel/updates/7.06.201903"))
    let ended = try installation.succeed(["status", "7"])
    #expect(ended.contains("ended") && ended.contains("and is in the archive"), "\(ended)")
    #expect(try installation.succeed(["history"]).contains("the stream ended on"))
    try refuse(
      ["update", "7", "--rpms", installation.pool, "--allow-unsigned"], "epel-7: it ended on")
    try refuse(
      ["compose", "7.07.201908", "--rpms", installation.pool, "--allow-unsigned"],
      "Take that back with: ")
    try refuse(
      ["plan", "7.07.201908", "--rpms", installation.pool, "--allow-unsigned"], "it ended on")
  }

  @Test func `wrong input is refused`() throws {
    try refuse(["end", "7", "--on", "tomorrow"], status: 64, "is not a day")
    try refuse(["end", "7", "--on", "2020-01-01"], "that day is over")
    try refuse(["end", "7", "--undo", "--remove-original"], status: 64, "exclude each other")
    try refuse(["end", "7", "--undo", "--on", "2999-01-01"], status: 64, "leave them out")
    try refuse(["end", "7", "--skip-mirrors", "x"], status: 64, "an end asks no mirrors")
    try refuse(["end", "7", "--undo"], "nobody has ended it")
    try refuse(["end", "7", "--remove-original"], "it was not ended")
    try refuse(["end", "5"], status: 66, "major version 5")
    try refuse(["end", "7.05.201804"], status: 66, "7.05.201804")
    try refuse(["end", Self.release], "end the whole stream")
    try refuse(["archive", Self.release], "it is current")
  }

  @Test(.enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
  func `old repository files work for the grace time, and then say why not`() throws {
    let archive = try LoopbackServer(serving: "\(installation.root)/pub/archives/epel")
    try policy {
      $0.replacing(
        "archive: https://dl.fedoraproject.org/pub/archives/epel", with: "archive: \(archive.url)")
    }
    try installation.succeed(["end", "7"])
    func serve(_ kind: WebServerProgram.Kind) throws -> WebServerProgram {
      let state = "\(installation.root)/var/lib/epel-compose/redirects"
      // Servers give up the rights of root.
      try Shell.check("chmod", ["-R", "a+rX", installation.scratch.path])
      let none = try installation.scratch.write("", to: "nothing.conf")
      let file = "\(state)/epel-7-\(kind.rawValue).conf"
      return try WebServerProgram(
        kind, serving: installation.root, including: kind == .apache ? file : none,
        server: "include \(file);")
    }
    let path = "/pub/epel/updates/7/Everything/x86_64"
    for kind in WebServerProgram.Kind.allCases where kind.isAvailable {
      let server = try serve(kind)
      let client = try DnfClient()
      try client.succeed(
        ["install", "alpha"], repositories: ["t": "http://127.0.0.1:\(server.port)\(path)"])
      #expect(try client.installed() == ["alpha-1.0-1"])
      let answer = try server.get("\(path)/repodata/repomd.xml")
      #expect(
        answer.status == 302
          && answer.location == "\(archive.url)/updates/7/Everything/x86_64/repodata/repomd.xml",
        "\(kind): \(answer)")
    }
    // Mirrors that have neither see the original.
    try DnfClient().succeed(
      ["install", "alpha"], repositories: ["t": "file://\(installation.root)\(path)"])
    try refuse(["end", "7", "--remove-original"], "its grace time of 60 days is not over")
    try policy { $0.replacing("endGrace: 60 days", with: "endGrace: 0 days") }
    #expect(try installation.succeed(["status", "7"]).contains("end 7 --remove-original"))
    try installation.succeed(["end", "7", "--remove-original"])
    for kind in WebServerProgram.Kind.allCases where kind.isAvailable {
      let server = try serve(kind)
      for old in [path, "/pub/epel/releases/7", "/pub/epel/updates/7.06.201903/Everything"] {
        let answer = try server.get("\(old)/repodata/repomd.xml")
        #expect(
          answer.status == 410 && answer.body.contains("Linux 7 ended on ")
            && answer.body.contains("are in the archive: \(archive.url)/"), "\(kind): \(answer)")
      }
      #expect(try server.get("/pub/epel/updates/70/x").status == 404)
      let outcome = try DnfClient().run(
        ["install", "alpha"], repositories: ["t": "http://127.0.0.1:\(server.port)\(path)"],
        options: ["--setopt=t.skip_if_unavailable=0"])
      let words = outcome.output + outcome.errors
      #expect(outcome.status != 0 && words.contains("Cannot download repomd.xml"), "\(words)")
      let text = try server.get("/pub/epel/epel-7.ended.txt")
      #expect(text.status == 200 && text.body.contains("They are no longer at the paths"))
    }
    // Whoever names the archive gets the last packages.
    try DnfClient().succeed(
      ["install", "alpha"], repositories: ["t": "\(archive.url)/updates/7/Everything/x86_64"])
    try refuse(["end", "7", "--undo"], "that cannot be taken back any more")
    #expect(try installation.succeed(["status", "7"]).contains("is in the archive alone"))
    try installation.succeed(["archive", "verify", "7"])
  }

  @Test func `tags of the hub are locked, and only those that were open are opened again`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", Self.release)
    try scene.succeed("publish", Self.release)
    try scene.succeed("promote", Self.release, "--skip-soak")
    let compose = KojiInstallation.composeTag
    #expect(try scene.hub.isLocked("epel7") == false && scene.hub.isLocked(compose) == true)
    let preview = try scene.succeed("end", "7", "-n")
    #expect(preview.contains("lock the tag epel7 in the hub"), "\(preview)")
    #expect(!preview.contains("lock the tag \(compose) in the hub"), "\(preview)")
    #expect(try scene.hub.isLocked("epel7") == false)
    try scene.succeed("end", "7")
    #expect(try scene.hub.isLocked("epel7") == true && scene.hub.isLocked(compose) == true)
    let refused = try scene.run("update", "7")
    #expect(refused.status == 2 && refused.errors.contains("it ended on"), "\(refused.errors)")
    try scene.succeed("end", "7", "--undo")
    #expect(try scene.hub.isLocked("epel7") == false, "it was open before")
    #expect(try scene.hub.isLocked(compose) == true, "the compose had locked it")
    try scene.succeed("update", "7")
  }

  @Test func `whatever becomes of its calls, the hub is asked what is so`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", Self.release)
    try scene.succeed("publish", Self.release)
    try scene.succeed("promote", Self.release, "--skip-soak")
    // An account that may not: nothing has ended.
    try KojiInstallation.configure(scene.scratch, scene.hub, user: "nobody")
    let outcome = try scene.run("end", "7")
    #expect(outcome.status == 77 && outcome.errors.contains("may not tag"), "\(outcome.errors)")
    #expect(try !scene.succeed("status", "7").contains("ended on"))
    try KojiInstallation.configure(scene.scratch, scene.hub, user: "releng")
    // Killed again and again, until the tag is locked and the end has not begun.
    var locked = false
    for call in 1...30 where !locked {
      _ = try scene.installation.run(["end", "7"], fault: "kill:\(call)")
      locked = try scene.hub.isLocked("epel7") == true
    }
    #expect(locked)
    #expect(try !scene.succeed("status", "7").contains("ended on"))
    try scene.succeed("end", "7", "--undo")
    #expect(try scene.hub.isLocked("epel7") == false, "what an end that came to nothing left")
    // Replies that get lost.
    try scene.hub.arm("reset-after", method: "editTag2")
    try scene.succeed("end", "7")
    #expect(try scene.hub.isLocked("epel7") == true)
    try scene.hub.arm("reset-after", method: "editTag2")
    try scene.succeed("end", "7", "--undo")
    #expect(try scene.hub.isLocked("epel7") == false)
  }

  @Test func `a minor release ends, and the others go on`() throws {
    let stream = try MinorStream()
    try stream.add(RPMSpec("alpha"), to: ["10.0", "10.1"])
    try stream.release("10.0")
    try stream.release("10.1")
    try stream.installation.succeed(["end", "10.0"])
    let status = try stream.installation.succeed(["status", "10"])
    #expect(status.contains("ended on"), "\(status)")
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.0", "10.1"])
    let refused = try stream.installation.run(stream.push("10.0"))
    #expect(
      refused.status == 2 && refused.errors.contains("release 10.0: it ended on"),
      "\(refused.errors)")
    try stream.installation.succeed(stream.push("10.1"))
    try stream.installation.succeed(["end", "10.0", "--undo"])
    try stream.installation.succeed(stream.push("10.0"))
    try stream.installation.succeed(["end", "10.0", "--on", "2999-02-01"])
    let whole = try stream.installation.run(["end", "10"])
    #expect(
      whole.status == 2 && whole.errors.contains("10.0 is maintained, and gets pushes"),
      "\(whole.errors)")
  }
}
