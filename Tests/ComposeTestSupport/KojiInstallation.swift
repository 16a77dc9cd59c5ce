import Foundation

/// An installation whose builds come from a test hub, with signed RPMs in the
/// hub's top directory.
package final class KojiInstallation: Sendable {
  package let hub: TestHub
  package let installation: Installation
  package let scratch: TemporaryDirectory
  /// Key ids of the policy, best first: 8 hexadecimal digits.
  package let keys: [String]

  /// The mount of the top directory.
  package var topdir: String { installation.root + "/mnt/koji" }
  /// Where the user's Koji configuration is.
  package var home: String { scratch.path("home") }

  /// What a test does with the seed before the hub starts.
  package typealias Change = (inout [String: Any]) throws -> Void

  /// - Parameters:
  ///   - rpms: RPM files; linked into the top directory, all their builds in
  ///     the live tag `epel7` in order of build time.
  ///   - keys: whose signatures the policy takes, best first.
  ///   - waits: patience with the hub, in seconds.
  ///   - change: what a test does with the seed before the hub starts.
  package init(
    rpms: String, keys: [SigningKey], importing more: [String] = [], hubOptions: [String] = [],
    environment: [String: String] = [:],
    waits: (idle: Int, stall: Int, deadline: Int) = (10, 2, 20), topURL: Bool = false,
    policy edit: (String) -> String = { $0 }, seed change: Change = { _ in }
  ) throws {
    scratch = try TemporaryDirectory.inMemory()
    self.keys = keys.map { String($0.fingerprint.suffix(8)).lowercased() }
    let topdir = scratch.path("root/mnt/koji")
    try FileManager.default.createDirectory(atPath: topdir, withIntermediateDirectories: true)
    let text = try Shell.check(
      Shell.python,
      ["\(TestHub.sources)/import_rpms.py", "--rpms", rpms, "--topdir", topdir, "--copy"] + more)
    var seed =
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    var users = seed["users"] as? [[String: Any]] ?? []
    users.append(["name": "releng", "permissions": ["tag", "admin"]])
    users += ["nobody", "orion"].map { ["name": $0] }
    seed["users"] = users
    try change(&seed)
    hub = try TestHub(
      seed: String(decoding: JSONSerialization.data(withJSONObject: seed), as: UTF8.self),
      topdir: topdir, options: hubOptions, environment: environment)
    try Self.configure(scratch, hub, user: "releng")
    let files = topURL ? hub.url.replacing("/kojihub", with: "/files") : "/mnt/koji"
    installation = Installation(
      in: scratch,
      policies: try Self.policies(scratch, hub, keys, self.keys, files, waits, edit),
      environment: environment.merging(["HOME": scratch.path("home")]) { $1 })
  }

  /// The user's Koji profile: the certificate of `user`.
  package static func configure(
    _ scratch: TemporaryDirectory, _ hub: TestHub, user: String
  ) throws {
    guard let certificates = HubCertificates.shared else {
      throw Shell.Failure(description: "no certificates could be made")
    }
    try scratch.write(
      """
      [koji]
      server = \(hub.url)
      authtype = ssl
      cert = \(certificates.user(user))
      serverca = \(certificates.authority)
      """, to: "home/.koji/config")
  }

  private static func policies(
    _ scratch: TemporaryDirectory, _ hub: TestHub, _ keys: [SigningKey], _ ids: [String],
    _ topdir: String, _ waits: (idle: Int, stall: Int, deadline: Int), _ edit: (String) -> String
  ) throws -> String {
    let directory = try Fixtures.smallPolicies(in: scratch)
    for (index, key) in keys.enumerated() {
      try FileManager.default.copyItem(atPath: key.publicKey, toPath: "\(directory)/KEY-\(index)")
    }
    let file = directory + "/epel-7.yaml"
    var text = try String(contentsOfFile: file, encoding: .utf8)
    for (pattern, value) in [
      ("hub: .*", "hub: \(hub.url)"), ("topdir: .*", "topdir: \(topdir)"),
      ("pendingTags: .*", "pendingTags: [epel7-testing]\n  changesBelowRoot: true"),
      (
        "signingKeys: .*",
        "signingKeys: [\(ids.map { "\"\($0)\"" }.joined(separator: ", "))]\n  waits:\n"
          + "    idle: \(waits.idle) seconds\n    stall: \(waits.stall) seconds\n"
          + "    deadline: \(waits.deadline) seconds"
      ),
      (
        "    - /etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-7",
        keys.indices.map { "    - KEY-\($0)" }.joined(separator: "\n")
      ),
    ] { text = text.replacingOccurrences(of: pattern, with: value, options: .regularExpression) }
    try Data(edit(text).utf8).write(to: URL(fileURLWithPath: file))
    return directory
  }

  package func run(_ arguments: String...) throws -> Shell.Outcome {
    try installation.run(arguments)
  }

  @discardableResult
  package func succeed(_ arguments: String...) throws -> String {
    try installation.succeed(arguments)
  }

  /// The result of a command as JSON.
  package func json(_ arguments: String...) throws -> [String: Any] {
    let outcome = try installation.run(arguments + ["--format", "json"])
    return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      ?? [:]
  }

  /// The tag of the release that tests compose.
  package static let composeTag = "epel7-7.06.201903"
}
