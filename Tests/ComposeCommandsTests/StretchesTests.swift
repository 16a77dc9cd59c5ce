import Foundation
import ReleaseModel
import Testing

@testable import ComposeCommands

/// Which work the live line and the log tell of.
@Suite struct StretchesTests {
  @Test func whatIsWithinComesFirst() throws {
    var stretches = Stretches()
    #expect(stretches.shown == nil)
    stretches.begin("outer", total: 3, unit: "files")
    stretches.advance(by: 1)
    stretches.begin("inner", total: nil, unit: "pages")
    stretches.advance(by: 2)
    let inner = try #require(stretches.shown)
    #expect((inner.title, inner.done) == ("inner", 2))
    stretches.end()
    let outer = try #require(stretches.shown)
    #expect((outer.title, outer.done, outer.total) == ("outer", 1, 3))
    stretches.end()
    #expect(stretches.shown == nil)
  }

  @Test func whatIsCountedIsTold() {
    var stretches = Stretches()
    stretches.begin("counted", total: 3, unit: "files")
    stretches.begin("not counted", total: nil, unit: "")
    stretches.advance(by: 3)
    #expect(stretches.shown?.title == "counted")
    #expect(stretches.shown?.done == 3)
    stretches.end()
    #expect(stretches.shown?.title == "counted")
  }

  @Test func eachThreadEndsItsOwn() {
    let stretches = Guarded(Stretches())
    stretches.withLock { $0.begin("mine", total: nil, unit: "") }
    let other = Thread { stretches.withLock { $0.begin("its", total: nil, unit: "") } }
    other.start()
    while !other.isFinished { usleep(1000) }
    #expect(stretches.withLock { $0.shown?.title } == "its")
    stretches.withLock { $0.end() }
    #expect(stretches.withLock { $0.shown?.title } == "its")
  }

  @Test func endsThatNothingBegan() {
    var stretches = Stretches()
    stretches.end()
    stretches.advance(by: 1)
    #expect(stretches.shown == nil)
  }
}
