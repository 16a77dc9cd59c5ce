import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Signed repomd.xml through the life of two releases, and everything that keeps it from
/// being signed.
@Suite(.waiting) struct SignedMetadataTests {
  private static let published = "pub/epel"
  private static let staged = "pub/alt/epel"

  /// An installation whose metadata is signed; nil for one that is not signed yet.
  private func installation(_ metadata: SignedMetadata?) throws -> Installation {
    let installation = try Installation(
      small: .inMemory(), grace: "14 days", metadata: metadata)
    try RPMSpec("alpha").build(into: installation.pool)
    return installation
  }

  private func compose(_ id: String, _ installation: Installation) throws {
    try installation.succeed(["compose", id, "--rpms", installation.pool, "--allow-unsigned"])
  }

  private func update(_ installation: Installation, _ more: [String] = []) throws
    -> Shell.Outcome
  {
    try installation.run(
      ["update", "7", "--rpms", installation.pool, "--allow-unsigned"] + more)
  }

  /// The policy says another thing of metadata from now on.
  private func change(_ installation: Installation, to metadata: SignedMetadata?) throws {
    _ = try Fixtures.smallPolicies(
      in: installation.scratch, grace: "14 days", metadata: metadata)
  }

  @Test func `every repomd.xml is signed from compose to archive`() throws {
    let signer = try SignedMetadata.quick()
    let installation = try installation(signer)
    func expectSigned(_ root: String, _ moment: String) throws {
      #expect(
        try SignedMetadata.problems(
          below: "\(installation.root)/\(root)", publicKey: signer.publicKey) == [], "\(moment)")
    }
    try compose("7.06.201903", installation)
    try expectSigned(Self.staged, "composed")
    let repo = try String(
      contentsOfFile: "\(installation.root)/\(Self.staged)/epel-7-7.06.201903.repo",
      encoding: .utf8)
    #expect(repo.contains("gpgcheck=0\nrepo_gpgcheck=1\ngpgkey=file://"))
    try installation.succeed(["check", "7.06.201903"])
    try installation.succeed(["publish", "7.06.201903"])
    try installation.succeed(["promote", "7.06.201903", "--skip-soak"])
    try expectSigned(Self.published, "promoted")
    try RPMSpec("beta").build(into: installation.pool)
    let pushed = try update(installation)
    #expect(pushed.status == 0, "\(pushed.errors)")
    try expectSigned(Self.published, "pushed")
    try RPMSpec("gamma").build(into: installation.pool)
    try compose("7.07.201908", installation)
    try installation.succeed(["publish", "7.07.201908"])
    // A push meanwhile: the release needs a newer revision, and so another signature.
    #expect(try update(installation).status == 0)
    try installation.succeed(["check", "7.07.201908"])
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    try expectSigned(Self.published, "promoted again")
    try installation.succeed(["rollback", "7"])
    try expectSigned(Self.published, "rolled back")
    try installation.succeed(["check", "7.07.201908"])
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    try RPMSpec("delta").build(into: installation.pool)
    let undone = try update(installation)
    #expect(undone.status == 0, "\(undone.errors)")
    try installation.succeed(["update", "7", "--undo", "--reason", "It is broken"])
    try expectSigned(Self.published, "taken back")
    try installation.succeed(["archive", "7.06.201903"])
    try expectSigned("pub/archives/epel", "archived")
    for id in ["7.06.201903", "7.07.201908"] { try installation.succeed(["verify", id]) }
    let status = try installation.succeed(["status", "7"])
    #expect(!status.contains("not signed"))
    // The ledger that the disk proves knows every file.
    try FileManager.default.removeItem(
      atPath: "\(installation.root)/var/lib/epel-compose/epel-7.sqlite")
    try installation.succeed(["status", "7", "--from-disk"])
    let again = try update(installation)
    #expect(again.status == 0, "\(again.errors)")
    try expectSigned(Self.published, "after a rebuild of the ledger")
  }

  @Test func `trees from before are signed by the next update, and told until then`() throws {
    let installation = try installation(nil)
    try installation.release("7.06.201903")
    try change(installation, to: .quick())
    #expect(try installation.succeed(["status", "7"]).contains("is not signed as the policy"))
    let before = Listing.of(installation.root)
    let preview = try update(installation, ["--dry-run"])
    #expect(preview.status == 0 && preview.errors.contains("would sign"), "\(preview.errors)")
    #expect(Listing.differences(Listing.of(installation.root), before) == [])
    // The verdict of the checks says so, and lets it pass.
    let check = try installation.succeed(["check", "7.06.201903", "--only", "metadata-signature"])
    #expect(check.contains("is from before metadata was signed"))
    let signed = try update(installation)
    #expect(signed.status == 0 && signed.errors.contains("signed each repomd.xml of releases/"))
    let key = try SignedMetadata.quick().publicKey
    let place = "\(installation.root)/\(Self.published)"
    #expect(try SignedMetadata.problems(below: place, publicKey: key) == [])
    #expect(!(try installation.succeed(["status", "7"]).contains("is not signed")))
    try installation.succeed(["verify", "7.06.201903"])
    // Once is enough.
    let after = Listing.of(place)
    #expect(try update(installation).status == 0)
    #expect(Listing.differences(Listing.of(place), after) == [])
    // And where nobody shall sign any more, what changes has no signature.
    try change(installation, to: nil)
    try RPMSpec("beta").build(into: installation.pool)
    #expect(try update(installation).status == 0)
    let left = Listing.of("\(place)/updates/7.06.201903").keys.filter {
      $0.contains("repomd.xml.")
    }
    #expect(left.isEmpty, "\(left)")
    try installation.succeed(["verify", "7.06.201903"])
  }

  @Test func `a new key signs what the next update writes`() throws {
    let (old, new) = (try SigningKey(named: "Old"), try SigningKey(named: "New"))
    let installation = try installation(.gpg(old))
    try installation.release("7.06.201903")
    let both = try installation.scratch.write(
      [old, new].map { try String(contentsOfFile: $0.publicKey, encoding: .utf8) }.joined(),
      to: "both.asc")
    try change(installation, to: .gpg(new, publicKey: both))
    #expect(try update(installation).status == 0)
    let place = "\(installation.root)/\(Self.published)"
    #expect(try SignedMetadata.problems(below: place, publicKey: both) == [])
    try change(installation, to: .gpg(new))
    #expect(try update(installation).status == 0)
    #expect(try SignedMetadata.problems(below: place, publicKey: new.publicKey) == [])
  }

  @Test func `a key that signs repomd.xml and ends soon is warned of`() throws {
    let key = try SigningKey(named: "Metadata")
    let installation = try installation(.gpg(key))
    defer { key.endAgent() }
    try installation.release("7.06.201903")
    let policy = "\(installation.policies)/epel-7.yaml"
    func expectWarning(_ isWarned: Bool) throws {
      for command in [["policy", "check", policy], ["status", "7"]] {
        let output = try installation.succeed(command)
        #expect(
          output.contains("which signs repomd.xml, expires on") == isWarned,
          "\(command): \(output)")
      }
    }
    try expectWarning(false)
    for (time, isWarned) in [("30d", true), ("2y", false)] {
      let gpg = ["--homedir", key.home, "--batch", "--yes"]
      try Shell.check("gpg", gpg + ["--quick-set-expire", key.fingerprint, time])
      try Shell.check(
        "gpg", gpg + ["--armor", "--output", key.publicKey, "--export", key.fingerprint])
      try change(installation, to: .gpg(key))
      try expectWarning(isWarned)
    }
  }

  struct Failing: Sendable, CustomTestStringConvertible {
    let script: String
    let status: Int32
    let words: String
    var more = ""
    var testDescription: String { script }
  }

  @Test(arguments: [
    Failing(script: "echo no >&2; exit 3", status: 1, words: "ended with status 3: 'no'"),
    Failing(
      script: "sleep 100", status: 69, words: "within 1 second", more: ", deadline: 1 second"),
    Failing(script: "echo rubbish", status: 1, words: "something else than a signature"),
    Failing(script: "@OTHER", status: 1, words: "which is not in"),
    Failing(script: "(cat; echo) | @SIGN", status: 1, words: "not over these bytes"),
  ])
  func `what cannot be signed changes nothing`(failing: Failing) throws {
    let (key, other) = (try SigningKey(named: "Metadata"), try SigningKey(named: "Other"))
    let installation = try installation(.gpg(key))
    try compose("7.06.201903", installation)
    try installation.succeed(["check", "7.06.201903"])
    try installation.succeed(["publish", "7.06.201903"])
    try installation.succeed(["promote", "7.06.201903", "--skip-soak"])
    try RPMSpec("beta").build(into: installation.pool)
    try compose("7.07.201908", installation)
    try installation.succeed(["publish", "7.07.201908"])
    let script = failing.script.replacing("@OTHER", with: SignedMetadata.command(other))
      .replacing("@SIGN", with: SignedMetadata.command(key))
    try change(
      installation,
      to: .script(script, key: key, more: failing.more, in: installation.scratch))
    let trees = ["pub/epel", "pub/alt/epel"].map { "\(installation.root)/\($0)" }
    let before = trees.map(Listing.of)
    for arguments in [
      ["update", "7", "--rpms", installation.pool, "--allow-unsigned"],
      ["compose", "7.08.202003", "--rpms", installation.pool, "--allow-unsigned"],
    ] {
      let outcome = try installation.run(arguments)
      #expect(outcome.status == failing.status, "\(outcome.errors)")
      #expect(outcome.errors.contains("/bin/sh: signing"), "\(outcome.errors)")
      #expect(outcome.errors.contains(failing.words), "\(outcome.errors)")
    }
    #expect(try update(installation, ["--dry-run"]).status == 0, "a dry run signs nothing")
    for (place, before) in zip(trees, before) {
      let differences = Listing.differences(Listing.of(place), before)
      #expect(differences == [])
    }
    // Nothing stays open: with a signer that works, it goes on.
    try change(installation, to: .gpg(key))
    #expect(try update(installation).status == 0)
  }

  @Test func `a dry run says what is missing, and what is missing stops a command`() throws {
    let key = try SigningKey(named: "Metadata")
    let installation = try installation(
      .script("exit 1", key: key, in: .init()))
    let policy = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try text.replacing("/bin/sh", with: "/usr/bin/no-such-signer")
      .write(toFile: policy, atomically: true, encoding: .utf8)
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    let plan = try installation.run(["plan", "7.06.201903"] + rpms)
    #expect((plan.output + plan.errors).contains("/usr/bin/no-such-signer"), "\(plan.output)")
    for more in [["--dry-run"], []] {
      let outcome = try installation.run(["compose", "7.06.201903"] + rpms + more)
      #expect(outcome.status == 66, "\(outcome.errors)")
      #expect(outcome.errors.contains("no such program"), "\(outcome.errors)")
    }
    // The policy names another key than its file has.
    try text.replacing(key.fingerprint, with: String(repeating: "ab", count: 20))
      .write(toFile: policy, atomically: true, encoding: .utf8)
    let other = try installation.run(["compose", "7.06.201903", "--dry-run"] + rpms)
    #expect(other.status == 65 && other.errors.contains("does not hold the key abab"))
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: String
    /// Of one repodata; `OTHER` is a signature by another key, with that key.
    let script: String
  }

  @Test(arguments: [
    Damage(
      testDescription: "stripped", code: "signature-missing", script: "rm repomd.xml.asc"),
    Damage(
      testDescription: "key gone", code: "signature-missing", script: "rm repomd.xml.key"),
    Damage(
      testDescription: "changed index", code: "bad-signature",
      script: "echo ' ' >> repomd.xml"),
    Damage(
      testDescription: "rubbish", code: "bad-signature", script: "echo > repomd.xml.asc"),
    Damage(
      testDescription: "other key", code: "bad-signature",
      script: "OTHER < repomd.xml > x; mv x repomd.xml.asc; cp OTHERKEY repomd.xml.key"),
    Damage(
      testDescription: "other key file alone", code: "changed-index",
      script: "cp OTHERKEY repomd.xml.key"),
  ])
  func `the check and verify tell each damage`(damage: Damage) throws {
    let installation = try installation(.quick())
    try compose("7.06.201903", installation)
    let place =
      "\(installation.root)/\(Self.staged)/updates/7.06.201903/Everything/x86_64/repodata"
    // Both trees of the release link these files.
    let other = try SigningKey(named: "Other")
    let script = damage.script.replacing("OTHERKEY", with: other.publicKey)
      .replacing("OTHER", with: SignedMetadata.command(other))
    try Shell.check(
      "/bin/sh",
      ["-c", "cd \(place) && for f in repomd.*; do cp $f x && mv x $f; done && \(script)"])
    let outcome = try installation.run(
      ["check", "7.06.201903", "--dry-run", "--only", "metadata-signature", "--format", "json"])
    #expect(outcome.status == 2, "\(outcome.output)")
    #expect(outcome.output.contains("\"\(damage.code)\""), "\(outcome.output)")
    #expect(try installation.run(["verify", "7.06.201903"]).status == 2)
  }
}
