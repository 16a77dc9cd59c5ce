import ComposeLifecycle
import ComposeStream
import ComposeTestSupport
import DurableFiles
import Foundation
import Glibc
import MirrorDocuments
import ReleaseLedger
import ReleaseModel
import Testing

/// Telling mirrors is no part of an operation: whatever becomes of it, lists are whole, and
/// what was not told is told the next time.
@Suite struct TellingTests {
  /// From one call on, nothing is made any more: as far as the disk knows, the process was
  /// killed there; or that one call fails.
  private final class Disturbance: MutationObserver, CommitObserver {
    private let number: Int?
    private let isKill: Bool
    private let calls = Guarded(0)

    init(from number: Int?, isKill: Bool) {
      self.number = number
      self.isKill = isKill
    }

    var count: Int { calls.withLock { $0 } }

    private var isHit: Bool {
      let call = calls.withLock { calls in
        calls += 1
        return calls
      }
      return number.map { isKill ? call >= $0 : call == $0 } ?? false
    }

    func fault(before mutation: Mutation) -> Fault? { isHit ? .error(EIO) : nil }
    func made(_ mutation: Mutation, result: Int32) {}
    func didCommit() {}
    func willCommit() throws -> Bool {
      if isHit { throw ComposeError(systemError: EIO, doing: "writing", path: "ledger") }
      return true
    }

    func during(_ body: () throws -> Void) throws {
      try FaultPoint.$observer.withValue(self) {
        try CommitPoint.$observer.withValue(self, operation: body)
      }
    }
  }

  /// A module that was told, and a flip, an archive and a push that were not.
  private func changed() throws -> ModuleStage {
    let stage = try ModuleStage(archives: true)
    try stage.fill()
    try stage.tell()
    try stage.write("<repomd/>", to: "updates/7.07.201908/Everything/x86_64/repodata/repomd.xml")
    try stage.flip(to: "7.07.201908")
    try stage.scratch.write("rpm", to: "archives/epel/updates/7.06.201903/a.rpm")
    try FileManager.default.removeItem(atPath: "\(stage.module)/updates/7.06.201903")
    try stage.owe("promote 7.07.201908")
    return stage
  }

