import ComposeTestSupport
import Foundation
import OpenPGPKeys
import ReleaseModel
import Testing

/// Certificates as GnuPG makes them, in files as people make them.
@Suite(.waiting) struct KeyFileTests {
  private let home: KeyHome
  /// Seconds since 1970: after what was made in 2020 has ended.
  private static let later = 1_600_000_000

  init() throws { home = try KeyHome() }

  private func one(_ file: String) throws -> Certificate {
    let certificates = try KeyFile.certificates(in: [file])
    try #require(certificates.count == 1)
    return certificates[0]
  }

  private func text(_ file: String) throws -> String {
    try String(contentsOfFile: file, encoding: .utf8)
  }

  @Test(arguments: [
    ("rsa2048", Certificate.Algorithm.rsa, nil), ("ed25519", .eddsa, "Ed25519"),
    ("nistp256", .ecdsa, "NIST P-256"), ("dsa2048", .dsa, nil),
  ])
  func `a key is of its kind`(
    kind: String, algorithm: Certificate.Algorithm, curve: String?
  ) throws {
    let print = try home.make("one", kind, expires: "2020-03-01", at: "20200101T000000")
    let file = try home.export(["one"], to: "one.asc")
    let certificate = try one(file)
    #expect(certificate.primary.fingerprint == print)
    #expect(certificate.primary.id == String(print.suffix(16)))
    #expect(certificate.primary.algorithm == algorithm)
    #expect(certificate.primary.curve == curve)
    #expect(certificate.primary.canSign)
    // Making it takes a moment, for which GnuPG's clock goes on.
    #expect((1_577_836_800...1_577_836_860).contains(certificate.primary.created))
    // GnuPG takes a date for noon of it.
    #expect(certificate.primary.expires == 1_583_064_000)
    #expect(certificate.primary.revoked == nil)
    #expect(certificate.userIDs == ["one <one@example.invalid>"])
    #expect(certificate.files == [file])
    #expect(certificate.subkeys.isEmpty)
    // At its moment, not before.
    #expect(certificate.primary.flaw(at: 1_583_063_999) == nil)
    #expect(certificate.primary.flaw(at: 1_583_064_000) == .expired(1_583_064_000))
  }

  @Test func `a renewed key ends later, whichever of its copies comes first`() throws {
    let print = try home.make("one", expires: "2020-03-01", at: "20200101T000000")
    let old = try home.export(["one"], to: "old.asc")
    try home.gpg(["--quick-set-expire", print, "2030-01-01"], at: "20200201T000000")
    let new = try home.export(["one"], to: "new.asc")
    for files in [[old, new], [new, old]] {
      let certificates = try KeyFile.certificates(in: files)
      #expect(certificates.map(\.primary.expires) == [1_893_499_200])
      #expect(certificates.first?.files == files)
    }
    #expect(try one(old).primary.flaw(at: Self.later) != nil)
  }

  @Test func `a revoked key counts at no time, and neither do its subkeys`() throws {
    let print = try home.make("one", signingSubkey: "ed25519")
    let before = try home.export(["one"], to: "before.asc")
    #expect(try one(before).keys.allSatisfy { $0.flaw(at: Self.later) == nil })
    try home.revoke(print)
    let after = try home.export(["one"], to: "after.asc")
    let certificate = try one(after)
    #expect(certificate.keys.count == 2)
    for key in certificate.keys {
      guard case .revoked? = key.flaw(at: 0) else {
        Issue.record("\(key)")
        continue
      }
    }
    // One copy that says so is enough.
    let together = try KeyFile.certificates(in: [after, before])
    #expect(together.count == 1 && together[0].primary.revoked != nil)
  }

  @Test func `a revoked subkey leaves its siblings alone, and is not given to librpm`() throws {
    let print = try home.make("one", signingSubkey: "ed25519")
    try home.gpg(["--quick-add-key", print, "ed25519", "sign", "never"])
    let intact = try one(try home.export(["one"], to: "intact.asc"))
    try Shell.check(
      "sh",
      [
        "-c",
        "printf 'key 1\\nrevkey\\ny\\n0\\n\\ny\\nsave\\n' | "
          + "gpg --homedir \"$0\" --no-tty --quiet --pinentry-mode loopback --passphrase '' "
          + "--command-fd 0 --edit-key \"$1\" >/dev/null 2>&1; gpgconf --homedir \"$0\" --kill all",
        home.path, print,
      ])
    let certificate = try one(try home.export(["one"], to: "revoked.asc"))
    #expect(certificate.subkeys.map { $0.revoked != nil } == [true, false])
    #expect(certificate.primary.revoked == nil)
    #expect(certificate.bytes.count < intact.bytes.count)
    // What is left is a certificate.
    let rest = try one(try home.write(certificate.bytes, to: "rest"))
    #expect(rest.subkeys.map(\.fingerprint) == [certificate.subkeys[1].fingerprint])
  }

  @Test func `a subkey signs, and does not outlive its primary key`() throws {
    let print = try home.make("one", "rsa2048", signingSubkey: "rsa2048", at: "20200101T000000")
    try home.gpg(["--quick-set-expire", print, "2020-03-01"], at: "20200101T000000")
    let certificate = try one(try home.export(["one"], to: "one.asc"))
    #expect(!certificate.primary.canSign)
    #expect(certificate.subkeys.map(\.canSign) == [true])
    #expect(certificate.subkeys.first?.expires == certificate.primary.expires)
    #expect(certificate.keys.map(\.fingerprint) == (try home.fingerprints("one")))
  }

