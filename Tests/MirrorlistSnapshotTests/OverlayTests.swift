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

  private func overlay(digit: String = "c") throws -> Overlay {
    Overlay(
      stream: "epel-7", time: 1_567_180_000,
      redirects: [.init(client: "epel-7", release: "epel-7.07.201908")],
      links: [
        .init(
          path: try path("pub/epel/updates/7"), target: try path("pub/epel/updates/7.07.201908"))
      ],
      indexes: [
        .init(
          directory: try path(Self.directory), timestamp: 1_567_180_000, size: 5000,
          digests: try digests(digit))
      ],
      archived: [
        .init(
          path: try path("pub/epel/updates/7.05.201810"),
          archive: try path("pub/archives/epel/updates/7.05.201810"))
      ])
  }

  private func load(
    _ bytes: [UInt8]?, after memory: OverlayMemory = OverlayMemory()
  ) throws -> LoadedSnapshot {
    let cache = scratch.path("cache")
    try Data(GeneratedCache(.small, release: .older).cache.bytes).write(
      to: URL(fileURLWithPath: cache))
    let file = scratch.path("epel-7.overlay")
    try? FileManager.default.removeItem(atPath: file)
    if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: file)) }
    return try SnapshotInputs(cache: cache, overlays: [file]).load(after: memory)
  }

  @Test func `redirects, links, archive and details come on top`() throws {
    let snapshot = try load(try overlay().bytes).snapshot
    #expect(snapshot.redirected("epel-7") == "epel-7.07.201908")
    #expect(snapshot.redirected("epel-debug-7") == "epel-debug-7.06.201903")
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
    #expect(without.snapshot.redirected("epel-7") == "epel-7.06.201903")
    #expect(without.notes.count == 1 && without.notes[0].contains("The rest serves without it"))
    let kept = try load(bad, after: first.overlays)
    #expect(kept.snapshot.redirected("epel-7") == "epel-7.07.201908")
    #expect(kept.notes.count == 1 && kept.notes[0].contains("It is used as it was before"))
    // Whoever removes it does not want it any more.
    let removed = try load(nil, after: kept.overlays)
    #expect(removed.snapshot.redirected("epel-7") == "epel-7.06.201903")
  }
}
