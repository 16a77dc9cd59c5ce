import ComposeLifecycle
import ComposeStage
import ComposeTestSupport
import Foundation
import MirrorDocuments
import Testing

/// What `mirrors status` says of mirrors, and what `check-current` says of the same: a user
/// with the public key alone sees what we see.
@Suite(.waiting) struct MirrorVerdictTests {
  /// What `check-current` says of the mirror: its first word, and its exit status.
  private func script(
    _ signed: SignedStage, state: String = "state", key: String? = nil
  ) throws -> (word: String, status: Int32) {
    let outcome = try Shell.run(
      "\(Fixtures.checkout)/Docs/check-current",
      [
        "--state", signed.stage.scratch.path(state), key ?? signed.key.publicKey, "epel-7",
        "file://\(signed.mirror)",
      ], environment: ["CHECK_CURRENT_PAUSE": "0"])
    let line = outcome.output.split(separator: "\n").last.map(String.init) ?? outcome.errors
    return (line.split(separator: " ").first.map(String.init) ?? "", outcome.status)
  }

  /// A stream whose clock is that of the machine, because the script has no other.
  private func released() async throws -> SignedStage {
    let signed = try SignedStage()
    signed.stage.now = Int(Date().timeIntervalSince1970)
    try await signed.makeReleases()
    return signed
  }

  private func expect(
    _ state: CurrentVerdict.State, of signed: SignedStage, script word: String? = nil,
    state file: String = UUID().uuidString, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let verdict = try signed.verdict()
    #expect(verdict.state == state, "\(verdict.detail ?? "")", sourceLocation: sourceLocation)
    let said = try script(signed, state: file)
    #expect(said.word == word ?? state.rawValue, sourceLocation: sourceLocation)
    #expect(said.status == (state.isAlarm ? 2 : 0), sourceLocation: sourceLocation)
  }

  @Test func `a mirror that has everything is fresh; one that lags is behind`() async throws {
    let signed = try await released()
    try signed.fetch()
    try expect(.fresh, of: signed)
    try signed.stage.promote(SignedStage.next)
    // Nobody has told the script of a newer one.
    try expect(.behind, of: signed, script: "fresh")
    try signed.fetch()
    try expect(.fresh, of: signed)
  }

  @Test func `a mirror in the middle of a transfer is no alarm`() async throws {
    let signed = try await released()
    try signed.fetch()
    try signed.stage.promote(SignedStage.next)
    // The statement lies at the top, and comes first; then what it names, and the link.
    try signed.fetch("epel-7.current.json")
    try expect(.forged, of: signed)
    try signed.fetch("epel-7.current.json.asc")
    try expect(.following, of: signed)
    try signed.fetch("updates/7.07.201908")
    try expect(.following, of: signed)
    try signed.fetch("updates/7")
    try expect(.fresh, of: signed)
  }

  @Test func `a frozen mirror is told by the time since the next statement`() async throws {
    let signed = try await released()
    try signed.fetch()
    _ = try script(signed)
    try signed.stage.promote(SignedStage.next)
    #expect(try signed.verdict().state == .behind)
    signed.stage.now += 3 * 86_400 + 1
    let verdict = try signed.verdict()
    #expect(verdict.state == .frozen && verdict.serial == 1)
    // The script knows of newer ones from other mirrors, and remembers since when.
    let state = signed.stage.scratch.path("state")
    let seen = try String(contentsOfFile: state, encoding: .utf8)
    try
      (seen.replacing(" 0\n", with: " 5\n")
      + "https://other.example.org 2 \(String(repeating: "0", count: 64)) 0\n")
      .write(toFile: state, atomically: true, encoding: .utf8)
    #expect(try script(signed) == ("frozen", 2))
  }

  @Test func `a mirror that goes back is told by what it had`() async throws {
    let signed = try await released()
    try signed.fetch()
    try Shell.check("cp", ["-a", signed.mirror, signed.mirror + ".old"])
    try signed.stage.promote(SignedStage.next)
    try signed.fetch()
    #expect(try script(signed) == ("fresh", 0))
    try FileManager.default.removeItem(atPath: signed.mirror)
    try Shell.check("mv", [signed.mirror + ".old", signed.mirror])
    #expect(try script(signed) == ("rolled-back", 2))
    #expect(try script(signed) == ("rolled-back", 2), "it is not learnt")
  }