  @Test func `every block and every certificate of a block counts`() throws {
    let prints = try ["one", "two", "three"].map { try home.make($0) }
    let (first, both) = (
      try home.export(["one"], to: "one.asc"), try home.export(["two", "three"], to: "two.asc")
    )
    let binary = try home.export(["one", "two", "three"], to: "all.gpg", armored: false)
    let files = [
      try "Ours, since 2019:\n\n" + text(first) + "\nand\n-----\n" + text(both) + "\n\nthe end\n",
      (try text(first) + text(both)).replacing("\n", with: "\r\n"),
      (try text(first) + text(both)).split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("=") }.joined(separator: "\n"),
    ]
    for (number, text) in files.enumerated() {
      let file = try home.write(Array(text.utf8), to: "\(number).asc")
      #expect(
        try Set(KeyFile.certificates(in: [file]).map(\.primary.fingerprint)) == Set(prints),
        "\(number)")
    }
    #expect(
      try Set(KeyFile.certificates(in: [binary]).map(\.primary.fingerprint)) == Set(prints))
    #expect(try KeyFile.certificates(in: [first, both, binary]).count == 3)
  }

  @Test func `damage is told with file and block`() throws {
    for name in ["one", "two"] { _ = try home.make(name, "rsa2048") }
    let whole = try text(home.export(["one"], to: "one.asc"))
    let lines = try text(home.export(["two"], to: "two.asc")).split(
      separator: "\n", omittingEmptySubsequences: false)
    var changed = lines
    changed[4] = Substring(String(lines[4].reversed()))
    let damaged = [
      lines.dropLast(4).joined(separator: "\n"), changed.joined(separator: "\n"),
      lines.joined(separator: "\n").replacing("=", with: "!"),
    ]
    for text in damaged {
      let file = try home.write(Array((whole + text).utf8), to: "damaged.asc")
      let error = #expect(throws: ComposeError.self) { try KeyFile.certificates(in: [file]) }
      #expect(error?.kind == .badData && error?.thing == file)
      #expect(error?.cause == "block 2 of public keys in it is damaged")
    }
  }

  @Test func `a changed key is told, where no checksum tells it`() throws {
    _ = try home.make("one", "rsa2048")
    let file = try home.export(["one"], to: "one.gpg", armored: false)
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    #expect(try KeyFile.certificates(in: [file]).count == 1)
    // In the middle of the key's modulus: it is another key, whose signature does not hold.
    bytes[100] ^= 1
    let changed = try home.write(bytes, to: "changed.gpg")
    let error = #expect(throws: ComposeError.self) { try KeyFile.certificates(in: [changed]) }
    #expect(error?.kind == .badData)
    #expect(error?.cause.contains("its own signature does not hold") == true, "\(error as Any)")
  }

  @Test func `a file without keys, and one that is not there`() throws {
    for bytes in [[], Array("no key\n".utf8), [0x99], [UInt8](repeating: 0xC6, count: 300)] {
      let file = try home.write(bytes, to: "none")
      let error = #expect(throws: ComposeError.self) { try KeyFile.certificates(in: [file]) }
      #expect(error?.kind == .badData)
    }
    let error = #expect(throws: ComposeError.self) {
      try KeyFile.certificates(in: ["/nowhere/key"])
    }
    #expect(error?.kind == .noInput)
    #expect(try KeyFile.certificates(in: []).isEmpty)
  }

  @Test func `a certificate of version 6 takes no other's place`() throws {
    let print = try home.make("one")
    let own = try text(home.export(["one"], to: "one.asc"))
    // The sample of RFC 9580, appendix A.3.
    let six = """
      -----BEGIN PGP PUBLIC KEY BLOCK-----

      xioGY4d/4xsAAAAg+U2nu0jWCmHlZ3BqZYfQMxmZu52JGggkLq2EVD34laPCsQYf
      GwoAAABCBYJjh3/jAwsJBwUVCg4IDAIWAAKbAwIeCSIhBssYE8GCaaX5NUt+mxyK
      wwfHifBilZwj2Ul7Ce62azJ9BScJAgcCAAAAAK0oIBA+LX0ifsDm185Ecds2v8lw
      gyU2kCcUmKfvBXbAf6rhRYWzuQOwEn7E/aLwIwRaLsdry0+VcallHhSu4RN6HWaE
      QsiPlR4zxP/TP7mhfVEe7XWPxtnMUMtf15OyA51YBM4qBmOHf+MZAAAAIIaTJINn
      +eUBXbki+PSAld2nhJh/LVmFsS+60WyvXkQ1wpsGGBsKAAAALAWCY4d/4wKbDCIh
      BssYE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce62azJ9AAAAAAQBIKbpGG2dWTX8
      j+VjFM21J0hqWlEg+bdiojWnKfA5AQpWUWtnNwDEM0g12vYxoWM8Y81W+bHBw805
      I8kWVkXU6vFOi+HWvv/ira7ofJu16NnoUkhclkUrk0mXubZvyl4GBg==
      -----END PGP PUBLIC KEY BLOCK-----

      """
    for text in [own + six, six + own] {
      let file = try home.write(Array(text.utf8), to: "both.asc")
      #expect(try KeyFile.certificates(in: [file]).map(\.primary.fingerprint) == [print])
    }
    let alone = try home.write(Array(six.utf8), to: "six.asc")
    #expect(throws: ComposeError.self) { try KeyFile.certificates(in: [alone]) }
  }
}
