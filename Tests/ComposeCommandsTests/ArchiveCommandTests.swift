import ComposeTestSupport
import Foundation
import Testing

/// The commands that keep an archive, as they are called.
@Suite(.waiting) struct ArchiveCommandTests {
  private static let (first, next) = (SignedInstallation.first, SignedInstallation.next)
  private static let tree = "updates/\(first)"

  private let signed: SignedInstallation
  private var installation: Installation { signed.installation }
  private var archive: String { "\(installation.root)/pub/archives/epel" }

  /// The first of two signed releases is archived.
  init() throws {
    signed = try SignedInstallation()
    try RPMSpec("alpha").build(into: signed.installation.pool)
    try signed.installation.release(Self.first)
    try RPMSpec("beta").build(into: signed.installation.pool)
    try signed.installation.release(Self.next)
    try signed.installation.succeed(["archive", Self.first])
  }

  private func rpm() throws -> String {
    try #require(
      FileManager.default.subpaths(atPath: "\(archive)/\(Self.tree)")?
        .first { $0.hasSuffix("alpha-1.0-1.noarch.rpm") })
  }

  /// Flips a bit of an archived file, apart from its other names.
  private func flipBit(_ file: String) throws {
    let path = "\(archive)/\(file)"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
    try Shell.check("chmod", ["644", path])
  }

  @Test func `the archive is read, repaired from a web server, and read on`() throws {
    let copy = installation.scratch.path("copy")
    try Shell.check("cp", ["-a", archive, copy])
    let rpm = try rpm()
    try installation.expectDryRun(["archive", "verify", "7", "-n"])
    let whole = try installation.json(["archive", "verify", "7"])
    let trees = try #require(whole["trees"] as? [[String: Any]])
    #expect(whole["passed"] as? Bool == true && whole["complete"] as? Bool == true)
    #expect(trees.count == 2 && trees.allSatisfy { $0["neverRead"] as? Int == 0 })
    let again = try installation.json(["archive", "verify", "7", "--unread-for", "1 day"])
    #expect(again["filesRead"] as? Int == 0)

    try flipBit("\(Self.tree)/\(rpm)")
    try flipBit("\(Self.tree)/MANIFEST.sha256")
    try flipBit("releases/\(Self.first)/MANIFEST.sha256")
    let found = try installation.run(["archive", "verify", "7", "--rate", "100"])
    #expect(found.status == 2 && found.output.contains("\(Self.tree)/MANIFEST.sha256"))
    #expect(found.errors.contains("archive verify 7 --repair-from DIR"), "\(found.errors)")
    let server = try LoopbackServer(serving: copy)
    try installation.expectRefusal(
      ["archive", "verify", "7", "--repair-from", server.url, "-n"], status: 2)
    // Files can only be compared once the manifest is whole.
    _ = try installation.succeed(["archive", "verify", "7", "--repair-from", server.url])
    // The original is in place, and has a sound copy.
    let report = try installation.json(["archive", "verify", "7", "--repair"])
    #expect(report["repaired"] as? [String] == ["\(Self.tree)/\(rpm)"])
    try Shell.check("diff", ["-r", copy, archive])
    try Shell.check("test", ["!", "-e", "\(archive)/.epel-compose-repair-\(Self.first)"])
    #expect(try installation.succeed(["history", "--command", "repair"]).contains("MANIFEST"))
  }

  @Test
  func `a tree that is gone comes back from another copy, and not onto a disk that is not mounted`()
    throws
  {
    let copy = installation.scratch.path("copy")
    try Shell.check("cp", ["-a", archive, copy])
    try Shell.check("mv", ["\(archive)/\(Self.tree)", installation.scratch.path("gone")])
    let found = try installation.run(["archive", "verify", "7"])
    #expect(
      found.status == 2 && found.output.contains("\(Self.tree) is missing"), "\(found.output)")
    let report = try installation.json(["archive", "verify", "7", "--repair-from", copy])
    let repaired = try #require(report["repaired"] as? [String])
    #expect(report["passed"] as? Bool == true && repaired.contains("\(Self.tree)/MANIFEST.sha256"))
    #expect(repaired.count > 10 && repaired.allSatisfy { $0.hasPrefix("\(Self.tree)/") })
    // The signature of a manifest is in no record.
    try Shell.check("diff", ["-r", "-x", "MANIFEST.sha256.asc", copy, archive])
    // Of two trees that are gone, which disk they were on is not known.
    for tree in [Self.tree, "releases/\(Self.first)"] {
      try Shell.check("rm", ["-r", "\(archive)/\(tree)"])
    }
    let refused = try installation.run(["archive", "verify", "7", "--repair-from", copy])
    #expect(
      refused.status == 2 && refused.output.contains("as all of the archive is"), "\(refused)")
    try Shell.check("test", ["!", "-e", "\(archive)/\(Self.tree)"])
  }

  @Test func `a server that has nothing repairs nothing`() throws {
    try FileManager.default.removeItem(atPath: "\(archive)/\(Self.tree)/.composeinfo")
    try FileManager.default.removeItem(
      atPath: "\(installation.root)/pub/epel/\(Self.tree)/.composeinfo")
    let server = try LoopbackServer(serving: installation.scratch.path("Policies"))
    let outcome = try installation.run(["archive", "verify", "7", "--repair-from", server.url])
    #expect(outcome.status == 2 && outcome.errors.contains("sound nowhere"), "\(outcome.errors)")
  }

  @Test func `its signed manifest says what the whole archive should be`() throws {
    let manifest = "\(archive)/epel-7.MANIFEST.sha256"
    func verify() throws -> Int32 {
      try Shell.run(
        "sh", ["-c", "cd '\(archive)' && sha256sum --strict --check epel-7.MANIFEST.sha256"]
      ).status
    }
    #expect(try verify() == 0)
    let verifier = try Shell.run(
      Installation.program,
      ["verify", "--against", "\(archive)/\(Self.tree)", "--keys", signed.key.publicKey],
      environment: ["EPEL_COMPOSE_POLICIES": "/nowhere"])
    #expect(verifier.status == 0, "\(verifier.errors)")
    let page = try String(contentsOfFile: "\(archive)/epel-7.archive.html", encoding: .utf8)
    #expect(page.contains("href=\"\(Self.tree)/\"") && page.contains("MANIFEST.sha256.asc"))
    #expect(try installation.json(["archive", "index", "7"])["written"] as? [String] == [])
    // Whoever changes the list has no signature over it.
    try Data("0\n".utf8).write(to: URL(fileURLWithPath: manifest))
    try installation.expectDryRun(["archive", "index", "7", "-n"])
    #expect(
      try installation.json(["archive", "index", "7"])["written"] as? [String]
        == ["epel-7.MANIFEST.sha256"])
    #expect(try verify() == 0)
    try FileManager.default.removeItem(atPath: manifest + ".asc")
    // Any command that changes the stream mends it.
    try installation.succeed(["archive", "link", Self.first])
    #expect(FileManager.default.fileExists(atPath: manifest + ".asc"))
    #expect(try installation.json(["archive", "index", "7"])["written"] as? [String] == [])
  }

  @Test func `a release comes back to the public root, or to a place of choice`() throws {
    try installation.succeed(["archive", Self.first, "--remove-original"])
    let place = installation.scratch.path("place")
    try installation.expectDryRun(["restore", Self.first, "--to", place, "-n"])
    let copied = try installation.json(["restore", Self.first, "--to", place])
    #expect((copied["trees"] as? [[String: Any]])?.count == 2)
    try Shell.check("diff", ["-r", "\(archive)/\(Self.tree)", "\(place)/\(Self.tree)"])
    try installation.expectRefusal(["restore", Self.first, "--to", archive], status: 2)
    try installation.expectDryRun(["restore", Self.first, "-n"])
    try installation.expectScreen(["restore", Self.first], matches: "restore.txt")
    try Shell.check(
      "diff", ["-r", "\(archive)/\(Self.tree)", "\(installation.root)/pub/epel/\(Self.tree)"])
    try installation.expectRefusal(["restore", Self.first], status: 2)
    #expect(try installation.expectRefusal(["rollback", "7"], status: 2).contains("superseded"))
    try installation.succeed(["verify", Self.first])
    try installation.succeed(["archive", Self.first])
    try installation.succeed(["archive", Self.first, "--remove-original"])
  }

  @Test func `wrong words are told before anything is read`() throws {
    for arguments in [
      ["archive", "verify", "7", "--for", "soon"], ["archive", "verify", "7", "--rate", "0"],
      ["archive", "verify", "7", "--unread-for", ""],
      ["archive", "verify", "7", "--repair-from", ""],
      ["archive", "copy", "7", "--to", ""], ["archive", "copy", "7"], ["restore"],
    ] { try installation.expectRefusal(arguments, status: 64) }
    try installation.expectRefusal(["restore", "7.08.202004"], status: 66)
    try installation.expectRefusal(["archive", "link", Self.next], status: 2)
    try installation.expectRefusal(["archive", "verify", "9"], status: 66)
    try installation.expectRefusal(
      ["archive", "copy", "7", "--to", installation.root + "/pub/epel"], status: 2)
    // What was there before is still understood.
    try installation.expectRefusal(["archive", Self.next], status: 2)
    try installation.expectRefusal(["archive", "7.08.202004"], status: 66)
  }
}
