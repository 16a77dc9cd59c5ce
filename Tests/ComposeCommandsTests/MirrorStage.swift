import ComposeTestSupport
import Digests
import Foundation
import ReleaseModel

/// A small stream with `mirrors` in its policy, and a metalink server that says what a test
/// wants.
final class MirrorStage: Sendable {
  let installation: Installation
  let server: AnswerServer

  /// - Parameters:
  ///   - minimum: `mirrors.minimum`.
  ///   - metalink: nil for the server of the test.
  ///   - more: further keys of `mirrors`, YAML.
  init(minimum: Int = 2, metalink: String? = nil, more: String = "  feed: false") throws {
    installation = try Installation(small: .inMemory())
    server = try AnswerServer()
    let file = "\(installation.policies)/epel-7.yaml"
    let mirrors = """
      mirrors:
        modules:
          - {name: epel, path: /pub/epel}
          - {name: archives, path: /pub/archives}
        names:
          clients: ["epel-{kind}{major}"]
          updates: "epel-{kind}{release}"
          releases: "epel-release-{kind}{release}"
        metalink: \(metalink ?? "\(server.url)/metalink")
        minimum: \(minimum)
      \(more)

      calendar:
      """
    try String(contentsOfFile: file, encoding: .utf8).replacing("calendar:", with: mirrors)
      .write(toFile: file, atomically: true, encoding: .utf8)
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  /// From what is in the pool.
  func compose(_ release: String) throws {
    try installation.succeed(["compose", release] + rpms)
  }

  static let (first, next) = ("7.06.201903", "7.07.201908")

  /// The first release current, the next one published.
  func publishNext() throws {
    try RPMSpec("alpha").build(into: installation.pool)
    try compose(Self.first)
    try installation.succeed(["publish", Self.first])
    try installation.succeed([
      "promote", Self.first, "--skip-soak", "--skip-mirrors", "It is the first",
    ])
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try compose(Self.next)
    try installation.succeed(["publish", Self.next])
  }

  func promoteNext(_ more: [String] = []) throws -> Shell.Outcome {
    try installation.run(["promote", Self.next, "--skip-soak"] + more)
  }

  /// Repositories of one tree: name, architecture, path below a root.
  static func repositories(
    of release: String, area: String = "updates"
  ) -> [(name: String, arch: String, path: String)] {
    let prefix = area == "updates" ? "epel" : "epel-release"
    return [
      ("\(prefix)-\(release)", "x86_64", "\(area)/\(release)/Everything/x86_64"),
      ("\(prefix)-debug-\(release)", "x86_64", "\(area)/\(release)/Everything/x86_64/debug"),
      ("\(prefix)-source-\(release)", "source", "\(area)/\(release)/Everything/source/tree"),
    ]
  }

  static func question(_ name: String, _ arch: String) -> String {
    "/metalink?repo=\(name)&arch=\(arch)"
  }

  static func question(directory: String) -> String { "/mirrorlist?path=\(directory)" }

  /// URL of a repository on one mirror; each host has its own way to the public root.
  static func url(_ host: Int, _ path: String, archived: Bool = false) -> String {
    "https://mirror\(host).example.org/\(archived ? "archives" : "linux")/epel/\(path)"
  }

  /// SHA-256 of repomd.xml as it is.
  func checksum(of path: String) throws -> String {
    let file = "\(installation.root)/pub/epel/\(path)/repodata/repomd.xml"
    return Checksum(of: Array(try Data(contentsOf: URL(fileURLWithPath: file)))).hex
  }

  static func metalink(
    _ checksum: String, alternates: [String] = [], urls: [String]
  ) -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <metalink version="3.0" xmlns="http://www.metalinker.org/" type="dynamic" \
    generator="mirrormanager" xmlns:mm0="http://fedorahosted.org/mirrormanager">
     <files>
      <file name="repomd.xml">
       <mm0:timestamp>1567166399</mm0:timestamp>
       <size>4123</size>
       <verification><hash type="sha256">\(checksum)</hash></verification>
       <resources maxconnections="1">
    \(urls.map { "    <url protocol=\"\($0.prefix { $0 != ":" })\">\($0)/repodata/repomd.xml</url>" }.joined(separator: "\n"))
       </resources>
      </file>
     </files>
    </metalink>
    """
  }

  /// The server knows all repositories of `release` as they are.
  func serve(_ release: String, hosts: Int = 3, archived: Bool = false) throws {
    for area in ["updates", "releases"] {
      for (name, arch, path) in Self.repositories(of: release, area: area) {
        let urls = (0..<hosts).map { Self.url($0, path, archived: archived) }
        try server.set(Self.question(name, arch), Self.metalink(checksum(of: path), urls: urls))
      }
    }
  }

  /// The server leads clients to `release`.
  func lead(to release: String, hosts: Int = 3) throws {
    for (name, arch, path) in Self.repositories(of: release) {
      let client = name.replacing(release, with: "7")
      let urls = (0..<hosts).map { Self.url($0, path) }
      try server.set(Self.question(client, arch), Self.metalink(checksum(of: path), urls: urls))
    }
  }
}
