import ComposeTestSupport
import Foundation
import Testing

/// A name that clients may know keeps its bytes.
@Suite(.waiting) struct ContentsTests {
  private let installation: Installation

  init() throws {
    installation = try Installation(small: .inMemory())
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  /// Bytes of `kappa` as users get it.
  private func served() throws -> String {
    let path = "pub/epel/updates/7/Everything/x86_64/Packages/k/kappa-1.0-1.noarch.rpm"
    return try Shell.check("sha256sum", ["\(installation.root)/\(path)"])
  }

  @Test func `signed by another key, it is refused, with both keys`() throws {
    let keys = try [SigningKey(named: "first"), SigningKey(named: "second")]
    let files = try RPMSpec("kappa").build(into: installation.pool)
    try keys[0].sign(files)
    try installation.release("7.06.201903")
    let before = try served()
    // A new file, as build systems write it: trees keep the old one.
    for file in files {
      try Data(contentsOf: URL(fileURLWithPath: file)).write(
        to: URL(fileURLWithPath: file), options: .atomic)
      try Shell.check("rpmsign", ["--delsign", file])
    }
    try keys[1].sign(files)
    let refused = try installation.run(["compose", "7.07.201908"] + rpms)
    #expect(refused.status == 2, "\(refused.output)")
    for key in keys {
      let id = key.fingerprint.suffix(16).lowercased()
      #expect(refused.errors.contains(id), "\(id): \(refused.errors)")
    }
    #expect(refused.errors.contains("re-signed"))
    let told = try installation.succeed(["update", "7"] + rpms)
    #expect(told.contains("re-signed") && told.contains("Nothing is new"), "\(told)")
    #expect(try served() == before)
  }

  @Test func `a key is replaced without a failed download`() throws {
    let keys = try [SigningKey(named: "first"), SigningKey(named: "second")]
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("    - /etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-7\n", with: "    - FIRST\n    - SECOND\n")
    try #require(text.contains("- SECOND"))
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    for (key, name) in zip(keys, ["FIRST", "SECOND"]) {
      try FileManager.default.copyItem(
        atPath: key.publicKey, toPath: "\(installation.policies)/\(name)")
    }
    let signed = ["--rpms", installation.pool]
    try keys[0].sign(RPMSpec("kappa").build(into: installation.pool))
    try installation.succeed(["compose", "7.06.201903"] + signed)
    try installation.succeed(["publish", "7.06.201903"])
    try installation.succeed(["promote", "7.06.201903", "--skip-soak"])
    let before = try served()
    // What users know stays; what is new is signed by the new key.
    try keys[1].sign(RPMSpec("iota").build(into: installation.pool))
    try installation.succeed(["compose", "7.07.201908"] + signed)
    try installation.succeed(["publish", "7.07.201908"])
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    #expect(try served() == before)
  }

  @Test func `built again under its name, it is refused, unless it is waived`() throws {
    try RPMSpec("kappa").build(into: installation.pool)
    try installation.release("7.06.201903")
    try RPMSpec("kappa").withNoise(10).build(into: installation.pool)
    let refused = try installation.run(["compose", "7.07.201908"] + rpms)
    #expect(refused.status == 2 && refused.errors.contains("built again"), "\(refused.errors)")
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try Data(
      (text + """

        waivers: [{check: contents, package: kappa, reason: nobody has it yet, until: "7.7"}]

        """).utf8
    ).write(to: URL(fileURLWithPath: file))
    let composed = try installation.run(["compose", "7.07.201908"] + rpms)
    #expect(composed.status == 0, "\(composed.errors)")
    #expect(composed.output.contains("nobody has it yet"), "the check says what was waived")
  }

  @Test func `the same bytes are no news, whatever touched the file`() throws {
    let files = try RPMSpec("kappa").build(into: installation.pool)
    try installation.release("7.06.201903")
    for file in files {
      try Data(contentsOf: URL(fileURLWithPath: file)).write(
        to: URL(fileURLWithPath: file), options: .atomic)
    }
    #expect(try installation.run(["compose", "7.07.201908"] + rpms).status == 0)
  }

  @Test func `an advisory whose date alone changes is no push`() throws {
    let stream = try LivingStream()
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.installation.release("7.06.201903")
    try stream.add(RPMSpec("alpha", "1.1"))
    func advise(updated: String, title: String = "alpha") throws {
      try stream.write(
        """
        id: EPEL-2019-9
        type: security
        title: \(title)
        issued: 2019-06-08
        updated: \(updated)
        builds: [alpha-1.1-1]
        """, to: "advisories/EPEL-2019-9.yaml")
    }
    try advise(updated: "2019-06-09")
    #expect(try stream.update().contains("EPEL-2019-9"))
    try advise(updated: "2019-06-10")
    #expect(try stream.update().contains("Nothing is new"))
    try advise(updated: "2019-06-10", title: "alpha and more")
    #expect(try stream.update().contains("EPEL-2019-9"), "words are news")
  }

  @Test func `a release that was published and abandoned keeps its bytes when it comes again`()
    throws
  {
    let installation = try Installation(small: .inMemory(), grace: "14 days")
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    let files = try RPMSpec("kappa").build(into: installation.pool)
    let original = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    try installation.succeed(["publish", "7.07.201908"])
    try installation.succeed(["abandon", "7.07.201908"])
    try RPMSpec("kappa", tags: ["Vendor: another"]).build(into: installation.pool)
    for options in [["--dry-run"], []] {
      let refused = try installation.run(["compose", "7.07.201908"] + rpms + options)
      #expect(refused.status == 2, "\(refused.output)")
      #expect((refused.output + refused.errors).contains("was built again under one name"))
    }
    // Another release has other URLs.
    try installation.succeed(["compose", "7.08.202004", "--dry-run"] + rpms)
    for (file, bytes) in zip(files, original) {
      try bytes.write(to: URL(fileURLWithPath: file), options: .atomic)
    }
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    #expect(try installation.run(["check", "7.07.201908", "--only", "contents"]).status == 0)
  }

  @Test func `a release that was only staged may come again with other bytes`() throws {
    try RPMSpec("kappa").build(into: installation.pool)
    try installation.succeed(["compose", "7.06.201903"] + rpms)
    try installation.succeed(["abandon", "7.06.201903"])
    try RPMSpec("kappa", tags: ["Vendor: another"]).build(into: installation.pool)
    try installation.succeed(["compose", "7.06.201903"] + rpms)
  }
}
