/// Signed RPMs for tests with a hub, built once for a run.
///
/// alpha 1.0 and 2.0, beta, gamma with a marker, delta, iota signed by another
/// key, and unsigned omega.
package struct KojiPool: Sendable {
  private let directory: TemporaryDirectory
  package let key: SigningKey
  /// The policy's second choice.
  package let otherKey: SigningKey

  private static let made = Result { try KojiPool() }

  /// The one pool of a test run.
  package static func shared() throws -> KojiPool { try made.get() }

  /// Directory of the RPM files.
  package var path: String { directory.path("rpms") }

  private init() throws {
    directory = try TemporaryDirectory.inMemory()
    directory.removeAtExit()
    key = try SigningKey(named: "Release")
    otherKey = try SigningKey(named: "Other")
    let rpms = directory.path("rpms")
    var signed: [String] = []
    for spec in [
      RPMSpec("alpha"), RPMSpec("alpha", "2.0"), RPMSpec("beta", arch: "x86_64"),
      RPMSpec("gamma").retired("Use beta.\n"), RPMSpec("delta"),
    ] { signed += try spec.build(into: rpms) }
    try key.sign(signed)
    try otherKey.sign(RPMSpec("iota").build(into: rpms))
    try RPMSpec("omega").build(into: rpms)
  }

  /// A stream over these RPMs, with a hub of its own.
  ///
  /// - Parameter leavingOut: builds that are not in the live tag at first.
  package func installation(
    leavingOut: Set<String> = ["alpha-2.0-1", "omega-1.0-1"], importing more: [String] = [],
    hubOptions: [String] = [], environment: [String: String] = [:], topURL: Bool = false,
    policy edit: (String) -> String = { $0 }, seed change: KojiInstallation.Change = { _ in }
  ) throws -> KojiInstallation {
    try KojiInstallation(
      rpms: path, keys: [key, otherKey], importing: more, hubOptions: hubOptions,
      environment: environment, topURL: topURL,
      policy: edit
    ) { seed in
      let tagged = seed["tagged"] as? [[String: Any]] ?? []
      seed["tagged"] = tagged.filter { !leavingOut.contains($0["build"] as? String ?? "") }
      var tags = seed["tags"] as? [[String: Any]] ?? []
      tags.append(["name": "epel7-testing", "arches": "x86_64"])
      seed["tags"] = tags
      try change(&seed)
    }
  }
}
