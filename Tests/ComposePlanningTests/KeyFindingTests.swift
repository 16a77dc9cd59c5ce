import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import ReleaseModel
import Testing

/// What is said of the policy's keys before they are in the way.
@Suite struct KeyFindingTests {
  private static let day = 86_400
  private static let now = 1_600_000_000

  private func policy(
    major: Int = 7, clients: String? = nil, warnBefore: String? = nil
  ) throws -> Policy {
    let text = """
      stream: test
      major: \(major)
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
        updates/\(major): "{release}"
      arches: [x86_64]
      """
    let metadata = clients.map { "\nmetadata:\n  clients: [gz, \($0)]\n" } ?? "\n"
    let signing = warnBefore.map { "signing:\n  warnBefore: \($0)\n" } ?? ""
    return try Policy(text: text + metadata + signing, file: "test.yaml")
  }

  private func key(
    _ digit: Character, _ algorithm: Certificate.Algorithm = .rsa, canSign: Bool = true,
    expires: Int? = nil, revoked: Int? = nil
  ) -> Certificate.Key {
    Certificate.Key(
      fingerprint: String(repeating: digit, count: 40), algorithm: algorithm, curve: nil,
      bits: 4096,
      canSign: canSign, created: 1_500_000_000, expires: expires, revoked: revoked)
  }

  private func certificate(
    _ primary: Certificate.Key, _ subkeys: [Certificate.Key] = []
  ) -> Certificate {
    Certificate(
      primary: primary, subkeys: subkeys, userIDs: ["EPEL <epel@example.invalid>"],
      files: ["/etc/KEY"], bytes: [])
  }

  private func findings(
    _ certificate: Certificate, major: Int = 7, clients: String? = nil, warnBefore: String? = nil
  ) throws -> [Finding] {
    try policy(major: major, clients: clients, warnBefore: warnBefore)
      .keyFindings([certificate], at: Self.now)
  }

  @Test func `a key that ends within the policy's time is warned of, with date and days`() throws {
    let end = Self.now + 30 * Self.day
    let found = try findings(certificate(key("a", expires: end)))
    #expect(found.map(\.code) == ["key-expires"])
    #expect(
      found.first?.message
        == "the key aaaaaaaaaaaaaaaa (EPEL <epel@example.invalid>) in /etc/KEY expires on "
        + "2020-10-13, in 30 days")
    #expect(try findings(certificate(key("a", expires: end)), warnBefore: "29 days").isEmpty)
    #expect(try findings(certificate(key("a", expires: Self.now + 90 * Self.day + 1))).isEmpty)
    #expect(try findings(certificate(key("a", expires: Self.now + 90 * Self.day))).count == 1)
    #expect(try findings(certificate(key("a"))).isEmpty)
  }

  @Test func `a key that has ended, and one that was revoked`() throws {
    #expect(
      try findings(certificate(key("a", expires: Self.now))).map(\.code) == ["expired-key"])
    #expect(
      try findings(certificate(key("a", expires: Self.now, revoked: 1))).map(\.code)
        == ["revoked-key"])
    // Its subkeys ended with it: said once.
    let ended = certificate(
      key("a", canSign: false, expires: 5), [key("b", expires: 5), key("c", expires: 5)])
    #expect(try findings(ended, major: 9).map(\.code) == ["expired-key"])
  }

  @Test func `of subkeys, those that sign`() throws {
    let soon = Self.now + Self.day
    let subkeys = [key("b", expires: soon), key("c", canSign: false, expires: soon), key("d")]
    let found = try findings(certificate(key("a", canSign: false), subkeys), major: 9)
    #expect(found.map(\.code) == ["key-expires"])
    #expect(found.first?.message.hasPrefix("the subkey bbbbbbbbbbbbbbbb ") == true)
    #expect(
      try findings(certificate(key("a", canSign: false), [key("c", canSign: false)]))
        .map(\.code) == ["key-not-for-signing"])
  }

  @Test(arguments: [
    (7, nil, [true, true, true]), (8, nil, [true, true, false]), (9, nil, [false, true, false]),
    (10, nil, [false, false, false]), (7, "eddsa", [false, true, true]),
    (9, "subkeys", [true, true, false]), (7, "xz", [true, true, true]),
    (7, "subkeys, ecdsa, eddsa", [false, false, false]),
  ])
  func `what the oldest clients do not verify, by major version or metadata.clients`(
    major: Int, clients: String?, refused: [Bool]
  ) throws {
    let certificates = [
      certificate(key("a", .eddsa)), certificate(key("b", .ecdsa)),
      certificate(key("c", canSign: false), [key("d")]),
    ]
    let found = try certificates.map { certificate in
      try findings(certificate, major: major, clients: clients).map(\.code)
    }
    #expect(found == refused.map { $0 ? ["unverifiable-key"] : [] })
    let policy = try policy(major: major, clients: clients)
    let ids = policy.unverifiableKeys(certificates).keys.sorted().map { $0.prefix(1) }
    #expect(ids == zip(["a", "b", "d"], refused).filter(\.1).map { $0.0[...] })
    for major in [7, 10] {
      let plain = [certificate(key("a", .rsa)), certificate(key("b", .dsa))]
      #expect(try self.policy(major: major).unverifiableKeys(plain).isEmpty)
    }
  }

  @Test func `the policy shows what it was given, and verdicts go by it`() throws {
    let (plain, named) = (try policy(), try policy(clients: "eddsa", warnBefore: "1 day"))
    #expect(try !plain.yaml().contains("eddsa"))
    #expect(try named.yaml().contains("eddsa"))
    #expect(try named.yaml().contains("warnBefore: 1 day"))
    #expect(try Policy(text: named.yaml(), file: "again").yaml() == named.yaml())
    #expect(try plain.gateYAML() != named.gateYAML())
    // When to warn is no matter of the checks.
    #expect(try plain.gateYAML() == policy(warnBefore: "1 day").gateYAML())
    #expect(throws: ComposeError.self) { try policy(clients: "ed25519") }
    #expect(throws: ComposeError.self) { try policy(warnBefore: "soon") }
  }
}
