import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import Foundation
import OpenPGPKeys
import RPMPackages
import ReleaseModel
import Testing

/// An RPM by a good key that the stream's oldest clients cannot verify.
@Suite(.waiting) struct UnverifiableSignatureTests {
  @Test func `is refused by name, and taken where clients verify it`() throws {
    let home = try KeyHome()
    _ = try home.make("modern", "ed25519")
    let certificates = try KeyFile.certificates(in: [home.export(["modern"], to: "key")])
    let scratch = try TemporaryDirectory.ofPlainPath()
    let files = try RPMSpec("alpha").build(into: scratch.path("pool"))
    let file = try #require(files.first { !$0.hasSuffix(".src.rpm") })
    let gpg = try Shell.check("sh", ["-c", "command -v gpg"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try Shell.check(
      "rpmsign",
      [
        "--define", "_gpg_name =modern <modern@example.invalid>", "--define", "__gpg \(gpg)",
        "--define", "_gpg_path \(home.path)", "--addsign", file,
      ], environment: ["GNUPGHOME": home.path, "HOME": scratch.path])
    _ = try? Shell.run("gpgconf", ["--homedir", home.path, "--kill", "all"])
    let id = certificates[0].primary.id
    func finding(_ unverifiable: [String: String]) throws -> Finding? {
      try RPMReader(
        keyring: Keyring(certificates, unverifiable: unverifiable),
        markerPattern: GlobPattern("R*")
      ).read(file).signatureFinding(floor: .sha256)
    }
    #expect(try finding([:]) == nil)
    let refused = try finding([id: "an EdDSA key"])
    #expect(refused?.code == "unverifiable-signature")
    #expect(refused?.message.contains("\(id), an EdDSA key") == true)
    // Another key's clients are no matter.
    #expect(try finding([String(repeating: "0", count: 16): "an EdDSA key"]) == nil)
  }
}
