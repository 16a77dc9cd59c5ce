import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// The area of what waits to become stable, from a compose to the archive.
@Suite(.waiting) struct TestingTests {
  /// EPEL 10 with a testing area: 10.0 with alpha and beta is leading.
  private func stream(
    isLinked: Bool = false, grace: String = "14 days",
    changing: @escaping (String) -> String = { $0 }
  ) throws -> MinorStream {
    let stream = try MinorStream { text in
      changing(TestingArea.added(to: text, isLinked: isLinked)).replacing(
        /grace: .*/, with: "grace: \(grace)")
    }
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name), to: ["10.0"]) }
    try stream.release("10.0")
    return stream
  }

  /// Directory of what is tested.
  private func tested(_ stream: MinorStream) throws -> String {
    let path = stream.installation.scratch.path("tested")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private func test(_ stream: MinorStream, _ more: [String] = []) throws -> [String] {
    ["update", "10.0", "--testing", "--testing-rpms", try tested(stream), "--allow-unsigned"] + more
  }

  private func push(_ stream: MinorStream) throws -> [String] {
    stream.push("10.0", ["--testing-rpms", try tested(stream)])
  }

  /// Source builds, and their RPMs of `name` and `version` where it goes from tested to live.
  private func release(_ build: String, of stream: MinorStream) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: tested(stream))
    where name.hasPrefix(build) {
      try FileManager.default.moveItem(
        atPath: "\(tested(stream))/\(name)", toPath: "\(stream.live("10.0"))/\(name)")
    }
  }

  private func inode(_ stream: MinorStream, _ path: String) throws -> UInt64 {
    var status = Glibc.stat()
    try #require(stat("\(stream.installation.root)/pub/epel/\(path)", &status) == 0, "\(path)")
    return UInt64(status.st_ino)
  }

  private func refuse(
    _ stream: MinorStream, _ arguments: [String], status: Int32 = 2, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try stream.installation.snapshot()
    let outcome = try stream.installation.run(arguments)
    #expect(
      outcome.status == status && (outcome.output + outcome.errors).contains(words),
      "\(outcome.status): \(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    if status == 2 {
      #expect(
        try stream.installation.snapshot() == before, "it has changed something",
        sourceLocation: sourceLocation)
    }
  }

  private func isInTesting(_ stream: MinorStream) throws -> [String] {
    let status = try stream.installation.json(["status", "10"])
    let streams = status["streams"] as? [[String: Any]]
    let releases = streams?.first?["releases"] as? [[String: Any]]
    let testing = releases?.first?["testing"] as? [[String: Any]]
    return (testing ?? []).compactMap { $0["nvr"] as? String }
  }

  @Test(.enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
  func `testers get what is tested beside the release, and others do not`() throws {
    let stream = try stream()
    let (tester, user) = (try DnfClient(), try DnfClient())
    let both = ["epel": stream.url("10"), "testing": stream.url("testing/10.0")]
    func upgrade(_ client: DnfClient, _ repositories: [String: String], _ words: [String]) throws
      -> [String]
    {
      try client.succeed(words, repositories: repositories)
      return try client.installed()
    }
    // Testing is there from the compose on, and empty: no client meets an error.
    #expect(
      try upgrade(tester, both, ["install", "alpha", "beta"]) == ["alpha-1.0-1", "beta-1.0-1"])
    _ = try upgrade(user, ["epel": stream.url("10")], ["install", "alpha", "beta"])
    try RPMSpec("alpha", "2.0", tags: ["Requires: beta"]).build(into: tested(stream))
    try RPMSpec("iota").build(into: tested(stream))
    try stream.installation.expectDryRun(try test(stream, ["--dry-run"]))
    let brought = try stream.installation.succeed(try test(stream))
    #expect(
      brought.contains("Brought testing of 10.0 up to date: 2 builds in, 0 out"), "\(brought)")
    #expect(try isInTesting(stream) == ["alpha-2.0-1", "iota-1.0-1"])
    #expect(try upgrade(tester, both, ["upgrade"]) == ["alpha-2.0-1", "beta-1.0-1"])
    #expect(
      try upgrade(user, ["epel": stream.url("10")], ["upgrade"]) == ["alpha-1.0-1", "beta-1.0-1"])
    // It goes stable: the same file, under a second name.
    let path = "Everything/x86_64/Packages/a/alpha-2.0-1.noarch.rpm"
    let before = try inode(stream, "testing/10.0/\(path)")
    try release("alpha-2.0", of: stream)
    let pushed = try stream.installation.succeed(try push(stream))
    #expect(pushed.contains("Pushed 1 build to 10.0, push 1"), "\(pushed)")
    #expect(pushed.contains(/alpha-2\.0-1 +stable/), "\(pushed)")
    #expect(try inode(stream, "10.0/\(path)") == before)
    #expect(try isInTesting(stream) == ["iota-1.0-1"])
    #expect(try upgrade(user, both, ["upgrade"]) == ["alpha-2.0-1", "beta-1.0-1"])
    #expect(try tester.offered(stream.url("testing/10.0")) == ["iota-0:1.0-1.noarch"])
    // Who has the former metadata still finds the file.
    #expect(try inode(stream, "testing/10.0/\(path)") == before)
    for command in [["verify", "10.0"], ["check", "10.0"], ["check", "10.0", "--testing"]] {
      try stream.installation.succeed(command)
    }
    #expect(try ServedRepositories.problems(below: stream.installation.root + "/pub/epel/10") == [])
  }

  @Test func `builds move without being copied where the pool cannot be linked`() throws {
    let stream = try stream()
    try RPMSpec("alpha", "2.0").build(into: tested(stream))
    // Its mode is not that of trees, so a link would publish it: the first tree has a copy.
    func closed(_ directory: String) throws {
      for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
        chmod("\(directory)/\(name)", 0o640)
      }
    }
    try closed(tested(stream))
    try stream.installation.succeed(try test(stream))
    try release("alpha-2.0", of: stream)
    for name in try FileManager.default.contentsOfDirectory(atPath: stream.live("10.0"))
    where name.hasPrefix("alpha-2.0") {
      // Another file than the one that was tested, with the same contents.
      let path = "\(stream.live("10.0"))/\(name)"
      try Shell.check("cp", ["-p", path, path + ".new"])
      try Shell.check("mv", [path + ".new", path])
    }
    try stream.installation.succeed(try push(stream))
    let path = "Everything/x86_64/Packages/a/alpha-2.0-1.noarch.rpm"
    #expect(try inode(stream, "10.0/\(path)") == inode(stream, "testing/10.0/\(path)"))
  }

  @Test func `a marker in testing is told, and retires nothing yet`() throws {
    let stream = try stream()
    try RPMSpec("beta", "1.0", "2").retired("Use alpha.\n").build(into: tested(stream))
    let brought = try stream.installation.succeed(try test(stream))
    #expect(brought.contains("Retiring: once stable, they leave with the next release"))
    let words =
      "beta-1.0-2 of 10.0, with /usr/share/doc/beta/README-RETIRED.txt: once it is stable"
    #expect(try stream.installation.succeed(["retirement", "10"]).contains(words))
    let shown = try stream.installation.json(["retirement", "10", "beta"])
    #expect((shown["testing"] as? [[String: Any]])?.first?["nvr"] as? String == "beta-1.0-2")
    #expect((shown["packages"] as? [[String: Any]])?.first?["state"] as? String == "live")
    // Another package has nothing in testing.
    let other = try stream.installation.json(["retirement", "10", "alpha"])
    #expect((other["testing"] as? [Any])?.isEmpty == true)
    try release("beta-1.0-2", of: stream)
    try stream.installation.succeed(try push(stream))
    #expect(try stream.installation.succeed(["retirement", "10", "beta"]).contains("retiring"))
  }

  @Test func `what leaves the tag leaves testing, and its files go after the grace time`() throws {
    let stream = try stream(grace: "0 days")
    try RPMSpec("alpha", "2.0").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    for name in try FileManager.default.contentsOfDirectory(atPath: tested(stream)) {
      try FileManager.default.removeItem(atPath: "\(tested(stream))/\(name)")
    }
    try RPMSpec("iota").build(into: tested(stream))
    let left = try stream.installation.succeed(try test(stream))
    #expect(left.contains(/alpha-2\.0-1 +untagged/), "\(left)")
    #expect(try isInTesting(stream) == ["iota-1.0-1"])
    let again = try stream.installation.succeed(try test(stream))
    #expect(again.contains("that no client asks for any more"), "\(again)")
    let file = "testing/10.0/Everything/x86_64/Packages/a/alpha-2.0-1.noarch.rpm"
    #expect(access("\(stream.installation.root)/pub/epel/\(file)", F_OK) != 0)
    #expect(
      try stream.installation.succeed(try test(stream)).contains(
        "Testing of 10.0 is what its tag has: nothing to change."))
    try stream.installation.succeed(["verify", "10.0"])
  }

  @Test func `what is broken in testing stays out, and stands in no push's way`() throws {
    let stream = try stream()
    try RPMSpec("alpha", "2.0", tags: ["Requires: gone"]).build(into: tested(stream))
    try RPMSpec("gone").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    // What it needs leaves testing before it does.
    for name in try FileManager.default.contentsOfDirectory(atPath: tested(stream))
    where name.hasPrefix("gone") {
      try FileManager.default.removeItem(atPath: "\(tested(stream))/\(name)")
    }
    try refuse(stream, try test(stream), "the testing tree would not pass its checks: closure")
    try refuse(stream, try test(stream, ["--dry-run"]), "would not pass its checks: closure")
    // The push is made all the same, and the command says that testing was not.
    try stream.add(RPMSpec("beta", "1.1"), to: ["10.0"])
    let pushed = try stream.installation.run(try push(stream))
    #expect(pushed.status == 1 && pushed.output.contains("Pushed 1 build to 10.0, push 1"))
    #expect(pushed.errors.contains("what users get was pushed"), "\(pushed.errors)")
    try stream.installation.succeed(["check", "10.0"])
    let overridden = try stream.installation.run(
      try test(stream, ["--override-checks", "gone follows"]))
    #expect(overridden.status == 0, "\(overridden.errors)")
    let history = try stream.installation.succeed(["history", "10"])
    #expect(history.contains("checks overridden: gone follows"), "\(history)")
    try stream.installation.succeed(["check", "10.0"])
  }

  @Test func `a damaged testing tree is found, and held builds leave with a withdrawal`() throws {
    let stream = try stream()
    try RPMSpec("alpha", "2.0").build(into: tested(stream))
    try RPMSpec("iota").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    try release("alpha-2.0", of: stream)
    // Stable and withdrawn again: what is held is not tested any more either.
    try stream.installation.succeed(stream.push("10.0", ["--testing-rpms", try tested(stream)]))
    try stream.installation.succeed(
      ["update", "10.0", "--withdraw", "alpha-2.0-1", "--reason", "It eats data"])
    try RPMSpec("alpha", "2.0").build(into: tested(stream))
    let told = try stream.installation.succeed(try test(stream))
    #expect(told.contains("alpha-2.0-1 is in the testing tag, but held"), "\(told)")
    #expect(try isInTesting(stream) == ["iota-1.0-1"])
    let file =
      stream.installation.root
      + "/pub/epel/testing/10.0/Everything/x86_64/Packages/i/iota-1.0-1.noarch.rpm"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    try FileManager.default.removeItem(atPath: file)
    try (bytes + Data("x".utf8)).write(to: URL(fileURLWithPath: file))
    #expect(try stream.installation.run(["verify", "10.0"]).status == 2)
    #expect(try stream.installation.run(["check", "10.0", "--testing"]).status == 2)
    try stream.installation.succeed(["check", "10.0"])
  }

  @Test func `a release that was composed without gets a testing tree by the first update`() throws
  {
    let stream = try MinorStream()
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name), to: ["10.0"]) }
    try stream.release("10.0")
    try stream.installation.expectRefusal(
      ["update", "10.0", "--testing", "--testing-rpms", try tested(stream)], status: 2)
    try stream.rewritePolicy { TestingArea.added(to: $0) }
    try RPMSpec("alpha", "2.0").build(into: tested(stream))
    // Nobody said which builds are tested: nothing is made.
    try stream.installation.succeed(stream.push("10.0"))
    #expect(access(stream.installation.root + "/pub/epel/testing/10.0", F_OK) != 0)
    let dry = try stream.installation.succeed(try test(stream, ["--dry-run"]))
    #expect(dry.contains("testing/10.0 without RPMs"), "\(dry)")
    try stream.installation.succeed(try test(stream))
    #expect(try isInTesting(stream) == ["alpha-2.0-1"])
    let info = try String(
      contentsOfFile: stream.installation.root + "/pub/epel/testing/10.0/.composeinfo",
      encoding: .utf8)
    #expect(info.contains("area = testing\npath = testing/10.0\n"), "\(info)")
    try stream.installation.succeed(["verify", "10.0"])
  }

  @Test func `the link of testers moves with promote, and testing goes where its release goes`()
    throws
  {
    let stream = try stream(
      isLinked: true, grace: "0 days",
      changing: {
        $0.replacing("ends: 2999-12-31 }\n  \"10.1\"", with: "ends: 2020-12-31 }\n  \"10.1\"")
      })
    let link = stream.installation.root + "/pub/epel/testing/10"
    func target() throws -> String {
      try FileManager.default.destinationOfSymbolicLink(atPath: link)
    }
    #expect(try target() == "10.0")
    try RPMSpec("iota").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    try Shell.check("cp", ["-a", stream.live("10.0") + "/.", stream.live("10.1")])
    try stream.installation.succeed(
      ["compose", "10.1", "--rpms", stream.live("10.1"), "--allow-unsigned"])
    try stream.installation.succeed(["publish", "10.1"])
    // Testing of the next release is filled while it soaks: its verdict stands.
    try stream.installation.succeed([
      "update", "10.1", "--testing", "--testing-rpms", tested(stream), "--allow-unsigned",
    ])
    try stream.installation.succeed(["promote", "10.1", "--skip-soak"])
    #expect(try target() == "10.1")
    // What testers of 10.0 may still ask for is there.
    _ = try inode(stream, "testing/10/Everything/x86_64/Packages/i/iota-1.0-1.noarch.rpm")
    try stream.installation.succeed(["rollback", "10"])
    #expect(try target() == "10.0")
    try stream.installation.succeed(["abandon", "10.1"])
    #expect(access(stream.installation.root + "/pub/epel/testing/10.1", F_OK) != 0)
  }

  @Test func `an archived release has its testing tree in the archive, and a restored one back`()
    throws
  {
    let stream = try stream(
      grace: "0 days",
      changing: {
        $0.replacing("ends: 2999-12-31 }\n  \"10.1\"", with: "ends: 2020-12-31 }\n  \"10.1\"")
      })
    try RPMSpec("iota").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    try Shell.check("cp", ["-a", stream.live("10.0") + "/.", stream.live("10.1")])
    try stream.release("10.1")
    try stream.installation.succeed(["archive", "10.0"])
    try stream.installation.succeed(["archive", "10.0", "--remove-original"])
    let archived = stream.installation.root + "/pub/archive/epel/testing/10.0"
    #expect(access(archived + "/.composeinfo", F_OK) == 0)
    #expect(access(stream.installation.root + "/pub/epel/testing/10.0", F_OK) != 0)
    try stream.installation.succeed(["restore", "10.0"])
    #expect(access(stream.installation.root + "/pub/epel/testing/10.0/.composeinfo", F_OK) == 0)
    try refuse(stream, try test(stream), "its maintenance ended on 2020-12-31")
  }

  @Test func `a lost ledger comes back with testing, and nobody gets what was tested`() throws {
    let stream = try stream()
    try RPMSpec("alpha", "2.0").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    let file = stream.installation.root + "/var/lib/epel-compose/epel-10.sqlite"
    try FileManager.default.removeItem(atPath: file)
    try stream.installation.succeed(["status", "10", "--from-disk"])
    #expect(try isInTesting(stream) == ["alpha-2.0-1"])
    try stream.installation.succeed(["check", "10.0"])
    let same = try stream.installation.succeed(try push(stream))
    #expect(same.contains("Nothing is new for 10.0"), "\(same)")
    #expect(try isInTesting(stream) == ["alpha-2.0-1"])
  }

  @Test func `advisories of what is tested say so`() throws {
    let stream = try stream()
    func advise(_ title: String) throws {
      try stream.installation.scratch.write(
        """
        id: TEST-1
        type: security
        title: \(title)
        description: What was wrong is right.
        issued: 2019-04-02 10:00:00
        builds: [alpha-2.0-1]
        """, to: "Policies/advisories/TEST-1.yaml")
    }
    try FileManager.default.createDirectory(
      atPath: stream.installation.scratch.path("Policies/advisories"),
      withIntermediateDirectories: true)
    try stream.rewritePolicy {
      $0.replacing("\ncalendar:", with: "\nadvisories:\n  directory: advisories\n\ncalendar:")
    }
    try advise("alpha is better")
    try RPMSpec("alpha", "2.0").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    func told(_ tree: String) throws -> String {
      let directory = "\(stream.installation.root)/pub/epel/\(tree)/Everything/x86_64/repodata"
      let repomd = try String(contentsOfFile: directory + "/repomd.xml", encoding: .utf8)
      guard let name = repomd.firstMatch(of: /repodata\/([^"]*updateinfo[^"]*)/) else { return "" }
      return try Shell.check("gzip", ["-dc", "\(directory)/\(name.1)"])
    }
    #expect(try told("testing/10.0").contains("status=\"testing\""))
    #expect(try told("10.0") == "")
    // A new text alone is news for testers.
    try advise("alpha is much better")
    try stream.installation.succeed(try test(stream))
    #expect(try told("testing/10.0").contains("alpha is much better"))
    #expect(try stream.installation.succeed(try test(stream)).contains("nothing to change"))
    try release("alpha-2.0", of: stream)
    let pushed = try stream.installation.succeed(try push(stream))
    #expect(pushed.contains("TEST-1"), "users are told now: \(pushed)")
    #expect(try told("10.0").contains("status=\"stable\""))
    #expect(try told("testing/10.0") == "")
  }

  @Test func `mirrors are told of what is tested`() throws {
    let stream = try stream(
      isLinked: true,
      changing: {
        $0.replacing(
          "\ncalendar:",
          with: """

            mirrors:
              modules: [{name: epel, path: /pub/epel}]
              names:
                updates: "epel-{kind}{release}"
                testing: "testing-epel-{kind}{release}"

            calendar:
            """)
      })
    func listed() throws -> [Substring] {
      try String(
        contentsOfFile: stream.installation.root + "/pub/epel/fullfiletimelist-epel",
        encoding: .utf8
      ).split(separator: "\n").filter { $0.contains("testing/10.0/") && $0.contains("iota") }
    }
    #expect(try listed().isEmpty)
    try RPMSpec("iota").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    #expect(try listed().count == 2, "the RPM and its source")
    let status = try stream.installation.succeed(["status", "10"])
    #expect(!status.contains("lists-owed"), "\(status)")
    // The next release soaks. What is tested meanwhile keeps it back no longer; a push does.
    try Shell.check("cp", ["-a", stream.live("10.0") + "/.", stream.live("10.1")])
    try stream.installation.succeed(
      ["compose", "10.1", "--rpms", stream.live("10.1"), "--allow-unsigned"])
    try stream.installation.succeed(["publish", "10.1"])
    try RPMSpec("kappa").build(into: tested(stream))
    try stream.installation.succeed(try test(stream))
    let words = "needs 'mirrors prepare'"
    #expect(try !stream.installation.succeed(["status", "10"]).contains(words))
    try stream.add(RPMSpec("beta", "1.1"), to: ["10.0"])
    try stream.installation.succeed(push(stream))
    #expect(try stream.installation.succeed(["status", "10"]).contains(words))
  }

  @Test func `the hub's testing tag is followed`() throws {
    let scene = try KojiPool.shared().installation(
      policy: { TestingArea.added(to: $0) },
      seed: { seed in
        let clock = seed["clock"] as? Double ?? 0
        var tagged = seed["tagged"] as? [[String: Any]] ?? []
        var packages = seed["packages"] as? [[String: Any]] ?? []
        packages.append(["tag": "epel7-testing", "package": "alpha", "owner": "tibbs"])
        tagged.append(["tag": "epel7-testing", "build": "alpha-2.0-1", "ts": clock + 60])
        seed["tagged"] = tagged
        seed["packages"] = packages
      })
    for command in [
      ["compose", "7.06.201903"], ["publish", "7.06.201903"],
      ["promote", "7.06.201903", "--skip-soak"],
    ] { try scene.installation.succeed(command) }
    let brought = try scene.succeed("update", "7")
    #expect(brought.contains("Brought testing of 7.06.201903 up to date: 1 build in"), "\(brought)")
    // Bodhi moves it.
    try scene.hub.call("untagBuild", ["epel7-testing", "alpha-2.0-1"])
    try scene.hub.call("tagBuild", ["epel7", "alpha-2.0-1"])
    let pushed = try scene.succeed("update", "7")
    #expect(pushed.contains("Pushed 1 build to 7.06.201903"), "\(pushed)")
    #expect(pushed.contains(/alpha-2\.0-1 +stable/), "\(pushed)")
    // A tag that is not there is told by the key that names it; the push is made.
    let file = scene.installation.policies + "/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try Data(text.replacing("testingTag: epel7-testing", with: "testingTag: epel7-none").utf8)
      .write(to: URL(fileURLWithPath: file))
    let missing = try scene.run("update", "7")
    #expect(missing.status != 0 && missing.errors.contains("koji.testingTag"), "\(missing.errors)")
  }

  @Test(arguments: [
    (["--withdraw", "a-1-1", "--reason", "r"], "--testing follows the testing tag"),
    (["alpha-1.0-1"], "--testing follows the testing tag"),
    (["--rpms", "/tmp"], "name what is tested with --testing-rpms"),
    (["--announcement", "/tmp/a"], "--testing announces nothing"),
  ])
  func `options that say nothing beside --testing are refused`(_ more: [String], _ words: String)
    throws
  {
    let stream = try MinorStream()
    let outcome = try stream.installation.run(["update", "10", "--testing"] + more)
    #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
  }
}
