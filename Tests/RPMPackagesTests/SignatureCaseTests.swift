import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseModel
import Testing

/// RPMs that are signed in every way that matters, each told apart.
@Suite(.waiting) struct SignatureCaseTests {
  /// Made once: GnuPG takes its time over keys.
  private static let cases: TemporaryDirectory? = {
    guard let directory = try? TemporaryDirectory() else { return nil }
    directory.removeAtExit()
    let script = "\(Fixtures.checkout)/Tests/Fixtures/make-signature-cases"
    guard (try? Shell.check(script, [directory.path("cases")])) != nil else {
      return nil
    }
    return directory
  }()

  private func read(_ name: String, keys: [String]) throws -> RPMFile {
    let directory = try #require(Self.cases, "make-signature-cases failed")
    let keyring = try Keyring(files: keys.map { directory.path("cases/keys/\($0).asc") })
    let reader = RPMReader(keyring: keyring, markerPattern: GlobPattern("README-RETIRED*"))
    return try reader.read(directory.path("cases/\(name)/\(name)-1.0-1.noarch.rpm"))
  }

  private static let keys = ["good", "expired", "revoked-subkey", "revoked", "good-subkey"]

  @Test(arguments: [
    ("good", nil), ("good-subkey", nil), ("legacy", nil), ("unsigned", "unsigned"),
    ("wrong-key", "unknown-key"), ("expired-key", "expired-key"),
    ("revoked-key", "revoked-key"), ("revoked-subkey", "revoked-key"),
    ("no-payload-digest", "payload-not-signed"), ("weak-signature", "weak-digest"),
  ])
  func `each signature gets its own word`(name: String, code: String?) throws {
    let file = try read(name, keys: Self.keys)
    let finding = file.signatureFinding(floor: .sha256)
    #expect(finding?.code == code, "\(file.signature) \(file.signatureHash ?? "-")")
    #expect(finding == nil || finding?.package == name)
    #expect(file.signature.isTrusted == (code == nil || code == "weak-digest"))
  }

  @Test(arguments: ["corrupted-payload", "corrupted-header", "truncated", "truncated-header"])
  func `a damaged file is bad data, whoever signed it`(name: String) throws {
    for keys in [Self.keys, []] {
      let error = #expect(throws: ComposeError.self) { try read(name, keys: keys) }
      #expect(error?.kind == .badData)
    }
  }

  @Test func `the floor is the policy's`() throws {
    let file = try read("weak-signature", keys: Self.keys)
    #expect(file.signatureHash == "sha1")
    #expect(file.signatureFinding(floor: .sha1) == nil)
    let good = try read("good", keys: Self.keys)
    #expect(good.signatureFinding(floor: .sha512)?.code == "weak-digest")
  }

  @Test func `a key that is not the policy's is unknown, flaws and all`() throws {
    for name in ["expired-key", "revoked-key", "revoked-subkey", "good"] {
      #expect(
        try read(name, keys: ["untrusted"]).signatureFinding(floor: .md5)?.code == "unknown-key")
    }
  }

  @Test func `a key expires at its moment`() throws {
    let directory = try #require(Self.cases)
    let file = directory.path("cases/keys/expired.asc")
    // Made in January 2020, for two months.
    let before = try Keyring(files: [file], now: 1_580_500_000)
    let after = try Keyring(files: [file], now: 1_600_000_000)
    #expect(before.flaws.isEmpty)
    #expect(after.flaws.count == 1)
    #expect(before.keyIDs == after.keyIDs)
  }

  @Test func `a revoked subkey leaves its siblings alone`() throws {
    let directory = try #require(Self.cases)
    let keyring = try Keyring(files: [directory.path("cases/keys/revoked-subkey.asc")])
    #expect(keyring.flaws.count == 1)
    guard case .revoked? = keyring.flaws.values.first else {
      Issue.record("\(keyring.flaws)")
      return
    }
    #expect(!keyring.keyIDs.isEmpty)
    #expect(keyring.keyIDs.isDisjoint(with: keyring.flaws.keys))
  }
}
