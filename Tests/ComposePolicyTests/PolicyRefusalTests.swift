import ComposePolicy
import ReleaseModel
import Testing

/// Each case changes one thing of a valid policy and names file, line, cause
/// and remedy of the refusal.
@Suite struct PolicyRefusalTests {
  static let valid = """
    stream: test-7
    major: 7
    title: Test
    release: {minorDigits: 2, month: required}
    roots:
      public: /pub/epel
      staging: /pub/alt/epel
      archive: /pub/archives/epel
      state: /var/lib/epel-compose
    areas:
      releases: {path: "releases/{release}"}
      updates: {path: "updates/{release}", begins: release}
    links:
      releases/7: ../updates/7
      updates/7: "{release}"
    arches: [x86_64]
    """

  @Test func `the policy that the cases change is valid`() throws {
    #expect(try Policy(text: Self.valid, file: "p.yaml").stream == "test-7")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let line: Int?
    let words: [String]

    var testDescription: String { new.isEmpty ? "without \(old)" : new }

    init(_ old: String, _ new: String, line: Int?, _ words: String...) {
      self.old = old
      self.new = new
      self.line = line
      self.words = words
    }
  }

  static let cases = [
    Case(
      "arches: [x86_64]", "arches: [x86_64]\ngate: {vanish: 3}", line: 17, "'3' is not a share",
      "'1 %'"),
    Case("arches: [x86_64]", "arches: [x86_64]\ngate: {vanish: 101 %}", line: 17, "not a share"),
    Case("arches: [x86_64]", "arches: [x86_64]\ngate: {vanish: 1.234 %}", line: 17, "not a share"),
    Case("arches: [x86_64]", "arches: [x86_64]\ngate: {vanished: 1 %}", line: 17, "'vanish'"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\ndroppedArches: {x86_64: \"7.7\"}", line: 17,
      "in 'arches' as well"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\ndroppedArches: {ppc64: \"8.1\"}", line: 17,
      "not a minor release of 7"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\ndroppedArches: {src: \"7.7\"}", line: 17,
      "not an architecture"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\nchecks: {closure: refus}", line: 17,
      "did you mean 'refuse'"),
    Case("arches: [x86_64]", "arches: [x86_64]\nchecks: {closur: warn}", line: 17, "'closure'"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\nbase: [{id: a, path: x, url: \"https://h/x\"}]",
      line: 17,
      "both 'path' and 'url'"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\nbase: [{id: a, path: x}, {id: a, path: y}]", line: 17,
      "two base repositories"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\nbase: [{id: a, url: \"ftp://h/x\"}]", line: 17,
      "not the URL of a repository"),
    Case(
      "arches: [x86_64]",
      "arches: [x86_64]\nwaivers: [{check: closure, package: a, reason: r, until: \"8.1\"}]",
      line: 17, "not a minor release of 7"),
    Case(
      "arches: [x86_64]",
      "arches: [x86_64]\nwaivers: [{check: closure, package: a, until: \"7.1\"}]", line: 17,
      "'waivers.reason' is missing"),
    Case(
      "arches: [x86_64]",
      "arches: [x86_64]\nwaivers: [{check: closure, package: a, arch: s390x, reason: r, until: \"7.1\"}]",
      line: 17, "'s390x' is not one of 'arches'"),
    Case(
      "arches: [x86_64]",
      "arches: [x86_64]\nwaivers: [{check: closure, package: a, arch: x86_64, reason: r, until: \"7.1\"}, "
        + "{check: closure, package: a, arch: x86_64, reason: s, until: \"7.2\"}]",
      line: 17, "two waivers of 'closure' for 'a' on x86_64"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\nrehearsal: {install: [\"--evil\"]}", line: 17,
      "not the name of a package"),
    Case(
      "arches: [x86_64]", "arches: [x86_64]\nmetadata: {compression: zstd}", line: 17,
      "do not read zstd"),
    Case("arches: [x86_64]", "archs: [x86_64]", line: 16, "unknown key 'archs'", "'arches'"),
    Case("  staging:", "  stagging:", line: 7, "unknown key 'stagging' in 'roots'", "'staging'"),
    Case("title: Test", "title: Test\ntitle: Again", line: 4, "'title' is there twice"),
    Case("title: Test\n", "", line: 1, "'title' is missing"),
    Case("major: 7", "major: seven", line: 2, "number from 1 to 999"),
    Case("month: required", "month: requird", line: 4, "did you mean 'required'"),
    Case("begins: release", "begins: empty", line: 14, "begin empty", "not a complete repository"),
    Case("../updates/7", "/pub/epel/updates/7", line: 14, "dangles on mirrors"),
    Case("../updates/7", "../../updates/7", line: 14, "leads out of the public root"),
    Case("../updates/7", "../updates/8", line: 14, "not a tree of this policy"),
    Case("../updates/7", "../releases/7", line: 14, "leads back to itself"),
    Case("updates/7: \"{release}\"", "updates/7: 7.06.201903", line: 14, "no link has '{release}'"),
    Case("\"updates/{release}\"", "\"updates/{relase}\"", line: 12, "'{relase}'", "'{release}'"),
    Case("\"updates/{release}\"", "\"updates/../{release}\"", line: 12, "out of its directory"),
    Case("\"updates/{release}\"", "\"updates/now\"", line: 12, "lacks '{release}'"),
    Case("\"updates/{release}\"", "\"releases/{release}\"", line: 11, "both areas have the path"),
    Case(
      "begins: release}", "begins: release}\n  testing: {path: \"updates/{release}/t\"}",
      line: 11,
      "lie within each other"),
    Case("\"updates/{release}\"", "\"updates/{arch}{release}\"", line: 12, "'{arch}' has no value"),
    Case("/pub/alt/epel", "pub/alt/epel", line: 7, "not a plain absolute directory"),
    Case("/pub/alt/epel", "/pub/../etc", line: 7, "not a plain absolute directory"),
    Case("/pub/alt/epel", "/pub/epel/alt", line: 7, "lies within '/pub/epel'"),
    Case("[x86_64]", "[x86_64, x86_64]", line: 16, "there twice"),
    Case("[x86_64]", "[noarch]", line: 16, "repository of its own"),
    Case("[x86_64]", "[]", line: 16, "'arches' is empty"),
    Case("[x86_64]", "[\"a/b\"]", line: 16, "repository of its own"),
    Case("stream: test-7", "stream: ../x", line: 1, "cannot name a ledger file"),
    Case("title: Test", "title: [", line: 5, "not YAML"),
    Case("title: Test", "title: Test\nclocks: {soak: soon}", line: 4, "not a time to wait"),
    Case("title: Test", "title: Test\nretirement: {marker: \"*\"}", line: 4, "not a pattern"),
    Case(
      "title: Test", "title: Test\ncalendar: {\"8.1\": 2019-01-01}", line: 4, "minor release of 7"),
    Case("title: Test", "title: Test\ncalendar: {\"7.1\": 2019-02-30}", line: 4, "not a date"),
    Case(
      "title: Test", "title: Test\ncalendar: {\"7.1\": 2019-02-03, \"7.2\": 2018-01-01}", line: 4,
      "dated before 7.1"),
    Case(
      "updates/7: \"{release}\"", "updates/7: {target: \"{release}\", leads: newest}", line: 15,
      "not a value of 'links.*.leads'"),
    Case(
      "updates/7: \"{release}\"", "updates/7: {target: \"{release}\", leads: released}", line: 14,
      "no link leads to the leading release"),
    Case(
      "updates/7: \"{release}\"",
      "updates/7: \"{release}\"\n  7z: {target: updates/7, leads: released}", line: 16,
      "has no '{release}' in its target"),
    Case(
      "title: Test", "title: Test\ncalendar: {\"7.1\": {date: 2019-02-03, ends: soon}}", line: 4,
      "neither a date nor 'next'"),
    Case(
      "title: Test", "title: Test\ncalendar: {\"7.1\": {date: 2019-02-03, ends: 2019-02-02}}",
      line: 4, "ends on 2019-02-02, before it comes"),
    Case("\"updates/{release}\"", "\"releases/{release}/updates\"", line: 11, "lie within"),
    Case(
      "title: Test", "title: Test\nrepositories: {source: Everything/x86_64}", line: 4,
      "sources and x86_64 have one path"),
    Case(
      "title: Test", "title: Test\nrepositories: {debug: \"{arch}/Packages\"}", line: 4,
      "inside the 'Packages'"),
    Case("title: Test", "title: Test\nmetadata: {compression: bz2}", line: 4, "gz, xz, zstd"),
    Case(
      "title: Test", "title: Test\nsite: {links: {Koji: \"javascript:alert(1)\"}}", line: 4,
      "not a URL of a web page", "https://HOST/PATH"),
    Case(
      "title: Test", "title: Test\nsite: {links: {Koji: \"https://a/{arch}\"}}", line: 4,
      "'{arch}' has no value here", "{package}"),
    Case(
      "title: Test", "title: Test\nsite: {feed: {authority: Example.org}}", line: 4,
      "not a domain and a date", "example.org,2019"),
    Case("title: Test", "title: Test\nsite: {url: \"https://a/\"}", line: 4, "ends with a slash"),
    Case("title: Test", "title: Test\nsite: {link: {}}", line: 4, "Write 'links'"),
    Case(
      "updates/7: \"{release}\"", "updates/7: \"{package}\"", line: 15,
      "'{package}' has no value here"),
    Case("title: Test", "title: Test\nsigning: {keys: [\"../key\"]}", line: 4, "not a plain path"),
    Case(
      "title: Test", "title: Test\nsigning: {metadata: {publicKey: k, command: [s]}}", line: 4,
      "'signing.metadata.key' is missing"),
    Case(
      "title: Test", "title: Test\nsigning: {metadata: {key: 0123456789abcdef, command: [s]}}",
      line: 4, "'signing.metadata.publicKey' is missing"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 89abcdef, publicKey: k, command: [s]}}", line: 4,
      "neither a fingerprint nor the id", "shorter ids can be forged"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdeg, publicKey: k, command: [s]}}",
      line: 4, "neither a fingerprint"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: ../k, command: [s]}}",
      line: 4, "not a plain path"),
    Case(
      "title: Test", "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k}}",
      line: 4, "does not say what makes", "'gpg' or 'command'"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: [s], gpg: {home: h}}}",
      line: 4, "both 'gpg' and 'command'"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: []}}",
      line: 4, "'signing.metadata.command' is empty"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: s}}",
      line: 4, "must be a list"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: [../s]}}",
      line: 4, "not a plain path"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, gpg: {}}}", line: 4,
      "'signing.metadata.gpg.home' is missing"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, gpg: {home: ../h}}}",
      line: 4, "not a plain path"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: [s], deadline: soon}}",
      line: 4, "not a time to wait"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: [s], deadline: 0 seconds}}",
      line: 4, "from 1 second to 1 day"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: [s], deadline: 2 days}}",
      line: 4, "from 1 second to 1 day"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: [s], validity: 3599 seconds}}",
      line: 4, "from 1 hour to 366 days"),
    Case(
      "title: Test",
      "title: Test\nsigning: {metadata: {key: 0123456789abcdef, publicKey: k, command: [s], validity: 367 days}}",
      line: 4, "from 1 hour to 366 days"),
  ]

  @Test(arguments: cases)
  func `a mistake is refused with its line and a remedy`(example: Case) {
    let text = Self.valid.replacing(example.old, with: example.new, maxReplacements: 1)
    let error = #expect(throws: ComposeError.self) { try Policy(text: text, file: "p.yaml") }
    guard let error else { return }
    #expect(error.kind == .badData)
    if let line = example.line { #expect(error.thing == "p.yaml:\(line)") }
    for words in example.words { #expect("\(error)".contains(words), "\(error)") }
  }

  @Test func `an empty file is refused`() {
    let error = #expect(throws: ComposeError.self) { try Policy(text: "", file: "p.yaml") }
    #expect(error?.kind == .badData)
  }

  @Test func `a missing file, a directory for a file`() {
    #expect(throws: ComposeError.self) { try Policy(file: "/nonexistent.yaml") }
    let error = #expect(throws: ComposeError.self) { try Policy(file: "/tmp") }
    #expect(error?.kind == .noInput)
  }

  @Test func `two moving links are allowed, with a warning`() throws {
    let text = Self.valid.replacing("../updates/7", with: "../updates/{release}")
    let policy = try Policy(text: text, file: "p.yaml")
    #expect(policy.concerns.map(\.code).contains("several-moving-links"))
  }
}
