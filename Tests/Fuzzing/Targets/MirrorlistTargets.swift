import Digests
import MirrorDocuments
import MirrorlistAnswers
import MirrorlistSnapshot
import MirrorlistTestSupport
import ReleaseModel

/// A cache that MirrorManager has written, and an answer from it.
struct MirrorCacheTarget: FuzzTarget {
  static let name = "mirror-cache"
  static let words = [
    "\u{8}", "\u{12}", "\u{82}\u{1}", "epel-7+x86_64", "10.0.0.0/8", "::/0", "DE",
  ]
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func seeds() throws -> [[UInt8]] {
    let size = GeneratedCache.Size(hosts: 6, directories: 8, repositories: 4, networks: 5)
    return [GeneratedCache(size, release: .older).cache.bytes, MirrorCache().bytes]
  }

  func run(_ input: [UInt8]) throws {
    let path = try scratch.write(input, as: "cache")
    let continents = try scratch.write(Array(GeneratedCache.continents.utf8), as: "continents")
    let snapshot = try SnapshotInputs(cache: path, continents: continents)
      .load(after: OverlayMemory()).snapshot
    _ = SnapshotRules(required: ["epel-7+x86_64"]).refusal(of: snapshot, after: snapshot)
    for target in [
      "/metalink?repo=epel-7&arch=x86_64", "/mirrorlist?repo=epel-7&arch=x86_64&ip=10.0.0.1",
      "/mirrorlist?path=pub/epel&country=DE", "/mirrorlist?repo=x&arch=y",
    ] {
      try MirrorRequestTarget.ask(target, snapshot)
    }
  }
}

/// The first line of a request.
struct MirrorRequestTarget: FuzzTarget {
  static let name = "mirror-request"
  static let words = [
    "repo=", "&arch=", "path=", "&ip=::ffff:10.0.0.1", "country=global,DE", "protocol=",
    "redirect=1",
    "time", "%00", "%", "//", "/metalink?", "/mirrorlist?", "source", "repomd.xml",
  ]
  private let snapshot: Snapshot

  init() throws {
    let scratch = try Scratch()
    let size = GeneratedCache.Size(hosts: 12, directories: 30, repositories: 20, networks: 10)
    let path = try scratch.write(GeneratedCache(size, release: .older).cache.bytes, as: "cache")
    snapshot = try SnapshotInputs(cache: path).load(after: OverlayMemory()).snapshot
  }

  func seeds() throws -> [[UInt8]] {
    [
      "/metalink?repo=epel-7&arch=x86_64&country=US&protocol=https",
      "/mirrorlist?path=/pub/epel/updates/7.06.201903/Everything/x86_64/repodata/repomd.xml&redirect=1",
      "/mirrorlist?repo=epel-7&arch=x86_64&ip=10.0.0.1&netblock=1&time",
    ].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    try Self.ask(String(decoding: input, as: UTF8.self), snapshot)
  }

  static func ask(_ target: String, _ snapshot: Snapshot) throws {
    guard let question = MirrorQuestion(target: target) else { return }
    var random = AnswerRandom(seed: 1)
    _ = Answering(minimum: 5).answer(
      question, client: MirrorClient(address: IPAddress("10.0.0.1")), from: snapshot,
      now: 1_567_166_400, random: &random)
  }
}
