import ComposeTestSupport
import Foundation
import OpenPGPKeys
import ReleaseModel
import Testing

/// Detached signatures by real keys, each flaw told by its name.
@Suite(.waiting) struct DetachedSignatureTests {
  /// Made once: GnuPG takes its time over keys.
  private static let home: KeyHome? = {
    guard let home = try? KeyHome() else { return nil }
    home.removeAtExit()
    do {
      for (name, kind) in [("rsa", "rsa2048"), ("eddsa", "ed25519"), ("ecdsa", "nistp256")] {
        _ = try home.make(name, kind)
      }
      _ = try home.make("subkey", signingSubkey: "ed25519")
      _ = try home.make("ended", expires: "2020-03-01", at: "20200101T000000")
      _ = try home.make("revoked")
    } catch { return nil }
    return home
  }()
  private static let bytes = Array("<repomd/>\n".utf8)
  private let home: KeyHome
  private let now = Int(Date().timeIntervalSince1970)

  init() throws { home = try #require(Self.home, "GnuPG cannot make keys") }

  private func certificates(_ names: [String]) throws -> [Certificate] {
    try KeyFile.certificates(in: [home.export(names, to: "keys-\(UUID().uuidString)")])
  }

  private func flaw(
    _ signature: [UInt8], of bytes: [UInt8] = bytes, by names: [String], at time: Int? = nil
  ) throws -> SignatureFlaw? {
    do {
      _ = try DetachedSignature.verify(
        bytes, signature: signature, certificates: certificates(names), at: time ?? now)
      return nil
    } catch let flaw as SignatureFlaw {
      return flaw
    }
  }

  private func id(_ name: String) throws -> String {
    String(try home.fingerprints(name).last?.suffix(16) ?? "")
  }

  @Test(arguments: ["rsa", "eddsa", "ecdsa", "subkey"], [true, false])
  func `a good signature tells which key made it`(name: String, armored: Bool) throws {
    let signature = try home.sign(Self.bytes, by: [name], armored: armored)
    let signers = try DetachedSignature.verify(
      Self.bytes, signature: signature, certificates: certificates(["rsa", name, "ended"]), at: now)
    let prints = try home.fingerprints(name)
    #expect(signers.map(\.key) == [prints.last])
    #expect(signers.map(\.certificate) == [prints.first])
    #expect(signers.allSatisfy { DetachedSignature.strongHashes.contains($0.hash) })
    #expect(signers.allSatisfy { abs($0.made - now) < 600 })
    // The same over one other byte.
    var other = Self.bytes
    other[0] ^= 1
    #expect(try flaw(signature, of: other, by: [name]) == .otherBytes(id(name)))
    #expect(try flaw(signature, of: [], by: [name]) != nil)
  }

  @Test func `each signature must count, in one block or in several`() throws {
    let both = try home.sign(Self.bytes, by: ["rsa", "eddsa"])
    let blocks = try home.sign(Self.bytes, by: ["rsa"]) + home.sign(Self.bytes, by: ["eddsa"])
    for signature in [both, blocks] {
      let signers = try DetachedSignature.verify(
        Self.bytes, signature: signature, certificates: certificates(["rsa", "eddsa"]), at: now)
      #expect(signers.count == 2)
      #expect(try flaw(signature, by: ["rsa"]) == .unknownKey(id("eddsa")))
      #expect(try flaw(signature, by: ["eddsa"]) == .unknownKey(id("rsa")))
    }
    let mixed =
      try home.sign(Self.bytes, by: ["rsa"]) + home.sign(Array("other".utf8), by: ["eddsa"])
    #expect(try flaw(mixed, by: ["rsa", "eddsa"]) == .otherBytes(id("eddsa")))
  }

  @Test func `a key that has expired, at the time that is asked for`() throws {
    let signature = try home.sign(Self.bytes, by: ["ended"], at: "20200201T000000")
    #expect(try flaw(signature, by: ["ended"], at: 1_581_000_000) == nil)
    #expect(
      try flaw(signature, by: ["ended"])
        == .expiredKey(id("ended"), since: 1_583_064_000))
  }

