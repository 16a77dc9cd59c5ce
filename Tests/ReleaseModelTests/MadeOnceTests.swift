import Foundation
import ReleaseModel
import Testing

/// Values that several threads ask for.
@Suite struct MadeOnceTests {
  @Test func whoeverAsksGetsTheSame() throws {
    let calls = Guarded(0)
    let value = MadeOnce<Int>()
    let all: [Int] = Concurrently.map(Array(0..<16), threads: 8) { _ in
      value.value {
        usleep(10_000)
        return calls.withLock { calls in
          calls += 1
          return calls
        }
      }
    }
    #expect(all == Array(repeating: 1, count: 16))
  }

  @Test func afterAFailureTheNextTriesAgain() {
    struct Failure: Error {}
    let value = MadeOnce<Int>()
    #expect(throws: Failure.self) { try value.value { throw Failure() } }
    #expect(value.value { 7 } == 7)
    #expect(value.value { 8 } == 7)
  }
}
