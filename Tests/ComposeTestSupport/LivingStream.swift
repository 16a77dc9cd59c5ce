import Foundation

/// A stream with everything that users expect of one: groups, modules,
/// advisories. One architecture, served on loopback.
package final class LivingStream: Sendable {
  package let installation: Installation
  private let scratch: TemporaryDirectory
  package let server: LoopbackServer

  /// - Parameters:
  ///   - keeps: which older versions stay.
  ///   - slowly: see ``LoopbackServer``.
  ///   - metadata: further keys of `metadata`, YAML.
  ///   - hasBodhi: whether advisories come from Bodhi as well: its replies are
  ///     what ``replyOfBodhi(_:)`` says.
  package init(
    keeps: String = "all", slowly: String = "", metadata: String = "", hasBodhi: Bool = false
  ) throws {
    scratch = try TemporaryDirectory()
    let policies = try Fixtures.smallPolicies(in: scratch)
    installation = Installation(in: scratch, policies: policies, environment: [:])
    for directory in [installation.pool, installation.root] {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    }
    server = try LoopbackServer(serving: installation.root, slowly: slowly)
    let file = "\(policies)/epel-7.yaml"
    let policy = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("    begins: release\n", with: "    begins: release\n    keeps: \(keeps)\n")
      .replacing(
        "  source: Everything/source/tree\n",
        with: """
            source: Everything/source/tree
            modular:
              binary: Modular/{arch}
              debug: Modular/{arch}/debug
              source: Modular/source/tree

          """
      )
      .replacing(
        "  changelogs: 10\n",
        with: "  changelogs: 10\n  comps: comps.xml\n  modules: modules.yaml\n" + metadata
      )
      .replacing("grace: 0 days", with: "grace: 14 days")
      .replacing(
        "calendar:",
        with: "advisories:\n  directory: advisories\n"
          + (hasBodhi ? "  bodhi: {url: \"\(server.url)/bodhi\", releases: [EPEL-7]}\n" : "")
          + "\ncalendar:")
    try Data(policy.utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.createDirectory(
      atPath: "\(policies)/advisories", withIntermediateDirectories: true)
    try write(Self.comps(["alpha", "beta"]), to: "comps.xml")
    try write(Self.modules, to: "modules.yaml")
  }

  /// Puts a file beside the policy.
  package func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(installation.policies)/\(name)"))
  }

  /// Puts an advisory beside the policy.
  package func advise(
    _ id: String, _ kind: String, of build: String, severity: String? = nil, more: String = ""
  ) throws {
    try write(
      """
      id: \(id)
      type: \(kind)
      \(severity.map { "severity: \($0)" } ?? "")
      title: \(build) is better
      description: What was wrong is right.
      issued: 2019-04-02 10:00:00
      builds: [\(build)]
      \(more)
      """, to: "advisories/\(id).yaml")
  }

  /// What the Bodhi server answers to any question; nil: there is none.
  package func replyOfBodhi(_ reply: String?) throws {
    let directory = "\(installation.root)/bodhi/updates"
    try? FileManager.default.removeItem(atPath: directory)
    guard let reply else { return }
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    // The server does not look at the query, and gives a directory's index.
    try Data(reply.utf8).write(to: URL(fileURLWithPath: "\(directory)/index.html"))
  }

  package func add(_ spec: RPMSpec) throws { try spec.build(into: installation.pool) }

  @discardableResult
  package func update(_ arguments: [String] = []) throws -> String {
    try installation.succeed(
      ["update", "7", "--rpms", installation.pool, "--allow-unsigned"] + arguments)
  }

  /// Takes builds out, or a push back: nobody is asked for builds.
  @discardableResult
  package func takeBack(_ arguments: [String]) throws -> String {
    try installation.succeed(["update", "7", "--reason", "It was wrong"] + arguments)
  }

  /// What clients are told to use; the link is resolved by the server.
  package func repositories(_ kinds: [String] = ["Everything/x86_64"]) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: kinds.map { kind in
        (
          kind.replacing("/", with: "-").lowercased(),
          "\(server.url)/pub/epel/updates/7/\(kind)"
        )
      })
  }

  /// Requests that a client was disappointed by.
  package var disappointments: [String] {
    server.log.split(separator: "\n").map(String.init).filter { $0.contains("\" 404 ") }
  }

  package static func comps(_ packages: [String]) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE comps PUBLIC "-//Red Hat, Inc.//DTD Comps info//EN" "comps.dtd">
    <comps>
      <group>
        <id>tools</id>
        <name>Tools</name>
        <description>Tools for tests</description>
        <default>false</default>
        <uservisible>true</uservisible>
        <packagelist>
    \(packages.map { "      <packagereq type=\"mandatory\">\($0)</packagereq>" }.joined(separator: "\n"))
        </packagelist>
      </group>
    </comps>

    """
  }

  private static let modules = """
    ---
    document: modulemd
    version: 2
    data:
      name: engine
      stream: "2"
      version: 720190301
      context: deadbeef
      arch: x86_64
      summary: An engine
      description: An engine for tests.
      license:
        module: [MIT]
      profiles:
        common:
          rpms: [engine]
      artifacts:
        rpms:
          - engine-0:2.0-1.module.noarch
    ...

    """

  /// The RPM of the module.
  package static let engine = RPMSpec(
    "engine", "2.0", "1.module", tags: ["ModularityLabel: engine:2:720190301:deadbeef"])
}
