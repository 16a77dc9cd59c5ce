import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import Glibc
import ReleaseModel
import Synchronization
import Testing

/// Readers while the links flip.
@Suite struct FlipReaderTests {
  /// What readers found.
  private struct Seen {
    var pairs = 0
    var walks = 0
    var problems: [String] = []
  }

  @Test func `flips show no mixed pair and no missing file`() async throws {
    let stage = try Stage(small: .inMemory())
    try stage.add(.small)
    try await stage.release("7.06.201903")
    try stage.add(.smallNext)
    try await stage.release("7.07.201908")
    let root = stage.locations.public
    let isOver = Atomic(false)
    let flips = Atomic(0)
    let seen = Guarded(Seen())
    let flipped = DispatchGroup()
    // One polls the pair, one walks everything that a link leads to.
    for isWalking in [false, true] {
      flipped.enter()
      Thread.detachNewThread {
        while !isOver.load(ordering: .acquiring) {
          let before = flips.load(ordering: .sequentiallyConsistent)
          var problems =
            isWalking
            ? (try? ServedRepositories.problems(below: "\(root)/releases/7")) ?? ["unreadable"]
            : Self.pairProblems(root)
          // The first flip of two may be undone by the second one.
          if !isWalking, flips.load(ordering: .sequentiallyConsistent) != before { problems = [] }
          seen.withLock { seen in
            if isWalking { seen.walks += 1 } else { seen.pairs += 1 }
            seen.problems += problems
          }
        }
        flipped.leave()
      }
    }
    // On a busy machine readers may come late: they get their turns.
    let rounds = SweepDensity.points(500, of: "flips beside readers").count
    var round = 0
    while round < rounds || seen.withLock({ $0.walks <= 10 || $0.pairs <= rounds }) {
      round += 1
      try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
      flips.add(1, ordering: .sequentiallyConsistent)
      try stage.promote("7.07.201908")
      flips.add(1, ordering: .sequentiallyConsistent)
    }
    isOver.store(true, ordering: .releasing)
    await withCheckedContinuation { continuation in
      flipped.notify(queue: .global()) { continuation.resume() }
    }
    let result = seen.withLock { $0 }
    #expect(Array(Set(result.problems)) == [])
  }

  /// Whether both links, each resolved in one call, can belong together: the
  /// release of `updates/7` is the same before and after `releases/7` was
  /// resolved, or `releases/7` is one of the two.
  private static func pairProblems(_ root: String) -> [String] {
    func resolve(_ area: String) -> String? {
      guard let resolved = realpath("\(root)/\(area)/7", nil) else { return nil }
      defer { free(resolved) }
      return String(cString: resolved)
    }
    guard let before = resolve("updates"), let releases = resolve("releases"),
      let after = resolve("updates")
    else { return ["a link leads nowhere"] }
    // Between two calls of a reader a flip may lie; within what did not
    // change, nothing may be mixed.
    return before == after && releases != before ? ["\(releases) beside \(before)"] : []
  }
}
