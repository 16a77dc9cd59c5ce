import ComposeTestSupport
import Glibc
import ReleaseModel
import Testing

@testable import KojiClient

@Suite struct KojiProfileTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func profile(_ name: String = "koji") throws -> KojiProfile {
    try KojiProfile(named: name, home: scratch.path("home"), system: scratch.path("etc"))
  }

  private func certificate(_ profile: KojiProfile) -> String? {
    if case .certificate(let path) = profile.login { path } else { nil }
  }

  /// /etc/koji.conf.d, /etc/koji.conf, ~/.koji/config.d, ~/.koji/config: the
  /// later one wins, key by key.
  @Test func laterFilesOverride() throws {
    try scratch.write("", to: "home/client.pem")
    try scratch.write(
      "[koji]\nserver = https://a/kojihub\nserverca = /a\ncert = ~/client.pem\n",
      to: "etc/koji.conf.d/10-a.conf")
    try scratch.write("[koji]\nserver = https://b/kojihub\n", to: "etc/koji.conf.d/20-b.conf")
    try scratch.write("[koji]\nserver = https://x/kojihub\n", to: "etc/koji.conf.d/30-b.ini")
    #expect(try profile().server == "https://b/kojihub")
    try scratch.write("[koji]\nserver = https://c/kojihub\n", to: "etc/koji.conf")
    #expect(try profile().server == "https://c/kojihub")
    try scratch.write("[koji]\nserver = https://d/kojihub\n", to: "home/.koji/config.d/x.conf")
    #expect(try profile().server == "https://d/kojihub")
    try scratch.write("[koji]\nserver = https://e/kojihub\n", to: "home/.koji/config")
    let last = try profile()
    #expect(last.server == "https://e/kojihub")
    #expect(last.authorities == "/a")
    #expect(certificate(last) == scratch.path("home/client.pem"))
  }

  /// Ten levels of a hundred would be 10^20 replacements.
  @Test func `values that replace each other without end are left as they are`() throws {
    let levels = (0..<9).map { level in
      "k\(level) = " + String(repeating: "%(k\(level + 1))s", count: 100)
    }
    try scratch.write(
      "[koji]\nserver = %(k0)s\n\(levels.joined(separator: "\n"))\nk9 = x%%\n", to: "etc/koji.conf")
    let begin = ContinuousClock.now
    #expect(try profile().server?.isEmpty == false)
    try scratch.write(
      "[koji]\nserver = \(String(repeating: "%(", count: 200_000))\n", to: "etc/koji.conf")
    #expect(try profile().server?.utf8.count == 400_000)
    #expect(ContinuousClock.now - begin < .seconds(20))
    try scratch.write("[koji]\nserver = %(a)s/%(a)s%%\na = b\n", to: "etc/koji.conf")
    #expect(try profile().server == "b/b%")
  }

  @Test func `a configuration that is a pipe does not keep the program`() throws {
    try scratch.write("", to: "etc/other")
    #expect(mkfifo(scratch.path("etc/koji.conf"), 0o600) == 0)
    #expect(throws: ComposeError.self) { try profile() }
  }

  @Test func whatPythonsParserTakes() throws {
    try scratch.write(
      """
      # a comment
      [DEFAULT]
      base: https://hub.example
      [other]
      server = x
      [koji]
      ; another
      Server = %(base)s/kojihub
      serverca = /pki/100%%.pem
      """, to: "etc/koji.conf")
    let found = try profile()
    #expect(found.server == "https://hub.example/kojihub")
    #expect(found.authorities == "/pki/100%.pem")
  }

  @Test func whichLogin() throws {
    try scratch.write("[koji]\n", to: "home/.koji/config")
    if case .kerberos = try profile().login {} else { Issue.record("not Kerberos") }
    try scratch.write("", to: "home/.koji/client.crt")
    #expect(try certificate(profile()) == scratch.path("home/.koji/client.crt"))
    try scratch.write("[koji]\nauthtype = kerberos\n", to: "home/.koji/config")
    if case .kerberos = try profile().login {} else { Issue.record("not Kerberos") }
    try scratch.write("[koji]\nauthtype = noauth\n", to: "home/.koji/config")
    if case .none = try profile().login {} else { Issue.record("a login") }
  }

  @Test func keytabsNeedAPrincipal() throws {
    try scratch.write("[koji]\nkeytab = /k\n", to: "home/.koji/config")
    #expect(try profile().environment.isEmpty)
    try scratch.write("[koji]\nkeytab = /k\nprincipal = releng@X\n", to: "home/.koji/config")
    #expect(try profile().environment == ["KRB5_CLIENT_KTNAME": "/k"])
  }

  @Test(arguments: [
    ("[koji]\nnonsense\n", ComposeError.Kind.badData, "config:2"),
    ("[other]\n", .noInput, "none of"),
  ])
  func whatIsWrong(_ text: String, _ kind: ComposeError.Kind, _ words: String) throws {
    try scratch.write(text, to: "home/.koji/config")
    let error = #expect(throws: ComposeError.self) { try profile() }
    #expect(error?.kind == kind)
    #expect("\(try #require(error))".contains(words))
  }

  /// Reads need no login: whom to trust counts all the same.
  @Test(arguments: [
    ("authtype = password", ComposeError.Kind.badData, "password"),
    ("authtype = ssl\ncert = /no/such.pem", .noInput, "/no/such.pem"),
    ("cert = /no/such.pem", .noInput, "/no/such.pem"),
  ])
  func aLoginThatCannotBe(_ text: String, _ kind: ComposeError.Kind, _ words: String) throws {
    try scratch.write("[koji]\nserverca = /ca.pem\n\(text)\n", to: "home/.koji/config")
    let profile = try profile()
    #expect(profile.authorities == "/ca.pem")
    guard case .none(let reason as ComposeError) = profile.login else {
      Issue.record("a login")
      return
    }
    #expect(reason.kind == kind && "\(reason)".contains(words))
  }

  @Test func noConfigurationAtAll() {
    let error = #expect(throws: ComposeError.self) { try profile() }
    #expect(error?.kind == .noInput)
    #expect(error?.cause.contains("there is no Koji configuration") == true)
  }
}