  @Test func `an old tree behind a new statement is rolled back, a part of it mixed`() async throws
  {
    let signed = try await released()
    try signed.fetch()
    let old = signed.stage.scratch.path("old")
    try Shell.check("cp", ["-a", signed.mirror, old])
    try signed.stage.promote(SignedStage.next)
    // Until mirrors must have followed, that is no more than a transfer; then it is told.
    signed.stage.now += 4 * 86_400
    try signed.publication.renew()
    try signed.fetch()
    let (tree, other) = ("updates/7.07.201908/Everything", "updates/7.06.201903/Everything")
    for repository in ["x86_64", "x86_64/debug", "source/tree"] {
      if repository == "source/tree" {
        // All but one.
        #expect(try signed.verdict().state == .mixed)
      }
      try Shell.check(
        "cp",
        [
          "\(old)/\(other)/\(repository)/repodata/repomd.xml",
          "\(signed.mirror)/\(tree)/\(repository)/repodata/repomd.xml",
        ])
    }
    #expect(try signed.verdict().state == .rolledBack)
  }

  @Test func `mixed trees, taken signatures, other keys and other bytes have their names`()
    async throws
  {
    let signed = try await released()
    try signed.fetch()
    let index = "\(signed.mirror)/\(signed.index())"
    let right = try Data(contentsOf: URL(fileURLWithPath: index))
    try Shell.check(
      "cp", ["\(signed.mirror)/updates/7.07.201908/Everything/x86_64/repodata/repomd.xml", index])
    try expect(.mixed, of: signed)
    try right.write(to: URL(fileURLWithPath: index))
    try expect(.fresh, of: signed)

    let file = "\(signed.mirror)/epel-7.current.json"
    try FileManager.default.removeItem(atPath: file + ".asc")
    try expect(.stripped, of: signed)
    let other = try SigningKey(named: "Other")
    defer { other.endAgent() }
    try other.signDetached(file)
    try expect(.otherKey, of: signed)
    try signed.fetch("epel-7.current.json.asc")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacing("\"serial\": 1", with: "\"serial\": 9")
      .write(toFile: file, atomically: true, encoding: .utf8)
    try expect(.forged, of: signed)
    try FileManager.default.removeItem(atPath: file)
    try expect(.stripped, of: signed)
    try FileManager.default.removeItem(atPath: signed.mirror)
    #expect(try signed.verdict().state == .missing)
  }

  @Test func `a statement that nobody renewed is told as expired`() async throws {
    let signed = try SignedStage()
    // A week ago.
    signed.stage.now = Int(Date().timeIntervalSince1970) - 7 * 86_400 - 10
    try await signed.makeReleases()
    signed.stage.now += 7 * 86_400 + 10
    try signed.fetch()
    try expect(.expired, of: signed)
    try signed.publication.renew()
    #expect(try signed.verdict().state == .frozen, "there is a newer one now")
  }

  @Test func `the script asks for what it needs`() async throws {
    let signed = try await released()
    try signed.fetch()
    let program = "\(Fixtures.checkout)/Docs/check-current"
    func status(_ arguments: [String]) throws -> Int32 {
      try Shell.run(program, arguments).status
    }
    #expect(try status(["--help"]) == 0)
    #expect(try status([]) == 64)
    #expect(try status([signed.key.publicKey, "../epel", "file:///"]) == 64)
    #expect(try status([signed.key.publicKey, "epel-7", "ftp://mirror.example.org"]) == 64)
    #expect(try status(["/nowhere", "epel-7", "file:///nowhere"]) == 66)
    let keys = try signed.stage.scratch.write("no key\n", to: "no-key")
    // What is no key verifies nothing.
    #expect(try script(signed, key: keys).status == 2)
    let port = try AnswerServer().port
    #expect(
      try status([
        "--state", signed.stage.scratch.path("s"), signed.key.publicKey, "epel-7",
        "http://127.0.0.1:\(port == 1 ? 2 : 1)/",
      ]) == 69)
  }
}
