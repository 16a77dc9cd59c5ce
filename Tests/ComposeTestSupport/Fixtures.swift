import Foundation
import ReleaseModel

/// What the checkout has for tests and the demo.
package enum Fixtures {
  /// The top of the checkout, from where this very file lies.
  package static let checkout: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }()

  package static var policies: String { "\(checkout)/Policies" }

  /// A copy of the policy of EPEL 7 with one architecture and no grace time,
  /// and of the templates beside it: for tests that run hundreds of commands.
  ///
  /// - Parameters:
  ///   - gate: what the policy says of checks, YAML; without the clients'
  ///     tests if nothing is given, because dnf takes its time.
  ///   - metadata: who signs it; nil for nobody.
  ///   - hasTesting: whether there is an area for what waits to become stable.
  ///   - hasMinors: whether 7.6 is maintained beside later releases, each minor release has a live
  ///     tag of its own, and the link `updates/7z` leads to the newest release that has come.
  package static func smallPolicies(
    in scratch: TemporaryDirectory, gate: String = noClientTests, grace: String = "0 days",
    metadata: SignedMetadata? = nil, hasMinors: Bool = false, hasTesting: Bool = false
  ) throws -> String {
    let shipped = try String(contentsOfFile: "\(policies)/epel-7.yaml", encoding: .utf8)
    let small = shipped.replacing(/arches: \[.*\]/, with: "arches: [x86_64]")
      .replacing(/grace: .*/, with: "grace: \(grace)")
      .replacing("  databases: true\n", with: "")
      .replacing(/calendar:/, with: "\(gate)\n\ncalendar:")
      // Nobody answers there: no test asks a hub of the world.
      .replacing(/hub: .*/, with: "hub: https://localhost:1/kojihub")
      .replacing(/topdir: .*/, with: "topdir: https://localhost:1/files")
      .replacing(
        "\nsigning:\n", with: "\nsigning:\n" + (metadata.map { "  metadata: \($0.policy)\n" } ?? "")
      )
    let minors = small.replacing(
      "\"7.6\": 2018-10-30", with: "\"7.6\": { date: 2018-10-30, ends: 2999-12-31 }"
    ).replacing(
      "  updates/7: \"{release}\"\n",
      with: "  updates/7: \"{release}\"\n"
        + "  updates/7z: { target: \"{release}\", leads: released }\n"
    )
    .replacing("liveTag: epel7\n", with: "liveTag: \"epel7.{minor}\"\n")
    let text = hasMinors ? minors : small
    let file = try scratch.write(
      hasTesting ? TestingArea.added(to: text) : text, to: "Policies/epel-7.yaml")
    try metadata?.install(in: scratch.path("Policies"))
    if !FileManager.default.fileExists(atPath: scratch.path("Templates")) {
      try FileManager.default.copyItem(
        atPath: "\(checkout)/Templates", toPath: scratch.path("Templates"))
    }
    return (file as NSString).deletingLastPathComponent
  }

  /// A copy of the shipped policies and templates; checks leave clients out.
  package static func policiesWithoutClients(in scratch: TemporaryDirectory) throws -> String {
    for name in try FileManager.default.contentsOfDirectory(atPath: policies) {
      let text = try String(contentsOfFile: "\(policies)/\(name)", encoding: .utf8)
      try scratch.write(
        text.replacing("\ncalendar:", with: "\n\(noClientTests)\n\ncalendar:"),
        to: "Policies/\(name)")
    }
    try FileManager.default.copyItem(
      atPath: "\(checkout)/Templates", toPath: scratch.path("Templates"))
    return scratch.path("Policies")
  }

  package static let noClientTests = "checks:\n  rehearsal: off"

  /// Builds one stage of the demo's RPMs into `directory`, signed by `key`
  /// where one is given.
  package static func build(
    _ stage: String, into directory: String, arches: String = "x86_64 ppc64le",
    key: SigningKey? = nil
  ) throws {
    var arguments = [stage, directory, "--arches", arches]
    if let key { arguments += ["--sign-with", key.home, key.fingerprint] }
    try Shell.check("\(checkout)/Tests/Fixtures/build-rpms", arguments)
  }
}

/// A throw-away signing key, made at test time.
package final class SigningKey: Sendable {
  private let directory: TemporaryDirectory
  package let fingerprint: String

  /// Directory for `--homedir`.
  package var home: String { directory.path("gnupg") }
  /// File of the public key.
  package var publicKey: String { "\(home)/RPM-GPG-KEY" }

  /// A GnuPG home that nobody else uses. Keys of one name are the same key in one run of the tests.
  package convenience init(named name: String) throws {
    let made = Self.known.withLock { known in
      let made = known[name] ?? MadeOnce()
      known[name] = made
      return made
    }
    let key = try made.value {
      let key = try SigningKey(making: name)
      key.directory.removeAtExit()
      return key
    }
    try self.init(copying: key)
  }

  /// Keys that were made in this run, by their names: each takes GnuPG a third of a second.
  private static let known = Guarded<[String: MadeOnce<SigningKey>]>([:])

  private init(making name: String) throws {
    directory = try Self.directory()
    fingerprint =
      try Shell.check(
        "\(Fixtures.checkout)/Tests/Fixtures/make-key", [directory.path("gnupg"), name]
      ).split(separator: "\n").last.map(String.init) ?? ""
  }

  private init(copying key: SigningKey) throws {
    directory = try Self.directory()
    fingerprint = key.fingerprint
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // Sockets and locks may be of an agent that is just ending.
    let files = try FileManager.default.contentsOfDirectory(atPath: key.home)
      .filter { !$0.hasPrefix("S.") && !$0.hasPrefix(".") }
    try Shell.check("cp", ["-a"] + files.map { "\(key.home)/\($0)" } + [home])
  }

  /// Short: GnuPG's sockets live below it, and their paths are limited.
  private static func directory() throws -> TemporaryDirectory {
    try TemporaryDirectory(in: URL(fileURLWithPath: "/tmp"))
  }

  /// Signs RPM files in place.
  package func sign(_ files: [String]) throws {
    let gpg = try Shell.check("sh", ["-c", "command -v gpg"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try Shell.check(
      "rpmsign",
      [
        "--define", "_gpg_name \(fingerprint)", "--define", "__gpg \(gpg)", "--define",
        "_gpg_path \(home)", "--addsign",
      ] + files,
      environment: ["GNUPGHOME": home, "HOME": directory.path])
    _ = try? Shell.run("gpgconf", ["--homedir", home, "--kill", "all"])
  }
}