  @Test func `a key that was revoked afterwards`() throws {
    let other = try KeyHome()
    let print = try other.make("one")
    let signature = try other.sign(Self.bytes, by: ["one"])
    let before = try KeyFile.certificates(in: [other.export(["one"], to: "before")])
    #expect(
      try DetachedSignature.verify(
        Self.bytes, signature: signature, certificates: before, at: now + 10
      ).count == 1)
    try other.revoke(print)
    let after = try KeyFile.certificates(in: [other.export(["one"], to: "after")])
    let flaw = #expect(throws: SignatureFlaw.self) {
      try DetachedSignature.verify(
        Self.bytes, signature: signature, certificates: after, at: now + 10)
    }
    guard case .revokedKey? = flaw else {
      Issue.record("\(String(describing: flaw))")
      return
    }
  }

  @Test func `a weak hash, unless it is taken`() throws {
    let signature = try home.sign(Self.bytes, by: ["rsa"], options: ["--digest-algo", "sha1"])
    #expect(try flaw(signature, by: ["rsa"]) == .weakHash(id("rsa"), hash: "sha1"))
    let signers = try DetachedSignature.verify(
      Self.bytes, signature: signature, certificates: certificates(["rsa"]), at: now,
      hashes: ["sha1"])
    #expect(signers.map(\.hash) == ["sha1"])
  }

  @Test func `a signature that was to end`() throws {
    let signature = try home.sign(
      Self.bytes, by: ["ended"], options: ["--default-sig-expire", "1d"], at: "20200101T000000")
    #expect(try flaw(signature, by: ["ended"], at: 1_577_880_000) == nil)
    #expect(try flaw(signature, by: ["ended"], at: 1_578_100_000) == .expired(id("ended")))
    // Clocks may be some hours apart, no more.
    #expect(try flaw(signature, by: ["ended"], at: 1_577_836_800 - 3_600) == nil)
    #expect(
      try flaw(signature, by: ["ended"], at: 1_577_836_800 - 100_000) == .fromFuture(id("ended")))
  }

  @Test func `what is no signature, and what is more than one`() throws {
    let binary = try home.sign(Self.bytes, by: ["rsa"], armored: false)
    let armored = try home.sign(Self.bytes, by: ["rsa"])
    let text = String(decoding: armored, as: UTF8.self)
    #expect(try flaw([], by: ["rsa"]) == SignatureFlaw.none)
    let malformed: [[UInt8]] = [
      Array("<html>404</html>".utf8), Array(binary.dropLast(5)), binary + Array("junk".utf8),
      Array(text.replacing("PGP SIGNATURE", with: "PGP MESSAGE").utf8),
      Array(text.utf8.dropLast(40)), Self.bytes, [0x88], [0xC2, 0xFF],
      Array(
        try Data(contentsOf: URL(fileURLWithPath: home.export(["rsa"], to: "k", armored: false)))),
    ]
    for (number, signature) in malformed.enumerated() {
      let found = try flaw(signature, by: ["rsa"])
      #expect(found == .malformed || found == .unsupported, "\(number): \(found as Any)")
    }
    #expect(try flaw(binary, by: ["rsa"]) == nil)
  }

  @Test func `no changed byte of a signature passes`() throws {
    let signature = try home.sign(Self.bytes, by: ["eddsa"], armored: false)
    let known = try certificates(["eddsa"])
    var passed: [Int] = []
    for index in signature.indices {
      var changed = signature
      changed[index] ^= 0x10
      let signers = try? DetachedSignature.verify(
        Self.bytes, signature: changed, certificates: known, at: now)
      if signers != nil { passed.append(index) }
    }
    // But for the area that nobody signs, where the key is named a second time: of its id, librnp
    // needs no more where the fingerprint is signed.
    #expect(passed.count <= 2, "\(passed) of \(signature.count)")
    #expect(signature.count > 100)
  }
}
