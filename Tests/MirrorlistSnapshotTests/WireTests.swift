import ComposeTestSupport
import MirrorlistTestSupport
import ReleaseModel
import TestRandom
import Testing

@testable import MirrorlistSnapshot

/// The reader of caches, by their bytes.
@Suite struct WireTests {
  private func read(_ bytes: [UInt8]) throws -> SnapshotTables {
    var reader = CacheReader()
    try bytes.withUnsafeBytes { try reader.read($0) }
    return reader.takeTables()
  }

  private func cause(_ bytes: [UInt8]) -> String? {
    do {
      _ = try read(bytes)
      return nil
    } catch let error as WireError { return error.cause } catch { return "\(error)" }
  }

  @Test func `packed and single numbers are the same, and unknown fields are left out`() throws {
    var single = WireWriter()
    single.integer(1, 5)
    single.message(16) { directory in
      directory.text(1, "pub/epel")
      directory.integer(2, 300)
      directory.integer(2, 301)
    }
    var packed = WireWriter()
    packed.integer(1, 5)
    packed.bytes(99, [1, 2, 3])
    packed.varint(98 << 3 | 1)
    packed.append([UInt8](repeating: 7, count: 8))
    packed.varint(97 << 3 | 5)
    packed.append([UInt8](repeating: 7, count: 4))
    packed.message(16) { directory in
      directory.text(1, "/pub/epel/")
      directory.integer(7, 1)
      var ids = WireWriter()
      ids.varint(300)
      ids.varint(301)
      directory.bytes(2, ids.bytes)
    }
    for bytes in [single.bytes, packed.bytes] {
      let tables = try read(bytes)
      #expect(tables.time == 5 && tables.hosts.count == 2 && tables.listedDirectories == 1)
      #expect(tables.hostLists.count(of: tables.directories[0].global) == 2)
      #expect(tables.texts.string(tables.directoryNames.names[0]) == "pub/epel")
    }
  }

  @Test func `what is no message is refused, each in its words`() {
    #expect(cause([0x08]) == WireError.endsEarly.cause)
    #expect(cause([0x08, 0xFF]) == WireError.endsEarly.cause)
    #expect(cause([0x08] + [UInt8](repeating: 0xFF, count: 11)) == WireError.longNumber.cause)
    // A length beyond the end, and one that is beyond everything.
    #expect(cause([0x12, 0x05, 0x0A]) == WireError.endsEarly.cause)
    #expect(
      cause([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01])
        == WireError.endsEarly.cause)
    // A group, a number where text must be, field 0.
    #expect(cause([0x0B]) == WireError.wrongForm(field: 1).cause)
    #expect(cause([0x82, 0x01, 0x02, 0x08, 0x01]) == WireError.wrongForm(field: 1).cause)
    #expect(cause([0x00]) == WireError.wrongForm(field: 0).cause)
    // A directory without its name, a name that is not UTF-8, no time.
    #expect(cause([0x08, 0x05, 0x82, 0x01, 0x00]) == WireError.lacks(field: 1).cause)
    #expect(cause([0x08, 0x05, 0x82, 0x01, 0x03, 0x0A, 0x01, 0xFF]) == WireError.notText.cause)
    #expect(cause([]) == WireError.lacks(field: 1).cause)
    #expect(cause([0x08, 0x05]) == nil)
  }

  @Test func `a cache that is cut off is never taken for a whole one`() throws {
    let whole = GeneratedCache(.small, release: .older).cache.bytes
    let expected = try read(whole)
    var random = SeededRandom(state: 3)
    var refused = 0
    for _ in 0..<100 {
      let end = random.below(whole.count)
      guard let tables = try? read(Array(whole[..<end])) else {
        refused += 1
        continue
      }
      // Between two entries: then it lacks some, which `--shrink` and `--require` see.
      #expect(tables.listedDirectories < expected.listedDirectories)
    }
    #expect(refused >= 98)
  }

  @Test func `numbers beyond all bounds are kept within theirs`() throws {
    var writer = WireWriter()
    writer.integer(1, 5)
    for (host, bandwidth) in [(Int64.max, Int64.max), (-1, -5), (0, 0)] {
      writer.message(13) {
        $0.integer(1, host)
        $0.integer(2, bandwidth)
      }
    }
    let tables = try read(writer.bytes)
    #expect(tables.hosts.map(\.bandwidth) == [.max, 1, 1])
  }

  @Test func `a host or a directory that comes twice counts as it came last`() throws {
    var writer = WireWriter()
    writer.integer(1, 5)
    for urls in [[Int64(1)], [2, 3]] {
      writer.message(16) { directory in
        directory.text(1, "pub/epel")
        for list in [[Int64(9)], urls] {
          directory.message(6) { host in
            host.integer(1, 4)
            for url in list { host.integer(2, url) }
          }
        }
      }
    }
    let tables = try read(writer.bytes)
    #expect(tables.directories.count == 1 && tables.listedDirectories == 1)
    let record = tables.directories[0]
    #expect(tables.hostLists.count(of: record.hosts) == 1)
    #expect(tables.urlLists.count(of: tables.placements.element(0, of: record.placements)) == 2)
  }

  @Test func `lists are kept once, in two bytes a number until one needs four`() throws {
    var pool = ListPool()
    let first = try pool.number(of: [1, 2, 3])
    #expect(try pool.number(of: [1, 2, 3]) == first)
    #expect(try pool.number(of: []) == 0 && pool.count(of: 0) == 0)
    var lists: [[UInt32]] = []
    for index in 0..<3000 { lists.append([UInt32(index), UInt32(index * 40)]) }
    let numbers = try lists.map { try pool.number(of: $0) }
    pool.freeze()
    for (list, number) in zip(lists, numbers) {
      #expect(pool.element(0, of: number) == list[0] && pool.element(1, of: number) == list[1])
    }
    #expect(pool.element(2, of: first) == 3)
  }
}
