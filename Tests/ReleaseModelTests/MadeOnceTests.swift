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

/// Two things that are made at once.
@Suite struct BothTests {
  @Test func `each waits for the other`() throws {
    let meeting = Guarded(Set<Int>())
    @Sendable func meet(_ number: Int) -> Bool {
      _ = meeting.withLock { $0.insert(number) }
      let end = ContinuousClock.now + .seconds(60)
      while ContinuousClock.now < end {
        if meeting.withLock({ $0.count }) == 2 { return true }
        usleep(1000)
      }
      return false
    }
    let (first, second) = try Concurrently.both {
      meet(1)
    } _: {
      meet(2)
    }
    #expect(first && second)
  }

  @Test func `an error comes when both have ended`() {
    struct Failure: Error { let number: Int }
    let ended = Guarded(0)
    @Sendable func end(_ number: Int) throws {
      usleep(number == 1 ? 20_000 : 0)
      ended.withLock { $0 += 1 }
      throw Failure(number: number)
    }
    let error = #expect(throws: Failure.self) {
      _ = try Concurrently.both {
        try end(1)
      } _: {
        try end(2)
      }
    }
    #expect(error?.number == 1)
    #expect(ended.withLock { $0 } == 2)
    let other = #expect(throws: Failure.self) {
      _ = try Concurrently.both {
        1
      } _: {
        try end(2)
      }
    }
    #expect(other?.number == 2)
  }
}
