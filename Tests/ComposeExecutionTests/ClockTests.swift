import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// A clock that is wrong changes no tree and no order: releases order by
/// their numbers and the ledger's sequences, revisions by the builds.
@Suite(.waiting) struct ClockTests {
  /// Seconds since 1970 at each command, in turn.
  static let clocks: [[Int]] = [
    // 1970.
    [0, 1, 2],
    // Two years back in the middle.
    [1_600_000_000, 1_600_000_000 - 2 * 365 * 86_400, 1_600_000_100],
    // Past the end of 32 bits, in 2038, and back.
    [(1 << 31) - 2, (1 << 31) + 10, 1_600_000_000],
  ]

  /// Two releases with a push, a rollback and an archive; what is on disk.
  private static func life(_ clock: [Int]) async throws -> (
    trees: [String: String], revisions: [Int], order: [String]
  ) {
    // What has a grace time stays longer while the clock is back; that is for
    // the next test.
    let stage = try Stage(small: .inMemory(), grace: "14 days")
    var revisions: [Int] = []
    var ticks = 0
    func tick() {
      stage.now = clock[ticks % clock.count]
      ticks += 1
    }
    func served() throws -> Int {
      let path = stage.locations.public + "/updates/7/Everything/x86_64/repodata/repomd.xml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return try #require(Int(text.firstMatch(of: /<revision>([0-9]+)</)?.1 ?? ""))
    }
    func step(_ body: () async throws -> Void) async throws {
      tick()
      try await body()
      if try stage.link() != nil { revisions.append(try served()) }
    }
    try stage.add(.small)
    try await step { try await stage.compose("7.06.201903") }
    try await step { try stage.publish("7.06.201903") }
    try await step { try stage.promote("7.06.201903") }
    try stage.add(.smallNext)
    try await step { try await stage.update() }
    try await step { try await stage.compose("7.07.201908") }
    try await step { try stage.publish("7.07.201908") }
    try await step { try stage.promote("7.07.201908") }
    try await step { try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream)) }
    try await step { try stage.promote("7.07.201908") }
    try await step { try stage.archive("7.06.201903") }
    let plan = try await stage.plan("7.05.201810")
    let older = try #require(throws: ComposeError.self) {
      try ComposeOperation(plan, from: stage.buildSystem)
    }
    #expect(older.kind == .refused, "an older release stays older whatever the clock says")
    return (
      Listing.of(stage.root + "/pub"), revisions, try stage.ledger.releases().map(\.id.description)
    )
  }

  @Test(arguments: clocks)
  func `a wrong clock changes neither trees nor order`(clock: [Int]) async throws {
    let right = try await Self.life([1_600_000_000])
    let wrong = try await Self.life(clock)
    #expect(Listing.differences(wrong.trees, right.trees) == [])
    #expect(wrong.order == right.order)
    #expect(wrong.revisions == right.revisions)
    #expect(
      zip(wrong.revisions, wrong.revisions.dropFirst()).allSatisfy { $0 <= $1 },
      "\(wrong.revisions)")
    #expect(Set(wrong.revisions).count >= 4)
  }

  @Test func `a clock that went back makes waiting times longer, never shorter`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    try stage.publish("7.06.201903")
    stage.now -= 2 * 365 * 86_400
    let early = try #require(throws: ComposeError.self) {
      try PromoteOperation(stage.record("7.06.201903"), skipSoak: false, in: stage.stream)
    }
    #expect(early.cause.contains("soak time"))
  }

  @Test(arguments: [-2 * 365 * 86_400, 14 * 86_400 - 1, 14 * 86_400])
  func `superseded metadata stays for the grace time, and longer after a clock that was ahead`(
    later: Int
  ) async throws {
    let stage = try Stage(small: .inMemory(), grace: "14 days")
    try stage.add(.small)
    try await stage.release("7.06.201903")
    let lists = stage.locations.public + "/updates/7.06.201903/Everything/x86_64/repodata"
    let superseded = try stage.contents(of: lists).keys.filter { $0.hasSuffix(".gz") }
    try stage.add(.smallNext)
    try await stage.update()
    stage.now += later
    try await stage.update()
    let left = try Set(stage.contents(of: lists).keys).intersection(superseded)
    #expect(left.count == (later < 14 * 86_400 ? superseded.count : 0))
    #expect(superseded.count >= 3)
  }

  @Test func `times before and after 32 bits are written out`() {
    #expect(Moment(0).description == "1970-01-01 00:00 UTC")
    #expect(Moment((1 << 31) + 10).description == "2038-01-19 03:14 UTC")
  }
}
