import ComposePolicy
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// `policy new`: what it writes, what it asks, and what it refuses.
@Suite(.waiting) struct PolicyNewTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func run(_ arguments: [String]) throws -> Shell.Outcome {
    try Shell.run(
      Installation.program, ["policy", "new"] + arguments,
      environment: ["HOME": directory.path, "COLUMNS": "100"], directory: directory.url)
  }

  @Test(arguments: [
    ("storage9s-ceph-reef", "centos-sig"), ("rocky-extras-9", "rocky"),
    ("alma-extras-8", "almalinux"), ("extras-10", "rhel"), ("tools-9", "in-house"),
  ])
  func `what is proposed for each distribution is a valid policy`(
    stream: String, distribution: String
  ) throws {
    let outcome = try run([stream, "--distribution", distribution])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let file = directory.path("\(stream).yaml")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try Golden.expect(text, matches: "policy-new-\(distribution).yaml")
    let check = try Shell.run(Installation.program, ["policy", "check", file])
    #expect(check.status == 0, "\(check.output)")
    let policy = try Policy(file: file)
    #expect(policy.stream == stream)
    // What everybody who has the distribution can read is there; the rest is only shown.
    #expect(policy.gate.base.isEmpty == (distribution == "rhel" || distribution == "in-house"))
    #expect((policy.koji == nil) == (distribution != "centos-sig"))
  }

  @Test func `what stands there as a comment is valid once it is none`() throws {
    let outcome = try run(["tools-9", "--dry-run"])
    #expect(outcome.status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    // A comment that was meant as one begins with a capital letter, or explains a key.
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    let uncommented = lines.map { line in
      line.wholeMatch(of: /# ( *(- )?("[0-9.]+"|[a-zA-Z]+): ?.*)/).map { String($0.output.1) }
        ?? String(line)
    }
    let text = uncommented.joined(separator: "\n").replacing("YYYY-MM-DD", with: "2025-05-20")
    let policy = try Policy(text: text, file: "uncommented.yaml")
    #expect(policy.koji?.liveTag.description == "tools-9-release")
    #expect(policy.urls.public == "https://packages.example.org/tools-9/pub")
    #expect(policy.gate.base.map(\.id) == ["baseos", "appstream", "crb"])
    #expect(policy.calendar.map(\.isPlanned) == [false, true])
    #expect(policy.site.url == "https://packages.example.org/tools-9/site")
    #expect(policy.site.links.map(\.label) == ["Sources", "Bugs"])
  }

  @Test(arguments: [
    ("kz-7", "centos-sig"), ("kz-7", "rocky"), ("kz-7", "almalinux"),
  ])
  func `a distribution that there never was has no policy`(
    stream: String, distribution: String
  ) throws {
    let outcome = try run([stream, "--distribution", distribution, "--yes"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("--major '7': there was no "), "\(outcome.errors)")
    #expect(outcome.errors.contains("its first major version is 8"), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    // Of the number in the name, an option decides.
    #expect(
      try run([stream, "--distribution", distribution, "--major", "9", "--yes"]).status == 0)
  }

  @Test(arguments: [
    ("kz-8", "centos-sig", true), ("kz-8", "rocky", false), ("kz-8", "almalinux", false),
    ("kz-10", "centos-sig", false), ("kz-10", "rocky", false), ("kz-11", "almalinux", true),
  ])
  func `only repositories that servers have are named`(
    stream: String, distribution: String, isComment: Bool
  ) throws {
    #expect(try run([stream, "--distribution", distribution, "--yes"]).status == 0)
    let policy = try Policy(file: directory.path("\(stream).yaml"))
    #expect(policy.gate.base.isEmpty == isComment)
  }

  @Test func `who has no room is told before any question`() throws {
    try directory.write(
      String(contentsOfFile: "\(Fixtures.policies)/epel-9.yaml", encoding: .utf8),
      to: "epel-9.yaml")
    let named = try PseudoTerminal.run(["policy", "new", "tools-9"], answering: [], in: directory)
    #expect(named.status == 2)
    #expect(named.output.contains("has the major version 9 as well"), "\(named.output)")
    #expect(!named.output.contains("]: "), "\(named.output)")
    // Where the name does not tell, right after what does.
    let asked = try PseudoTerminal.run(
      ["policy", "new", "tools"], answering: [("]: ", ""), ("Enterprise Linux: ", "9")],
      in: directory)
    #expect(asked.status == 2)
    #expect(asked.output.contains("has the major version 9 as well"), "\(asked.output)")
    #expect(!asked.output.contains("What people call it"), "\(asked.output)")
  }

  @Test func `options decide, and hostile words stay words`() throws {
    let outcome = try run([
      "x-9", "--title", "It's: #1 \"best\" \\o/ {x} é", "--arches", "x86_64, s390x", "--layout",
      "releases-and-updates", "--directory", "/data/x", "--url", "https://example.org/x", "--key",
      "keys/x.asc", "--koji", "https://koji.example.org/kojihub", "--live-tag", "x9-stable",
      "--output", "here.yaml",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let policy = try Policy(file: directory.path("here.yaml"))
    #expect(policy.title == "It's: #1 \"best\" \\o/ {x} é")
    #expect(policy.arches.map(\.name) == ["s390x", "x86_64"])
    #expect(policy.roots.public == "/data/x/pub")
    #expect(policy.urls.archive == "https://example.org/x/archive")
    #expect(policy.gate.signing.keyFiles == ["keys/x.asc"])
    #expect(policy.koji?.topdir == "https://koji.example.org/kojifiles")
    #expect(policy.koji?.liveTag.description == "x9-stable")
    #expect(
      policy.links.map { "\($0.path) -> \($0.target)" }
        == ["releases/9 -> ../updates/9", "updates/9 -> {release}"])
    #expect(outcome.output.contains("epel-compose policy check here.yaml"))
    #expect(outcome.output.contains("plan 9.01."))
  }

  @Test func `a release can be cut by it`() throws {
    let pool = directory.path("pool")
    try RPMSpec("alpha").build(into: pool)
    try FileManager.default.copyItem(
      atPath: "\(Fixtures.checkout)/Templates", toPath: directory.path("Templates"))
    try directory.write("", to: "Policies/empty")
    let outcome = try run(["tools-9", "--key", "none", "--policies", "Policies"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let compose = try Shell.run(
      Installation.program,
      [
        "compose", "9.1", "--rpms", pool, "--allow-unsigned", "--root", "root", "--no-progress",
      ], environment: ["HOME": directory.path], directory: directory.url)
    #expect(compose.status == 0, "\(compose.errors)")
    #expect(
      FileManager.default.fileExists(atPath: directory.path("root/srv/tools-9/staging/9.1")))
  }

  @Test func `at a terminal it asks for what no option says, until it is right`() throws {
    let outcome = try PseudoTerminal.run(
      ["policy", "new", "extras", "--title", "My extras", "--color", "never"],
      answering: [
        ("in-house]: ", "rokcy"), ("in-house]: ", "rocky"), ("Enterprise Linux: ", ""),
        ("Enterprise Linux: ", "nine"), ("Enterprise Linux: ", "9"), ("x86_64]: ", "x86_64"),
        ("one-tree]: ", ""), ("/srv/extras]: ", "srv"), ("/srv/extras]: ", "/srv/x"),
        ("none]: ", ""), ("KEY-extras]: ", "none"), ("none]: ", ""),
      ], in: directory)
    #expect(outcome.status == 0, "\(outcome.output)")
    try Golden.expect(outcome.output, matches: "policy-new-questions.txt")
    let policy = try Policy(file: directory.path("extras.yaml"))
    #expect(policy.title == "My extras" && policy.major == 9)
    #expect(policy.arches.map(\.name) == ["x86_64"])
    #expect(policy.roots.public == "/srv/x/pub")
  }

  @Test func `who leaves a question open gets no file`() throws {
    let outcome = try PseudoTerminal.run(
      ["policy", "new", "extras-9"], answering: [("in-house]: ", "EOF")], in: directory)
    #expect(outcome.status == 2, "\(outcome.output)")
    #expect(outcome.output.contains("a question was not answered; nothing was written"))
    #expect(!FileManager.default.fileExists(atPath: directory.path("extras-9.yaml")))
  }

  @Test func `it replaces nothing, and hides no other policy`() throws {
    try directory.write("mine", to: "tools-9.yaml")
    let taken = try run(["tools-9"])
    #expect(taken.status == 73)
    #expect(taken.errors.contains("tools-9.yaml: it is there already"), "\(taken.errors)")
    #expect(
      try String(contentsOfFile: directory.path("tools-9.yaml"), encoding: .utf8) == "mine")
    try directory.write(
      String(contentsOfFile: "\(Fixtures.policies)/epel-9.yaml", encoding: .utf8),
      to: "etc/epel-9.yaml")
    let second = try run(["tools-9", "--output", "etc/tools-9.yaml"])
    #expect(second.status == 2)
    #expect(second.errors.contains("etc/epel-9.yaml has the major version 9 as well"))
    #expect(!FileManager.default.fileExists(atPath: directory.path("etc/tools-9.yaml")))
    // Its dates are right for others of the major version, in another directory.
    try directory.write("", to: "mine/empty")
    let third = try run(["tools-9", "--output", "mine/tools-9.yaml", "--policies", "etc"])
    #expect(third.status == 0, "\(third.errors)")
    let calendar = try Policy(file: directory.path("mine/tools-9.yaml")).calendar
    #expect(try calendar == Policy(file: directory.path("etc/epel-9.yaml")).calendar)
    #expect(third.output.contains("plan 9.8 --rpms DIR --policies mine"), "\(third.output)")
  }

  @Test(arguments: [
    (["extras"], 64, "--major: it is not given"),
    (["extras-9", "--major", "0"], 64, "--major '0'"),
    (["../extras-9"], 64, "cannot name a ledger file"), (["extras\n-9"], 64, "control characters"),
    (["extras-9", "--arches", "x86_64,noarch"], 64, "--arches 'x86_64,noarch'"),
    (["extras-9", "--arches", ","], 64, "--arches ','"),
    (["extras-9", "--title", "a\nstream: b"], 64, "control characters"),
    (["extras-9", "--directory", "srv"], 64, "--directory 'srv'"),
    (["extras-9", "--url", "ftp://x"], 64, "--url 'ftp://x'"),
    (["extras-9", "--key", "../k"], 64, "--key '../k'"),
    (["extras-9", "--koji", "koji"], 64, "--koji 'koji'"),
    (["extras-9", "--live-tag", "x"], 64, "there is no hub"),
    (["extras-9", "--koji", "https://k/kojihub", "--live-tag", "a b"], 64, "name of a tag"),
    (["extras-9", "--distribution", "rokcy"], 64, "rokcy"),
    (["extras-9", "--title", ""], 64, "The value of --title is empty"),
    (["extras-9", "--output", "none/x.yaml"], 73, "its directory is not there"),
  ])
  func `wrong input is named, and nothing is written`(
    arguments: [String], status: Int32, words: String
  ) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }

  @Test func `its JSON has the text`() throws {
    let outcome = try run(["tools-9", "--dry-run", "--format", "json"])
    let printed = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(printed["stream"] as? String == "tools-9")
    #expect(printed["dryRun"] as? Bool == true)
    let text = try #require(printed["policy"] as? String)
    #expect(try Policy(text: text, file: "policy").major == 9)
    let documented = try DocumentationPage("Docs/JSON.md").codeSpans
    for key in printed.keys {
      #expect(documented.contains(key) || documented.contains(key + "[]"), "\(key)")
    }
  }
}
