import ComposeTestSupport
import Digests
import Foundation
import Glibc
import MirrorDocuments
import MirrorlistTestSupport
import ReleaseModel
import Testing

/// dnf and zypper ask for a metalink, and install from mirrors of which some are behind or
/// not there.
@Suite(
  .enabled(
    if: getuid() == 0 && Shell.has("createrepo_c"), "an installroot needs root; needs createrepo_c")
)
struct RealClientTests {
  /// Mirrors of one repository in two states, and a responder that knows of them.
  private final class World {
    let scratch: TemporaryDirectory
    let process: ResponderProcess
    let port: UInt16
    private var cache = MirrorCache()
    private var servers: [LoopbackServer] = []
    private let socket: HeldSocket
    private static let directory = "pub/epel/7/x86_64"

    /// - Parameter states: of each mirror: `new`, `old` or `dead`.
    init(_ states: [String], newest: String = "new", alternates: [String] = []) throws {
      scratch = try TemporaryDirectory()
      for (state, versions) in [("old", ["1.0"]), ("new", ["1.0", "2.0"])] {
        let tree = scratch.path("\(state)/7/x86_64")
        for version in versions { try RPMSpec("alpha", version).build(into: tree, sources: false) }
        try Shell.check("createrepo_c", ["--quiet", tree])
      }
      socket = try HeldSocket()
      for (number, state) in states.enumerated() {
        var url = "http://127.0.0.1:\(try HeldSocket().port)"
        if state != "dead" {
          servers.append(try LoopbackServer(serving: scratch.path(state)))
          url = servers[servers.count - 1].url
        }
        cache.hosts.append(.init(Int64(number), "SE", urls: [(Int64(number), url)]))
      }
      let all = Array(cache.hosts.indices)
      cache.directories = [
        .init(Self.directory, subpath: "7/x86_64", hosts: all),
        .init("\(Self.directory)/repodata", subpath: "7/x86_64/repodata", hosts: all),
      ]
      cache.repositories = [("epel-7+x86_64", Self.directory)]
      let scratch = scratch
      let details = try ([newest] + alternates).map { try Self.detail($0, in: scratch).detail }
      cache.directories[1].files = [("repomd.xml", details)]
      try Data(cache.bytes).write(to: scratch.url.appending(path: "cache"))
      process = try ResponderProcess(
        ["--cache", scratch.path("cache"), "--overlay", scratch.path("overlay")],
        socket: socket.descriptor, log: scratch.path("log"))
      try process.waitFor("answers on")
      port = socket.port
      try scratch.write(
        """
        [epel]
        name=epel
        metalink=http://127.0.0.1:\(port)/metalink?repo=epel-7&arch=x86_64
        gpgcheck=0
        enabled=1
        """, to: "repos/epel.repo")
    }

    private static func detail(
      _ state: String, in scratch: TemporaryDirectory
    ) throws -> (detail: MirrorCache.Detail, digests: FileDigests, size: Int) {
      let bytes = Array(
        try Data(contentsOf: scratch.url.appending(path: "\(state)/7/x86_64/repodata/repomd.xml")))
      let digests = try FileDigests(of: bytes)
      var detail = MirrorCache.Detail(time: time(state), size: Int64(bytes.count), seed: "0")
      detail.md5 = digests.md5
      detail.sha1 = digests.sha1
      detail.sha256 = digests.sha256
      detail.sha512 = digests.sha512
      return (detail, digests, bytes.count)
    }

    private static func time(_ state: String) -> Int64 {
      state == "new" ? 1_567_166_400 : 1_560_000_000
    }

    /// Tells by an overlay which state is the newest.
    func overlay(_ state: String) throws {
      let known = try Self.detail(state, in: scratch)
      let overlay = Overlay(
        stream: "epel-7", time: 1_567_166_400, redirects: [], links: [],
        indexes: [
          .init(
            directory: try #require(RelativePath("\(Self.directory)/repodata")),
            timestamp: Int(Self.time(state)), size: known.size, digests: known.digests)
        ], archived: [])
      try Data(overlay.bytes).write(to: scratch.url.appending(path: "overlay"))
      process.signal(SIGHUP)
      try process.waitFor("swapped to")
    }

    /// The version of alpha that dnf would install.
    func offered() throws -> String {
      let client = try DnfClient()
      let outcome = try client.run(
        ["repoquery", "--queryformat", "%{version}", "--latest-limit=1", "alpha"],
        repositories: [:],
        options: [
          "--setopt=reposdir=\(scratch.path("repos"))", "--setopt=skip_if_unavailable=0",
        ])
      return outcome.status == 0
        ? outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
        : "failed: \(outcome.errors)"
    }
  }

  @Test(.enabled(if: Shell.has("dnf"), "needs dnf"))
  func `dnf installs although one mirror is behind and one is dead`() throws {
    let world = try World(["new", "old", "dead", "new"])
    for _ in 0..<2 {
      let client = try DnfClient()
      try client.succeed(
        ["install", "alpha"], repositories: [:],
        options: ["--setopt=reposdir=\(world.scratch.path("repos"))"])
      let installed = try client.succeed(
        ["repoquery", "--installed", "--queryformat", "%{version}", "alpha"], repositories: [:])
      #expect(installed.contains("2.0"))
    }
  }

  @Test(.enabled(if: Shell.has("dnf"), "needs dnf"))
  func `dnf takes an alternate, and refuses what is none`() throws {
    #expect(try World(["old"], alternates: ["old"]).offered() == "1.0")
    #expect(try World(["old"]).offered().hasPrefix("failed"))
  }

  @Test(.enabled(if: Shell.has("dnf"), "needs dnf"))
  func `a push that the cache does not know yet is known by the overlay`() throws {
    let world = try World(["new", "new"], newest: "old")
    // All mirrors are fresh, and so nobody can use them: the cache is behind.
    #expect(try world.offered().hasPrefix("failed"))
    try world.overlay("new")
    #expect(try world.offered() == "2.0")
  }

  @Test(.enabled(if: Shell.has("zypper"), "needs zypper"))
  func `zypper installs by metalink, too`() throws {
    let world = try World(["new", "new"])
    let root = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: root.path("etc/zypp/repos.d"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: world.scratch.path("repos/epel.repo"), toPath: root.path("etc/zypp/repos.d/epel.repo")
    )
    func zypper(_ arguments: [String]) throws -> String {
      try Shell.check(
        "zypper", ["--root", root.path, "--non-interactive", "--no-gpg-checks"] + arguments)
    }
    _ = try zypper(["refresh"])
    _ = try zypper(["install", "alpha"])
    #expect(try Shell.check("rpm", ["--root", root.path, "-q", "alpha"]).contains("2.0"))
  }
}
