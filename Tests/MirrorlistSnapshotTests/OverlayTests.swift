import ComposeTestSupport
import Digests
import Foundation
import MirrorDocuments
import MirrorlistTestSupport
import ReleaseModel
import Testing

@testable import MirrorlistSnapshot

/// What overlays say counts before what the cache says.
@Suite struct OverlayTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  static let directory = "pub/epel/updates/7.07.201908/Everything/x86_64/repodata"

  private func digests(_ digit: String) throws -> FileDigests {
    try #require(
      FileDigests(
        md5: String(repeating: digit, count: 32), sha1: String(repeating: digit, count: 40),
        sha256: String(repeating: digit, count: 64), sha512: String(repeating: digit, count: 128)))
  }

  private func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }

  private func overlay(
    digit: String = "c", release: String = "7.07.201908", time: Int = 1_567_180_000,
    timestamp: Int = 1_567_180_000
  ) throws -> Overlay {
    Overlay(
      stream: "epel-7", time: time,
      redirects: [.init(client: "epel-7", release: "epel-\(release)")],
      links: [
        .init(path: try path("pub/epel/updates/7"), target: try path("pub/epel/updates/\(release)"))
      ],
      indexes: [
        .init(
          directory: try path(Self.directory), timestamp: timestamp, size: 5000,
          digests: try digests(digit))
      ],
      archived: [
        .init(
          path: try path("pub/epel/updates/7.05.201810"),
          archive: try path("pub/archives/epel/updates/7.05.201810"))
      ])
  }

  private func load(
    _ bytes: [UInt8]?, after memory: OverlayMemory = OverlayMemory(),
    rules: SnapshotRules = SnapshotRules(), _ change: (inout MirrorCache) -> Void = { _ in }
  ) throws -> LoadedSnapshot {
    let cache = scratch.path("cache")
    var written = GeneratedCache(.small, release: .older).cache
    change(&written)
    try Data(written.bytes).write(to: URL(fileURLWithPath: cache))
    let file = scratch.path("epel-7.overlay")
    try? FileManager.default.removeItem(atPath: file)
    if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: file)) }
    return try SnapshotInputs(cache: cache, overlays: [file]).load(after: memory, rules: rules)
  }

  @Test func `redirects, links, archive and details come on top`() throws {
    let snapshot = try load(try overlay().bytes).snapshot
    #expect(snapshot.redirected("epel-7", arch: "x86_64") == "epel-7.07.201908")
    #expect(snapshot.redirected("epel-debug-7", arch: "x86_64") == "epel-debug-7.06.201903")
    #expect(snapshot.followingLinks("pub/epel/updates/7") == "pub/epel/updates/7.07.201908")
    #expect(
      snapshot.followingLinks("pub/epel/updates/7/x") == "pub/epel/updates/7.07.201908/x")
    #expect(snapshot.followingLinks("pub/epel/updates/7.06") == "pub/epel/updates/7.06")
    #expect(
      snapshot.archived("pub/epel/updates/7.05.201810/Everything")
        == "pub/archives/epel/updates/7.05.201810/Everything")
    #expect(snapshot.archived("pub/epel/updates/7.06.201903") == nil)
    let directory = try #require(snapshot.directory(named: Self.directory))
    let details = snapshot.details(of: "repomd.xml", in: directory)
    #expect(details.map(\.timestamp) == [1_567_180_000, 1_567_166_399, 1_551_000_000])
  }

  @Test func `details that the cache has already come once`() throws {
    // The cache has `b` for it, and `9`.
    let snapshot = try load(try overlay(digit: "b").bytes).snapshot
    let directory = try #require(snapshot.directory(named: Self.directory))
    let details = snapshot.details(of: "repomd.xml", in: directory)
    #expect(details.map(\.size) == [5000, 3900])
  }

  @Test func `a bad overlay is left out, or stays as it was, and the rest serves`() throws {
    let good = try overlay().bytes
    let first = try load(good)
    #expect(first.notes.isEmpty)
    let bad = Array(good.dropLast(3))
    let without = try load(bad)
    #expect(without.snapshot.redirected("epel-7", arch: "x86_64") == "epel-7.06.201903")
    #expect(without.snapshot.ignoredOverlays.files == 1)
    // The command that remedies it is copied from the end.
    #expect(without.notes[0].hasSuffix(": epel-compose mirrors lists MAJOR"))
    #expect(without.notes.count == 1 && without.notes[0].contains("the rest serves without it: "))
    let kept = try load(bad, after: first.overlays)
    #expect(kept.snapshot.redirected("epel-7", arch: "x86_64") == "epel-7.07.201908")
    #expect(kept.notes.count == 1 && kept.notes[0].contains("is used as it was before: "))
    // Whoever removes it does not want it any more.
    let removed = try load(nil, after: kept.overlays)
    #expect(removed.snapshot.redirected("epel-7", arch: "x86_64") == "epel-7.06.201903")
  }

  /// Where clients of `epel-7` are led, by architecture.
  private func releases(_ snapshot: Snapshot) -> [String] {
    ["x86_64", "aarch64"].map { snapshot.redirected("epel-7", arch: $0) }
  }

  @Test func `a release that the cache does not have yet takes no name down`() throws {
    let bytes = try overlay().bytes
    let rules = SnapshotRules(minimum: 5, required: ["epel-7+x86_64"])
    let early = try load(bytes, rules: rules) { cache in
      cache.repositories.removeAll { $0.key.contains("7.07.") }
      cache.directories.removeAll { $0.name.contains("/7.07.") }
    }
    #expect(releases(early.snapshot) == ["epel-7.06.201903", "epel-7.06.201903"])
    #expect(early.snapshot.followingLinks("pub/epel/updates/7/x") == "pub/epel/updates/7/x")
    #expect(early.notes.count == 2)
    #expect(
      early.notes.first?.hasPrefix("epel-7 does not lead to epel-7.07.201908 yet") ?? false)
    #expect(early.snapshot.ignoredOverlays.redirects == 1)
    #expect(early.snapshot.ignoredOverlays.links == 1)
    #expect(rules.refusal(of: early.snapshot, after: nil) == nil)
    // As soon as the cache has it, it counts.
    let late = try load(bytes, after: early.overlays, rules: rules)
    #expect(releases(late.snapshot) == ["epel-7.07.201908", "epel-7.07.201908"])
    #expect(late.notes.isEmpty && late.snapshot.ignoredOverlays == IgnoredOverlays())
    // And it does not lead back, to what the cache still says, when the next one is early.
    let next = try load(
      try overlay(release: "7.08.202001").bytes, after: late.overlays, rules: rules)
    #expect(releases(next.snapshot) == ["epel-7.07.201908", "epel-7.07.201908"])
    #expect(
      next.snapshot.followingLinks("pub/epel/updates/7") == "pub/epel/updates/7.07.201908")
    #expect(next.snapshot.ignoredOverlays.redirects == 1)
    // Where the cache agrees, it is as the cache has it.
    let agreed = try load(bytes) { $0.redirects = [("epel-7", "epel-7.07.201908")] }
    #expect(releases(agreed.snapshot) == ["epel-7.07.201908", "epel-7.07.201908"])
  }

  @Test func `a release whose mirrors are not there yet is one that the cache does not have`()
    throws
  {
    let bytes = try overlay().bytes
    // Of one architecture alone.
    let other = try load(bytes) { cache in
      for index in cache.directories.indices
      where cache.directories[index].name.hasSuffix("7.07.201908/Everything/aarch64/repodata") {
        cache.directories[index].hosts = []
      }
    }
    #expect(releases(other.snapshot) == ["epel-7.07.201908", "epel-7.06.201903"])
    #expect(other.notes.count == 1 && other.notes[0].hasSuffix("for aarch64"))
    // What must be answered needs as many as must be told.
    func few(_ rules: SnapshotRules) throws -> Snapshot {
      try load(bytes, rules: rules) { cache in
        for index in cache.directories.indices
        where cache.directories[index].name.contains("7.07.201908") {
          cache.directories[index].hosts = Array(cache.directories[index].hosts.prefix(3))
        }
      }.snapshot
    }
    #expect(releases(try few(SnapshotRules(minimum: 5)))[0] == "epel-7.07.201908")
    let rules = SnapshotRules(minimum: 5, required: ["epel-7+x86_64"])
    #expect(releases(try few(rules)) == ["epel-7.06.201903", "epel-7.07.201908"])
    #expect(rules.refusal(of: try few(rules), after: nil) == nil)
  }

  @Test func `the newest details come first, whoever knows them`() throws {
    let snapshot = try load(try overlay(timestamp: 1_560_000_000).bytes).snapshot
    let directory = try #require(snapshot.directory(named: Self.directory))
    #expect(
      snapshot.details(of: "repomd.xml", in: directory).map(\.timestamp)
        == [1_567_166_399, 1_560_000_000, 1_551_000_000])
  }

  @Test func `an overlay that is older than the one in use, or not made yet, is kept out`() throws {
    let first = try load(try overlay().bytes)
    let older = try load(
      try overlay(release: "7.06.201903", time: 1_567_179_990).bytes, after: first.overlays)
    #expect(releases(older.snapshot)[0] == "epel-7.07.201908")
    #expect(older.notes.count == 1 && older.notes[0].contains("written 10 seconds before"))
    #expect(older.snapshot.ignoredOverlays.files == 1)
    // One that was removed meanwhile is wanted as it is.
    let removed = try load(nil, after: older.overlays)
    let back = try load(
      try overlay(release: "7.06.201903", time: 1_567_179_990).bytes, after: removed.overlays)
    #expect(releases(back.snapshot)[0] == "epel-7.06.201903" && back.notes.isEmpty)
    // Every right one would be older than this.
    let future = try load(try overlay(time: 4_000_000_000).bytes)
    #expect(releases(future.snapshot)[0] == "epel-7.06.201903")
    #expect(future.notes.count == 1 && future.notes[0].contains("more than a day from now"))
  }

  private static let text = "EPEL 7 ended on 2024-06-30"

  private func ended(_ name: String = "epel-7", path: String = "pub/epel/updates/7") throws
    -> Overlay
  {
    Overlay(
      stream: "epel-7", time: 1_567_190_000, redirects: [], links: [], indexes: [], archived: [],
      ended: [
        .init(.name(name), text: Self.text), .init(.path(try self.path(path)), text: Self.text),
      ])
  }

  @Test func `what ended is told from what lives`() throws {
    let loaded = try load(try ended().bytes)
    #expect(loaded.notes.isEmpty && loaded.snapshot.ignoredOverlays == IgnoredOverlays())
    let snapshot = loaded.snapshot
    #expect(snapshot.endText(ofRepository: "epel-7") == Self.text)
    #expect(snapshot.endText(ofRepository: "epel-debug-7") == nil)
    for path in ["pub/epel/updates/7", "pub/epel/updates/7/Everything/x86_64"] {
      #expect(snapshot.endText(ofPath: path) == Self.text)
    }
    for path in ["pub/epel/updates/70", "pub/epel/updates", "pub/epel/updates/7.06.201903", ""] {
      #expect(snapshot.endText(ofPath: path) == nil)
    }
    // Who was told so once is told so by a copy that is damaged, and not once it is removed.
    let kept = try load(Array(ended().bytes.dropLast(2)), after: loaded.overlays)
    #expect(kept.snapshot.endText(ofRepository: "epel-7") == Self.text)
    let removed = try load(nil, after: kept.overlays)
    #expect(removed.snapshot.endText(ofRepository: "epel-7") == nil)
  }

  @Test func `a name that must be answered, or that another stream has, does not end`() throws {
    let rules = SnapshotRules(minimum: 5, required: ["epel-7+x86_64"])
    let required = try load(try ended().bytes, rules: rules)
    #expect(required.snapshot.endText(ofRepository: "epel-7") == nil)
    #expect(required.snapshot.endText(ofPath: "pub/epel/updates/7/x") == Self.text)
    #expect(required.snapshot.ignoredOverlays.ended == 1)
    #expect(required.notes.count == 1 && required.notes[0].hasSuffix("remove it from --require"))
    #expect(rules.refusal(of: required.snapshot, after: nil) == nil)
    let files = ["living", "ended"].map { scratch.path($0) }
    for (file, overlay) in zip(files, [try overlay(), try ended()]) {
      try Data(overlay.bytes).write(to: URL(fileURLWithPath: file))
    }
    let cache = scratch.path("two")
    try Data(GeneratedCache(.small, release: .older).cache.bytes)
      .write(to: URL(fileURLWithPath: cache))
    for order in [files, files.reversed()] {
      let both = try SnapshotInputs(cache: cache, overlays: order).load(after: OverlayMemory())
      #expect(both.snapshot.endText(ofRepository: "epel-7") == nil)
      #expect(both.snapshot.endText(ofPath: "pub/epel/updates/7") == nil)
      #expect(both.snapshot.redirected("epel-7", arch: "x86_64") == "epel-7.07.201908")
      #expect(both.snapshot.ignoredOverlays.ended == 2 && both.notes.count == 2, "\(both.notes)")
    }
  }
}
