import ComposeTestSupport
import Digests
import Foundation
import MirrorDocuments
import MirrorlistAnswers
import MirrorlistSnapshot
import MirrorlistTestSupport
import ReleaseModel
import Testing

/// A dozen mirrors and a few directories, with everything that answers differ by.
struct SmallWorld {
  let snapshot: Snapshot
  private let scratch: TemporaryDirectory

  /// - Parameters:
  ///   - ended: what an overlay says of it, where there is none else.
  ///   - change: to the cache.
  init(
    withOverlay: Bool = false, ended: [Overlay.Ended] = [],
    _ change: (inout MirrorCache) -> Void = { _ in }
  ) throws {
    scratch = try TemporaryDirectory()
    var cache = Self.cache
    change(&cache)
    try Data(cache.bytes).write(to: scratch.url.appending(path: "cache"))
    try Data(
      CountryDatabaseWriter.bytes([
        (0xC633_6400, 24, "DE"), (0xCB00_7100, 24, "US"), (0x0A00_0000, 8, "FR"),
        (0x0B00_0000, 8, "JP"),
      ])
    ).write(to: scratch.url.appending(path: "mmdb"))
    try scratch.write("DE,EU\nFR,EU\nSE,EU\nUS,NA\nCA,NA\nJP,AS\n", to: "continents")
    try scratch.write("10.9.0.0/16 64500\n", to: "netblocks")
    var overlays: [String] = []
    if withOverlay || !ended.isEmpty {
      overlays = [scratch.path("overlay")]
      let gone = Overlay(
        stream: "epel-7", time: 1_567_180_000, redirects: [], links: [], indexes: [], archived: [],
        ended: ended)
      try Data(ended.isEmpty ? try Self.overlay.bytes : gone.bytes).write(
        to: scratch.url.appending(path: "overlay"))
    }
    snapshot = try SnapshotInputs(
      cache: scratch.path("cache"), overlays: overlays, netblocks: scratch.path("netblocks"),
      continents: scratch.path("continents"), geoip: scratch.path("mmdb")
    ).load(after: OverlayMemory()).snapshot
  }

  private static func host(
    _ id: Int64, _ country: String, _ schemes: [String], bandwidth: Int64 = 100,
    allowed: [String] = [], system: Int64? = nil, networks: [String] = [], isPrivate: Bool = false
  ) -> MirrorCache.Host {
    .init(
      id, country, bandwidth: bandwidth, allowed: allowed, system: system, networks: networks,
      urls: schemes.enumerated().map { index, scheme in
        (id * 10 + Int64(index), "\(scheme)://m\(id).\(country.lowercased()).example.org/epel")
      }, isPrivate: isPrivate)
  }

  static var cache: MirrorCache {
    var cache = MirrorCache()
    cache.hosts = [
      host(1, "DE", ["http", "https"]), host(2, "DE", ["ftp", "http"]), host(3, "FR", ["https"]),
      host(4, "SE", ["https", "rsync"]), host(5, "US", ["https"]), host(6, "US", ["http"]),
      host(7, "CA", ["https"]), host(8, "JP", ["https"], allowed: ["JP"]),
      host(9, "FR", ["https"], networks: ["10.1.0.0/16"], isPrivate: true),
      host(10, "FR", ["https"], networks: ["10.1.2.0/24", "10.1.0.0/16"]),
      host(11, "DE", ["https"], system: 64500), host(12, "US", ["rsync"]),
    ]
    let all = Array(cache.hosts.indices)
    let newer = "pub/epel/updates/7.07.201908/Everything/x86_64"
    let older = "pub/epel/updates/7.06.201903/Everything/x86_64"
    func repodata(_ seeds: String) -> [(name: String, details: [MirrorCache.Detail])] {
      [
        (
          "repomd.xml",
          seeds.enumerated().map { .init(time: 1_567_166_399 - Int64($0), size: 4123, seed: $1) }
        )
      ]
    }
    cache.directories = [
      .init(older, subpath: "updates/7.06.201903/Everything/x86_64", hosts: all),
      .init(
        "\(older)/repodata", subpath: "updates/7.06.201903/Everything/x86_64/repodata", hosts: all,
        files: repodata("ab")),
      .init(newer, subpath: "updates/7.07.201908/Everything/x86_64", hosts: [0, 3, 4]),
      .init(
        "\(newer)/repodata", subpath: "updates/7.07.201908/Everything/x86_64/repodata",
        hosts: [0, 3, 4], files: repodata("c")),
      .init("pub/epel/updates/7.05.201810", subpath: "updates/7.05.201810", hosts: []),
      .init("pub/archives/epel/updates/7.05.201810", subpath: "updates/7.05.201810", hosts: [5]),
      .init(
        "pub/epel", subpath: "", hosts: all, files: [("a&b", [.init(time: 0, size: 0, seed: "d")])]),
    ]
    cache.repositories = [
      ("epel-7.06.201903+x86_64", older), ("epel-7.07.201908+x86_64", newer),
      ("epel-source-7.06.201903+source", older), ("epel-5+x86_64", older),
      ("lost+x86_64", "nowhere"),
    ]
    cache.redirects = [
      ("epel-7", "epel-7.06.201903"), ("epel-source-7", "epel-source-7.06.201903"),
    ]
    cache.disabled = ["epel-5"]
    cache.networkCountries = [("192.0.2.0/24", "SE")]
    return cache
  }

  private static var overlay: Overlay {
    get throws {
      func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }
      let digits = { (count: Int) in String(repeating: "e", count: count) }
      return Overlay(
        stream: "epel-7", time: 1_567_180_000,
        redirects: [.init(client: "epel-7", release: "epel-7.07.201908")],
        links: [
          .init(
            path: try path("pub/epel/updates/7"), target: try path("pub/epel/updates/7.07.201908"))
        ],
        indexes: [
          .init(
            directory: try path("pub/epel/updates/7.07.201908/Everything/x86_64/repodata"),
            timestamp: 1_567_180_000, size: 5000,
            digests: try #require(
              FileDigests(
                md5: digits(32), sha1: digits(40), sha256: digits(64), sha512: digits(128))))
        ],
        archived: [
          .init(
            path: try path("pub/epel/updates/7.05.201810"),
            archive: try path("pub/archives/epel/updates/7.05.201810"))
        ])
    }
  }

  func ask(_ target: String, from address: String? = nil, seed: UInt64 = 1) throws -> MirrorAnswer {
    var random = AnswerRandom(seed: seed)
    return Answering(minimum: 5).answer(
      try #require(MirrorQuestion(target: target)),
      client: MirrorClient(address: address.flatMap { IPAddress($0) }), from: snapshot,
      now: 1_795_917_537, random: &random)
  }

  /// The body as text.
  func text(_ target: String, from address: String? = nil, seed: UInt64 = 1) throws -> String {
    String(decoding: try ask(target, from: address, seed: seed).body, as: UTF8.self)
  }

  /// Numbers of the mirrors of an answer, in its order.
  func hosts(_ target: String, from address: String? = nil, seed: UInt64 = 1) throws -> [Int] {
    var hosts: [Int] = []
    for match in try text(target, from: address, seed: seed).matches(of: /:\/\/m([0-9]+)\./) {
      if let host = Int(match.output.1), hosts.last != host { hosts.append(host) }
    }
    return hosts
  }
}
