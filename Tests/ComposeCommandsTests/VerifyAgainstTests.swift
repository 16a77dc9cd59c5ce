import ComposeTestSupport
import Foundation
import Testing

/// `verify --against`: what somebody else has, compared with the ledger, or with a signed
/// manifest alone.
@Suite(.waiting) struct VerifyAgainstTests {
  private let signed: SignedInstallation

  init() throws {
    signed = try SignedInstallation()
    try RPMSpec("alpha").build(into: signed.installation.pool)
    try RPMSpec("beta").build(into: signed.installation.pool)
    try signed.installation.release(SignedInstallation.first)
    try signed.fetch()
  }

  private var installation: Installation { signed.installation }
  private var tree: String { "updates/\(SignedInstallation.first)" }

  private func codes(_ arguments: [String]) throws -> [String] {
    let outcome = try installation.run(arguments + ["--format", "json"])
    #expect([0, 2].contains(outcome.status), "\(outcome.errors)")
    guard
      let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        as? [String: Any], let checks = report["checks"] as? [[String: Any]]
    else { return ["no report"] }
    let codes = checks.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
      .compactMap { $0["code"] as? String }
    #expect((outcome.status == 2) == !codes.isEmpty)
    return codes.sorted()
  }

  private func file(_ name: String) throws -> String {
    try #require(
      FileManager.default.subpaths(atPath: "\(signed.mirror)/\(tree)")?
        .first { $0.hasSuffix(name) && !$0.contains("debug") })
  }

  @Test func `a mirror that has every file passes, as a directory and as a server`() throws {
    let server = try LoopbackServer(serving: signed.mirror)
    for place in [signed.mirror, server.url] {
      #expect(try codes(["verify", SignedInstallation.first, "--against", place]) == [])
    }
    // Whoever has the key alone names the tree.
    for place in ["\(signed.mirror)/\(tree)", "\(server.url)/\(tree)"] {
      let outcome = try Shell.run(
        Installation.program,
        ["verify", "--against", place, "--keys", signed.key.publicKey, "--no-progress"],
        environment: ["EPEL_COMPOSE_POLICIES": "/nowhere", "COLUMNS": "1000"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("signed by \(signed.key.fingerprint.lowercased())"))
      #expect(outcome.output.contains(SignedInstallation.first))
    }
    try installation.expectDryRun(["verify", SignedInstallation.first, "--against", signed.mirror])
  }

  @Test func `each file that differs is named`() throws {
    let (alpha, beta) = (
      try file("alpha-1.0-1.noarch.rpm"), try file("beta-1.0-1.noarch.rpm")
    )
    let place = "\(signed.mirror)/\(tree)"
    try FileManager.default.removeItem(atPath: "\(place)/\(alpha)")
    try Data("no RPM".utf8).write(
      to: URL(fileURLWithPath: "\(place)/\(beta)"), options: .atomic)
    try Data("?".utf8).write(to: URL(fileURLWithPath: "\(place)/Everything/new"))
    let server = try LoopbackServer(serving: signed.mirror)
    let arguments = ["verify", SignedInstallation.first, "--against"]
    #expect(try codes(arguments + [signed.mirror]) == ["changed", "missing", "unknown"])
    #expect(try codes(arguments + [server.url]) == ["changed", "missing"])
    let outcome = try installation.run(arguments + [server.url])
    #expect(outcome.status == 2)
    for name in [alpha, beta] { #expect(outcome.output.contains("\(tree)/\(name)")) }
    let alone = try installation.run([
      "verify", "--against", place, "--keys", signed.key.publicKey,
    ])
    #expect(alone.status == 2 && alone.output.contains("Everything/new is in no record"))
    // Neither is among none.
    #expect(try codes(arguments + [server.url, "--sample", "0"]) == [])
  }

  @Test func `an old tree, a taken signature and another key are told`() throws {
    let place = "\(signed.mirror)/\(tree)"
    let manifest = "\(place)/MANIFEST.sha256"
    let arguments = ["verify", SignedInstallation.first, "--against", signed.mirror]
    let alone = ["verify", "--against", place, "--keys", signed.key.publicKey]
    let right = try Data(contentsOf: URL(fileURLWithPath: manifest + ".asc"))
    try FileManager.default.removeItem(atPath: manifest + ".asc")
    #expect(try codes(arguments) == ["stripped"])
    #expect(try installation.expectRefusal(alone, status: 2).contains("is missing"))
    let other = try SigningKey(named: "Other")
    defer { other.endAgent() }
    try other.signDetached(manifest)
    #expect(try codes(arguments) == ["other-key"])
    #expect(try installation.expectRefusal(alone, status: 2).contains("not trusted"))
    try right.write(to: URL(fileURLWithPath: manifest + ".asc"))
    try Data(contentsOf: URL(fileURLWithPath: manifest)).dropLast(80)
      .write(to: URL(fileURLWithPath: manifest))
    #expect(try codes(arguments) == ["forged", "manifest"])
    #expect(try installation.expectRefusal(alone, status: 2).contains("not over this manifest"))
    // A mirror that serves what was there before a push.
    try signed.fetch()
    try RPMSpec("gamma").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    let found = try Set(codes(arguments))
    #expect(found.isSuperset(of: ["manifest", "missing", "changed"]), "\(found)")
    #expect(!found.contains("other-key"))
  }

  @Test func `who does not answer, and what is not there, have statuses of their own`() throws {
    let first = SignedInstallation.first
    try installation.expectRefusal(
      ["verify", first, "--against", "http://127.0.0.1:1/epel"], status: 69)
    try installation.expectRefusal(
      [
        "verify", "--against", installation.scratch.path("nowhere"), "--keys",
        signed.key.publicKey,
      ], status: 66)
    try installation.expectRefusal(
      ["verify", "--against", signed.mirror, "--keys", "/nowhere"], status: 66)
    let words = try signed.installation.scratch.write("no key\n", to: "no-key")
    try installation.expectRefusal(
      ["verify", "--against", "\(signed.mirror)/\(tree)", "--keys", words], status: 65)
    for arguments in [
      ["verify"], ["verify", "--against", signed.mirror],
      ["verify", first, "--keys", signed.key.publicKey],
      ["verify", first, "--against", ""], ["verify", first, "--against", ".", "--sample", "-1"],
    ] {
      try installation.expectRefusal(arguments, status: 64)
    }
  }

  @Test func `a second compose by the same plan makes the same bytes`() throws {
    let (next, plan) = (SignedInstallation.next, installation.scratch.path("plan.json"))
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    let rpms = ["--rpms", installation.pool]
    try installation.succeed(["plan", next, "--output", plan, "--allow-unsigned"] + rpms)
    try installation.succeed(["compose", next, "--plan", plan, "--allow-unsigned"] + rpms)
    let rebuild = ["verify", next, "--rebuild", plan]
    // Wherever the RPMs lie.
    let moved = installation.scratch.path("moved")
    try Shell.check("cp", ["-a", installation.pool, moved])
    let before = try installation.snapshot()
    #expect(try codes(rebuild + ["--rpms", moved]) == [])
    #expect(try installation.snapshot() == before)
    let output = try installation.succeed(rebuild + rpms)
    #expect(output.contains("signatures are not compared"))
    // What a push has changed since is named.
    try installation.succeed(["publish", next])
    try installation.succeed(["promote", next, "--skip-soak"])
    try RPMSpec("gamma").build(into: installation.pool)
    try installation.succeed(["update", "7", "--allow-unsigned"] + rpms)
    let pushed = try installation.run(rebuild + ["--rpms", moved])
    #expect(pushed.status == 2, "\(pushed.errors)")
    #expect(pushed.output.contains("gamma-1.0-1.noarch.rpm is in the tree"))
    #expect(pushed.output.contains("x86_64/repodata/repomd.xml is made anew with other contents"))
    #expect(pushed.output.contains("1 push since"))
    // Other RPMs are no proof of anything.
    try installation.expectRefusal(
      rebuild + ["--rpms", installation.scratch.path("base")], status: 66)
    try RPMSpec("alpha", "3.0").build(into: moved)
    try installation.expectRefusal(rebuild + ["--rpms", moved], status: 2)
    try installation.expectRefusal(
      ["verify", SignedInstallation.first, "--rebuild", plan] + rpms, status: 64)
    try installation.expectRefusal(rebuild, status: 64)
  }

  @Test func `manifests are signed wherever they change, and verified`() throws {
    func isSigned(_ release: String) throws {
      for area in ["updates", "releases"] {
        let manifest = "\(installation.root)/pub/epel/\(area)/\(release)/MANIFEST.sha256"
        let outcome = try Shell.run(
          "gpg", ["--homedir", signed.key.home, "--verify", manifest + ".asc", manifest])
        #expect(outcome.status == 0, "\(area): \(outcome.errors)")
      }
    }
    try isSigned(SignedInstallation.first)
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    try isSigned(SignedInstallation.first)
    try installation.release(SignedInstallation.next)
    try isSigned(SignedInstallation.next)
    try installation.succeed(["rollback", "7"])
    try isSigned(SignedInstallation.first)
    try installation.succeed(["verify", SignedInstallation.first])
    let signature =
      "\(installation.root)/pub/epel/\(tree)/MANIFEST.sha256.asc"
    try FileManager.default.removeItem(atPath: signature)
    let outcome = try installation.run(["verify", SignedInstallation.first])
    // Trees that are older than signing have none.
    #expect(outcome.status == 0 && outcome.output.contains("MANIFEST.sha256.asc is missing"))
    let other = try SigningKey(named: "Other")
    defer { other.endAgent() }
    try other.signDetached(String(signature.dropLast(4)))
    let foreign = try installation.run(["verify", SignedInstallation.first])
    #expect(foreign.status == 2 && foreign.output.contains("which is not trusted"))
  }
}