  @Test(arguments: [true, false])
  func `a kill or a failure anywhere leaves whole lists, and what is owed`(isKill: Bool) throws {
    let counting = Disturbance(from: nil, isKill: isKill)
    let undisturbed = try changed()
    try counting.during { try undisturbed.tell() }
    let wanted = try undisturbed.paths()
    #expect(counting.count > 20)
    let points = SweepDensity.points(counting.count, of: "telling mirrors", "\(isKill)")
    for number in SweepDensity.stride == 1 ? points : Array(1...counting.count) {
      let moment = "\(isKill ? "killed" : "failed") at call \(number)"
      let stage = try changed()
      let before = try stage.list()
      let trees = Self.trees(stage)
      let error = #expect(throws: ComposeError.self, "\(moment)") {
        try Disturbance(from: number, isKill: isKill).during { try stage.tell() }
      }
      #expect(error?.kind == .inputOutput, "\(moment)")
      #expect(error?.remedy.contains("mirrors lists 7") == true, "\(moment)")
      try stage.reopen()
      // Whole, old or new; nothing else has changed; and it is not forgotten.
      let list = try stage.list()
      #expect(list != nil, "\(moment)")
      let isNew = try list != before && stage.paths() == wanted
      #expect(list == before || isNew, "\(moment)")
      #expect(Self.trees(stage) == trees, "\(moment)")
      #expect(try !stage.stream.owedModules().isEmpty, "\(moment)")
      // The next one mends it.
      try stage.tell()
      #expect(try stage.stream.owedModules().isEmpty, "\(moment)")
      #expect(try stage.found() == stage.expected(), "\(moment)")
      #expect(try stage.paths() == wanted, "\(moment)")
      try Self.expectFeed(stage, moment)
      let left = try FileManager.default.subpathsOfDirectory(atPath: stage.scratch.path)
        .filter { $0.contains(".epel-compose-") }
      #expect(left == [], "\(moment)")
    }
  }

  /// Contents of the trees: telling never touches them.
  private static func trees(_ stage: ModuleStage) -> [String: String] {
    Listing.of(stage.scratch.path).filter { path, _ in
      path.contains("updates/") || path.contains("releases/")
    }
  }

  /// No gap and no serial twice, and a reader of all of it has the list.
  private static func expectFeed(_ stage: ModuleStage, _ moment: String) throws {
    let head = try #require(try stage.head())
    #expect(head.oldest == 1, "\(moment)")
    for serial in 1...head.serial {
      #expect(try stage.document(serial)?.serial == serial, "\(moment)")
    }
    #expect(try stage.replayed(upTo: head.serial) == stage.listing(), "\(moment)")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(stage.module)/changes")
    #expect(names.count == 2 * head.serial + 1, "\(moment): \(names)")
    #expect(try stage.ledger.mirrorModules().map(\.serial).max() == head.serial, "\(moment)")
  }

  @Test func `lists of all modules are flushed before the first has its name`() throws {
    final class Order: MutationObserver {
      let names = Guarded<[String]>([])
      func fault(before mutation: Mutation) -> Fault? {
        switch mutation {
        case .rename(_, let to, _) where to.name.hasPrefix("full"):
          names.withLock { $0.append(to.name) }
        case .createFile(_, let name) where name.hasPrefix(".epel-compose-list"):
          names.withLock { $0.append("begin") }
        default: break
        }
        return nil
      }
      func made(_ mutation: Mutation, result: Int32) {}
    }
    let stage = try changed()
    let order = Order()
    try FaultPoint.$observer.withValue(order) { _ = try stage.tell() }
    #expect(
      order.names.withLock { $0 } == [
        "begin", "begin", "begin", "begin", "fullfilelist", "fullfilelist",
        "fullfiletimelist-epel", "fullfiletimelist-archives",
      ])
  }

  @Test func `a lock that others hold ends with status 75 when patience is over`() throws {
    let stage = try ModuleStage(mirrors: "  patience: 0 seconds")
    try stage.fill()
    try stage.owe()
    let lock = try FileLock.take(stage.scratch.path("state/lists.lock"), patience: 0)
    let error = #expect(throws: ComposeError.self) { try stage.tell() }
    #expect(error?.kind == .locked)
    #expect(error?.thing == "the file lists of epel")
    #expect(try stage.stream.owedFindings().map(\.code) == ["lists-owed"])
    withExtendedLifetime(lock) {}
  }

  @Test func `a lock that is let go in time is waited for`() throws {
    let stage = try ModuleStage(mirrors: "  patience: 30 seconds")
    try stage.fill()
    let path = stage.scratch.path("state/lists.lock")
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    Thread.detachNewThread {
      usleep(300_000)
      close(descriptor)
    }
    #expect(try stage.tell().map(\.isWritten) == [true])
  }

  @Test func `links are newer than lists, however long these take`() throws {
    /// Each look at it takes five minutes.
    final class SlowTime: TimeSource {
      private let time = Guarded(1_900_000_000)
      /// The time, without a look at it.
      var last: Int { time.withLock { $0 } }
      var now: Int {
        time.withLock { time in
          time += 300
          return time
        }
      }
    }
    /// When the last list got its name.
    final class Naming: MutationObserver {
      let clock: SlowTime
      let time = Guarded(0)
      init(by clock: SlowTime) { self.clock = clock }
      func fault(before mutation: Mutation) -> Fault? {
        if case .rename(_, let to, _) = mutation, to.name.hasPrefix("fullfiletimelist") {
          time.withLock { $0 = clock.last }
        }
        return nil
      }
      func made(_ mutation: Mutation, result: Int32) {}
    }
    let stage = try changed()
    let clock = SlowTime()
    stage.clock = clock
    let naming = Naming(by: clock)
    let told = try FaultPoint.$observer.withValue(naming) { try stage.tell() }
    #expect(told.map(\.isWritten) == [true, true])
    let moved = try #require(try stage.list()?.files.row(of: "updates/7")?.time)
    let named = naming.time.withLock { $0 }
    #expect(named > 1_900_000_000)
    #expect(moved > named)
    #expect(try stage.found() == stage.expected())
    let left = try FileManager.default.subpathsOfDirectory(atPath: stage.scratch.path)
    #expect(left.filter { $0.contains(".epel-compose-") } == [])
  }

  @Test func `a module that is not there yet is passed over`() throws {
    let stage = try ModuleStage(archives: true)
    try stage.fill()
    try FileManager.default.removeItem(atPath: stage.scratch.path("archives"))
    try stage.owe()
    let told = try stage.tell()
    #expect(told.map(\.isWritten) == [true, false])
    #expect(told.map(\.isThere) == [true, false])
    #expect(try stage.stream.owedModules().isEmpty)
    #expect(
      try stage.ledger.mirrorModules().filter { $0.writtenAt == nil }.map(\.module.description)
        == ["archives"])
  }

  @Test func `an index that changes again and again ends with status 74`() throws {
    let stage = try ModuleStage(mirrors: "")
    try stage.fill()
    let path = "\(stage.module)/updates/7.06.201903/Everything/x86_64/repodata/repomd.xml"
    let isDone = Guarded(false)
    let writer = Thread {
      var number = 0
      while !isDone.withLock({ $0 }) {
        number += 1
        try? "<repomd>\(String(repeating: "x", count: number % 5000))</repomd>"
          .write(toFile: path, atomically: false, encoding: .utf8)
      }
    }
    writer.start()
    defer { isDone.withLock { $0 = true } }
    // Either it was caught in a moment of rest, or the error says what is wrong.
    do {
      try stage.tell()
    } catch let error as ComposeError {
      #expect(error.kind == .inputOutput)
      #expect(error.cause.contains("changes again and again"))
    }
    #expect(FileManager.default.fileExists(atPath: path))
  }
}
