import ComposePolicy
import ReleaseModel
import Testing

/// The key `mirrors`: what it means, and each mistake in it.
@Suite struct MirrorPolicyTests {
  static let full = """
    mirrors:
      modules:
        - {name: epel, path: /pub/epel}
        - {name: archives, path: /pub/archives, scan: trees}
      feed: true
      names:
        clients: ["epel-{kind}{major}", epel-testing-like]
        updates: "epel-{kind}{release}"
        releases: "epel-release-{kind}{release}"
      metalink: https://mirrors.example.org/metalink
      minimum: 20
    """

  private func policy(_ mirrors: String) throws -> Policy {
    try Policy(text: "\(PolicyRefusalTests.valid)\n\(mirrors)", file: "p.yaml")
  }

  @Test func `without the key nothing is written for mirrors`() throws {
    let policy = try Policy(text: PolicyRefusalTests.valid, file: "p.yaml")
    #expect(policy.mirrors == nil)
    #expect(try !policy.yaml().contains("mirrors"))
  }

  @Test func `defaults are filled in, and what is shown is the same policy`() throws {
    let least = try policy("mirrors: {modules: [{name: epel, path: /pub/epel}]}")
    let mirrors = try #require(least.mirrors)
    #expect(mirrors.lock == "/var/lib/epel-compose/lists.lock")
    #expect(mirrors.patience.seconds == 600)
    #expect(!mirrors.feed && mirrors.minimum == 0 && mirrors.metalink == nil)
    #expect(mirrors.modules.map(\.scan) == [.whole])
    #expect(mirrors.manager.directory == "pub/epel")
    #expect(mirrors.manager.archive == "pub/archives/epel")
    #expect(mirrors.manager.files == "/srv/pub/epel")
    for policy in [least, try policy(Self.full)] {
      #expect(try Policy(text: policy.yaml(), file: "shown") == policy)
    }
  }

