import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// Nothing of a ledger is believed that was not written: each flipped bit is told,
/// or makes no difference.
@Suite struct SealTests {
  private let scratch: TemporaryDirectory
  private let sample: SampleRelease
  private let path: String
  private let contents: LedgerContents

  init() throws {
    scratch = try TemporaryDirectory()
    sample = try SampleRelease()
    path = scratch.path("l.sqlite")
    let ledger = try Ledger.open(path: path)
    // Pages that become free, and a list of them.
    try ledger.commit { change in
      try change.makeTag("many")
      try change.tag(
        (0..<500).map { NVR(name: "package-\($0)", version: "1", rpmRelease: "1") }, into: "many")
    }
    try ledger.commit { try $0.removeTag("many") }
    try sample.write(into: ledger)
    contents = try LedgerContents(sample, in: ledger)
    try ledger.close()
  }

  private static let pageSize = 4096
  /// Change counters of the header: each commit raises them, and nothing depends on
  /// their value.
  private static let counters = Set(Array(24..<28) + Array(92..<100))

  /// Pages that hold nothing, counted from 0, as the list of free pages has them.
  private func freePages() throws -> Set<Int> {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    var (free, trunk): (Set<Int>, Int) = ([], number(32))
    while trunk != 0 {
      let start = (trunk - 1) * Self.pageSize
      for index in 0..<number(start + 4) { free.insert(number(start + 8 + index * 4) - 1) }
      trunk = number(start)
    }
    return free
  }

  /// Why the ledger is refused; nil where it is read as it was written.
  private func refusal() throws -> ComposeError? {
    do {
      let found = try LedgerContents(sample, in: Ledger.openForReading(path: path))
      #expect(found == contents, "another answer than was written")
      return nil
    } catch let error as ComposeError {
      return error
    }
  }

  @Test func `every flipped bit is told, or has no meaning`() throws {
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    let free = try freePages()
    #expect(!free.isEmpty)
    // The header, the head of each page, and samples of all else.
    let offsets = (0..<size).filter {
      $0 < 112 || [0, 3, 5].contains($0 % Self.pageSize) || $0 % 3989 == 0
    }
    var (told, meaningless) = (0, 0)
    for offset in offsets {
      // Two bits make a file of another journal mode.
      let more: [UInt8] = (16..<24).contains(offset) ? [3, 0xFF] : []
      for bit in [UInt8(1) << UInt8(offset % 8)] + more {
        try LedgerFile.flip(bit, at: offset, of: path)
        defer { try? LedgerFile.flip(bit, at: offset, of: path) }
        guard let error = try refusal() else {
          meaningless += 1
          #expect(
            Self.counters.contains(offset) || free.contains(offset / Self.pageSize),
            "bits \(bit) at \(offset) of \(size) were not seen")
          continue
        }
        told += 1
        #expect(error.kind == .badData, "\(offset): \(error)")
        #expect(error.remedy == Ledger.rebuilding, "\(offset): \(error)")
        guard offset < 112 || offset % 8 == 0 else { continue }
        guard case .lost = Ledger.verdict(path: path) else {
          Issue.record("\(offset): there is no way back")
          continue
        }
      }
    }
    #expect(told > meaningless && meaningless > 0)
    #expect(try refusal() == nil)
  }

  @Test func `a change by another program is told`() throws {
    try LedgerFile.execute("UPDATE release SET since = since + 1", at: path, isSealed: false)
    for forReading in [true, false] {
      let error = #expect(throws: ComposeError.self) {
        _ = try forReading ? Ledger.openForReading(path: path) : Ledger.open(path: path)
      }
      #expect(error?.kind == .badData)
      #expect(error?.cause.contains("another program") == true, "\(error?.cause ?? "")")
      #expect(error?.remedy == Ledger.rebuilding)
    }
  }

  @Test func `a copy that was made in the middle of a transaction is told`() throws {
    let old = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let ledger = try Ledger.open(path: path)
    try ledger.commit { change in
      for number in 0..<50 {
        try change.addEvent(
          command: "check", release: "7.06.201903", operatorName: "ann@host",
          summary: "\(number)", at: 1)
      }
      try change.removeTag(sample.tag)
    }
    try ledger.close()
    let new = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let pages = max(old.count, new.count) / Self.pageSize
    let changed = (0..<pages).filter { page in
      let start = page * Self.pageSize
      return !old.dropFirst(start).prefix(Self.pageSize)
        .elementsEqual(new.dropFirst(start).prefix(Self.pageSize))
    }
    #expect(changed.count > 2)
    // Some pages from before it, some from after it.
    for split in changed.dropFirst(2) {
      let start = split * Self.pageSize
      let mixed = Data(new.prefix(start) + old.dropFirst(start))
      try mixed.write(to: URL(fileURLWithPath: path))
      #expect(try refusalOfMixture()?.remedy == Ledger.rebuilding, "split at page \(split)")
    }
  }

  private func refusalOfMixture() throws -> ComposeError? {
    #expect(throws: ComposeError.self) { _ = try Ledger.openForReading(path: path) }
  }

  @Test func `each transaction seals what it wrote`() throws {
    let ledger = try Ledger.open(path: path)
    for number in 0..<5 {
      try ledger.commit { change in
        try change.addEvent(
          command: "check", release: "7.06.201903", operatorName: "ann@host",
          summary: String(repeating: "x", count: number * 3000), at: number)
      }
      #expect(throws: Never.self) { try Ledger.openForReading(path: path).events() }
    }
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    try ledger.commit { try $0.removeTag("there is none") }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before, "nothing was changed")
  }

  @Test func `a copy for a rebuild is sealed`() throws {
    let copy = scratch.path("copy.sqlite")
    try Ledger.openForReading(path: path).copy(to: copy).close()
    #expect(try LedgerContents(sample, in: Ledger.openForReading(path: copy)) == contents)
  }

  /// What the seal cannot tell, because the value was sealed with it, or because the
  /// ledger has an earlier form.
  @Test(arguments: [
    "UPDATE release SET since = 9223372036854775807", "UPDATE release SET sequence = -5",
    "UPDATE release SET since = 'then'", "UPDATE release SET id = 'seven'",
    "UPDATE tree SET revision = 9223372036854775807", "UPDATE event SET at = -1 << 62",
    "UPDATE releaseBuild SET epoch = x'00'", "UPDATE push SET serial = 1 << 60",
    "UPDATE hold SET release = 'none'",
  ])
  func `a value that no program can have written is damage`(sql: String) throws {
    try LedgerFile.execute(sql, at: path)
    let error = try refusal()
    #expect(error?.kind == .badData, "\(String(describing: error))")
    #expect(error?.remedy == Ledger.rebuilding)
  }
}
