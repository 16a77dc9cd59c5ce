import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeTestSupport
import ReleaseModel
import Testing

/// A verdict goes by the keys as they were when the checks ran.
@Suite(.waiting) struct KeyLifeTests {
  private static let id = "7.06.201903"

  private func certificate(
    expires: Int? = nil, revoked: Int? = nil, canSign: Bool = true
  ) -> Certificate {
    let key = Certificate.Key(
      fingerprint: String(repeating: "a", count: 40), algorithm: .rsa, curve: nil, bits: 4096,
      canSign: canSign, created: 1_500_000_000, expires: expires, revoked: revoked)
    return Certificate(primary: key, subkeys: [], userIDs: [], files: ["KEY"], bytes: [])
  }

  /// A published release whose checks passed with `certificate`.
  private func published(_ certificate: Certificate) async throws -> Stage {
    let stage = try Stage(small: .inMemory())
    stage.certificates = [certificate]
    try RPMSpec("alpha").build(into: stage.pool)
    try await stage.compose(Self.id)
    try stage.publish(Self.id)
    return stage
  }

  private func stale(_ stage: Stage) throws -> StaleVerdict? {
    try stage.stream.staleVerdict(of: stage.record(Self.id))
  }

  @Test func `it ends when a key expires, at the moment, and promote names both`() async throws {
    let stage = try await published(certificate(expires: 1_600_000_100))
    stage.now = 1_600_000_099
    #expect(try stale(stage) == nil)
    stage.now = 1_600_000_100
    let verdict = try #require(try stale(stage))
    #expect(verdict.cause.contains("aaaaaaaaaaaaaaaa expired on 2020-09-13"))
    let error = #expect(throws: ComposeError.self) { try stage.promote(Self.id) }
    #expect(error?.kind == .refused)
    #expect(error?.cause == verdict.cause)
    #expect(error?.remedy.contains("Renew the key") == true)
    #expect(error?.remedy.contains("epel-compose check \(Self.id)") == true)
    // Renewed, in its own file: the verdict was about the same key.
    stage.certificates = [certificate(expires: 1_700_000_000)]
    #expect(try stale(stage) == nil)
    try stage.promote(Self.id)
  }

  @Test func `a key that had expired before is no news, nor one that does not sign`() async throws {
    let stage = try await published(certificate(expires: 1_599_999_999))
    stage.now = 1_700_000_000
    #expect(try stale(stage) == nil)
    stage.certificates = [certificate(expires: 1_650_000_000, canSign: false)]
    #expect(try stale(stage) == nil)
  }

  @Test func `it ends when a key is known to be revoked, whenever that was`() async throws {
    let stage = try await published(certificate())
    stage.certificates = [certificate(revoked: 1_550_000_000)]
    let verdict = try #require(try stale(stage))
    #expect(verdict.cause.contains("was revoked on 2019-02-12"))
    #expect(throws: ComposeError.self) { try stage.promote(Self.id) }
    // Checks that knew it: their verdict counts.
    _ = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record(Self.id))
    #expect(try stale(stage) == nil)
    try stage.promote(Self.id)
  }
}