  @Test func `names are filled for each kind of repository`() throws {
    let names = try #require(try policy(Self.full).mirrors).names
    let release = try ReleaseID("7.07.201908")
    #expect(
      names.clients(of: .binary, major: 7).map(\.name.description) == [
        "epel-7", "epel-testing-like",
      ])
    #expect(names.clients(of: .debug, major: 7).map(\.name.description) == ["epel-debug-7"])
    #expect(
      names.name(of: release, in: .updates, kind: .source)?.description
        == "epel-source-7.07.201908")
    #expect(
      names.name(of: release, in: .releases, kind: .binary)?.description
        == "epel-release-7.07.201908")
  }

  /// Two links, of which one has moments of its own, and a constant one through it.
  private static let minors = PolicyRefusalTests.valid.replacing(
    "  releases/7: ../updates/7\n",
    with: "  releases/7: ../updates/7\n  updates/7z: {target: \"{release}\", leads: released}\n"
      + "  7z: updates/7z\n")

  @Test func `a client name goes with the link that it names`() throws {
    let text =
      Self.minors + """

        mirrors:
          modules: [{name: epel, path: /pub/epel}]
          names:
            clients:
              - "epel-{kind}{major}"
              - {name: "epel-z-{kind}{major}", link: 7z}
              - {name: "epel-x-{major}"}
        """
    let policy = try Policy(text: text, file: "p.yaml")
    let names = try #require(policy.mirrors).names.clients(of: .binary, major: 7)
    #expect(names.map(\.name.description) == ["epel-7", "epel-z-7", "epel-x-7"])
    #expect(
      names.map { policy.ownMover(of: $0.link)?.description } == [nil, "updates/7z", nil])
    #expect(policy.ownMover(of: RelativePath("updates/7")) == nil)
    #expect(try Policy(text: policy.yaml(), file: "shown") == policy)
    #expect(try policy.yaml().contains("clients: ["))
  }

  @Test func `the next moment of a link is a day of the calendar`() throws {
    let policy = try Policy(
      text: Self.minors + """

        calendar:
          "7.6": 2018-10-30
          "7.7": 2019-08-06
          "7.8": {date: 2019-08-07, planned: true}
        """, file: "p.yaml")
    func next(_ rule: Policy.LinkRule, after due: String?, on day: String) throws -> String? {
      policy.nextMoment(
        of: rule, after: try due.map { try ReleaseID($0) },
        on: try #require(CalendarDate(day)))?.minorRelease.description
    }
    #expect(try next(.released, after: "7.06.201811", on: "2019-08-05") == "7.7")
    // A planned day has not come, even where it is over; and one that has come is no moment.
    #expect(try next(.released, after: "7.06.201811", on: "2019-08-06") == "7.8")
    #expect(try next(.released, after: "7.07.201908", on: "2020-01-01") == "7.8")
    #expect(try next(.released, after: "7.08.202004", on: "2020-01-01") == nil)
    #expect(try next(.released, after: nil, on: "2018-01-01") == "7.6")
    #expect(try next(.maintained, after: nil, on: "2018-01-01") == nil)
  }

  @Test(arguments: [
    ("mirrors: {modules: [{name: epel, path: /pub/epel}]}", ["archive-in-no-module"]),
    (
      "mirrors: {modules: [{name: fedora-buffet, path: /pub}]}", ["module-name"]
    ),
    (
      "mirrors: {modules: [{name: pub, path: /pub}], manager: {archive: pub/archives/fedora}}",
      ["archive-not-found"]
    ),
    ("mirrors: {modules: [{name: pub, path: /pub}], lock: /pub/lists.lock}", ["lock-in-module"]),
    ("mirrors: {modules: [{name: pub, path: /pub}], lock: /pub.lock}", []),
    ("mirrors: {modules: [{name: pub, path: /pub}]}", []),
  ])
  func `what is odd is warned of`(mirrors: String, codes: [String]) throws {
    let concerns = try policy(mirrors).concerns.map(\.code)
    #expect(
      concerns.filter { $0 != "no-signing-keys" && $0 != "no-base" && $0 != "no-calendar" } == codes
    )
  }

  static let refusals: [(String, [String])] = [
    ("mirrors: {}", ["'mirrors.modules' is missing"]),
    ("mirrors: {modules: []}", ["no module of 'mirrors.modules' is or holds"]),
    ("mirrors: {modules: [{path: /pub/epel}]}", ["'mirrors.modules.name' is missing"]),
    ("mirrors: {modules: [{name: epel}]}", ["'mirrors.modules.path' is missing"]),
    ("mirrors: {modules: [{name: a/b, path: /pub}]}", ["cannot be the name of a module"]),
    ("mirrors: {modules: [{name: a, path: pub}]}", ["not a plain absolute directory"]),
    (
      "mirrors: {modules: [{name: a, path: /pub/epel}, {name: a, path: /pub/archives}]}",
      ["two modules are called 'a'"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub/archives}, {name: b, path: /pub}]}",
      ["lie one inside the other"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}, {name: b, path: /srv}]}",
      ["holds neither 'roots.public' nor 'roots.archive'"]
    ),
    ("mirrors: {modules: [{name: a, path: /pub/archives}]}", ["is or holds 'roots.public'"]),
    (
      "mirrors: {modules: [{name: epel, path: /pub/epel, scan: tree}]}", ["did you mean 'trees'"]
    ),
    ("mirrors: {modules: [{name: a, path: /pub}], feed: yes}", ["true or false"]),
    ("mirrors: {modules: [{name: a, path: /pub}], patience: long}", ["not a time to wait"]),
    ("mirrors: {modules: [{name: a, path: /pub}], lock: x}", ["absolute"]),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {updates: \"epel-{kind}7\"}}",
      ["lacks '{release}'"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {releases: \"epel-{release}\"}}",
      ["lacks '{kind}'"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {clients: [\"epel-{release}\"]}}",
      ["'{release}' has no value here", "{kind}"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {clients: [\"epel 7\"]}}",
      ["cannot be the name of a repository"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {clients: [a, b, a]}}",
      ["client name 'a' is there twice"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {clients: [{name: a, link: 7z}]}}",
      ["the client name 'a' goes with '7z', which is no link", "releases/7, updates/7"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {clients: [{link: updates/7}]}}",
      ["'mirrors.names.clients.name' is missing"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], "
        + "names: {clients: [a, {name: a, link: updates/7}]}}",
      ["client name 'a' is there twice"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {clients: [{name: a, links: 7}]}}",
      ["unknown key 'links' in 'mirrors.names.clients'"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {updates: \"e-{kind}{release}\", "
        + "releases: \"e-{kind}{release}\"}}",
      ["both areas have the repository name"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], names: {updates: \"e-{kind}{release}\", "
        + "testing: \"e-{kind}{release}\"}}",
      ["both areas have the repository name"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], metalink: \"https://m/metalink?repo=x\"}",
      ["without a query"]
    ),
    ("mirrors: {modules: [{name: a, path: /pub}], minimum: 3}", ["needs 'mirrors.metalink'"]),
    ("mirrors: {modules: [{name: a, path: /pub}], minimum: -3}", ["number from 0"]),
    (
      "mirrors: {modules: [{name: a, path: /pub}], manager: {directory: /pub/epel}}",
      ["cannot be a directory of MirrorManager"]
    ),
    (
      "mirrors: {modules: [{name: a, path: /pub}], manager: {product: \"a'b\"}}",
      ["cannot be a product"]
    ),
  ]

  @Test(arguments: refusals)
  func `a mistake is refused with its line and a remedy`(mirrors: String, words: [String]) {
    let error = #expect(throws: ComposeError.self) { try policy(mirrors) }
    #expect(error?.kind == .badData)
    #expect(error?.thing == "p.yaml:17")
    for words in words {
      #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
    }
  }

  @Test func `a client name cannot go with a link to another area`() throws {
    let text = PolicyRefusalTests.valid.replacing("../updates/7", with: "\"{release}\"")
    let error = #expect(throws: ComposeError.self) {
      try Policy(
        text: "\(text)\nmirrors: {modules: [{name: epel, path: /pub/epel}], "
          + "names: {clients: [{name: a, link: releases/7}]}}", file: "p.yaml")
    }
    #expect(error?.cause.contains("goes with 'releases/7', which leads to releases") == true)
  }

  @Test func `a module that holds the state is refused`() throws {
    let text = PolicyRefusalTests.valid.replacing("/var/lib/epel-compose", with: "/pub/state")
    let error = #expect(throws: ComposeError.self) {
      try Policy(
        text: "\(text)\nmirrors: {modules: [{name: pub, path: /pub}]}", file: "p.yaml")
    }
    #expect(error?.cause.contains("holds 'roots.state'") == true)
  }
}
