import ComposeTestSupport
import Foundation
import MirrorlistSnapshot
import MirrorlistTestSupport
import Testing

@testable import MirrorlistServer

/// What becomes of snapshots.
@Suite struct WatchTests {
  private let scratch: TemporaryDirectory
  private let cache: SwappingCache
  private let inputs: SnapshotInputs

  init() throws {
    scratch = try TemporaryDirectory()
    cache = try SwappingCache(in: scratch.path)
    inputs = SnapshotInputs(cache: scratch.path("cache.proto"))
  }

  @Test func `each snapshot is freed when the next one answers, the first as well`() throws {
    let watch = try #require(
      SnapshotWatch.begin(
        inputs: inputs, rules: SnapshotRules(), metrics: ServerMetrics(), wait: { false }))
    for _ in 0..<3 {
      let time = watch.holder.snapshot.time
      weak let former = watch.holder.snapshot
      #expect(former != nil)
      try cache.next()
      watch.look(isAsked: true)
      #expect(RunningProgram.wait(seconds: 20) { watch.holder.snapshot.time > time })
      // The watch itself lets go after some seconds, if somebody else does not.
      #expect(RunningProgram.wait(seconds: 20) { former == nil })
    }
  }

  @Test func `while an answer is still made from the former snapshot, new data is taken over`()
    throws
  {
    let metrics = ServerMetrics()
    let watch = try #require(
      SnapshotWatch.begin(
        inputs: inputs, rules: SnapshotRules(), metrics: metrics, patience: 600, wait: { false }))
    let held = watch.holder.snapshot
    // The former one is waited for ten minutes, which must not keep newer data waiting.
    for _ in 0..<2 {
      let time = watch.holder.snapshot.time
      try cache.next()
      watch.look(isAsked: true)
      #expect(RunningProgram.wait(seconds: 60) { watch.holder.snapshot.time > time })
    }
    #expect(watch.holder.snapshot.time == held.time + 2)
  }

  @Test func `the age of a cache is never negative`() throws {
    let watch = try #require(
      SnapshotWatch.begin(
        inputs: inputs, rules: SnapshotRules(), metrics: ServerMetrics(), wait: { false }))
    let text = ServerMetrics().text(of: watch.holder, droppedLines: 0, now: 1_567_166_000)
    #expect(text.contains("\nepel_mirrorlist_snapshot_age_seconds 0\n"))
    #expect(text.contains("\nepel_mirrorlist_overlay_ignored{kind=\"redirect\"} 0\n"))
  }

  @Test func `it waits for a good cache as long as it may`() throws {
    try cache.put([])
    var turns = 0
    let watch = SnapshotWatch.begin(
      inputs: inputs, rules: SnapshotRules(), metrics: ServerMetrics(),
      wait: {
        turns += 1
        return turns < 3
      })
    #expect(watch == nil && turns == 3)
  }
}
