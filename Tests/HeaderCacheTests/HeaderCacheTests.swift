import ComposeTestSupport
import Foundation
import GRDB
import Glibc
import HeaderCache
import ReleaseModel
import Testing

/// The cache is a file that anybody may remove, damage or share: it must never
/// say what nobody told it.
@Suite struct HeaderCacheTests {
  private let scratch: TemporaryDirectory

  private var directory: String { scratch.path("cache") }
  private var file: String { "\(directory)/headers-3.sqlite" }

  init() throws { scratch = try TemporaryDirectory() }

  private func writing(limit: Int = 4 << 30) throws -> HeaderCache {
    try #require(HeaderCache.open(directory: directory, access: .writing, limit: limit))
  }

  private func reading() throws -> HeaderCache {
    try #require(HeaderCache.open(directory: directory, access: .reading))
  }

  private func opens(_ access: HeaderCache.Access) -> Bool {
    HeaderCache.open(directory: directory, access: access) != nil
  }

  private func identity(
    device: UInt64 = 1, inode: UInt64 = 2, size: Int64 = 3, modified: Int64 = 4, changed: Int64 = 5
  ) -> FileIdentity {
    FileIdentity(device: device, inode: inode, size: size, modified: modified, changed: changed)
  }

  private func checksum(_ byte: UInt8) -> Checksum {
    Checksum(digest: [UInt8](repeating: byte, count: Checksum.byteCount))
  }

  private func bytes(_ cache: HeaderCache, _ kind: HeaderCache.Kind, _ byte: UInt8) -> [UInt8]? {
    cache.bytes(kind, of: [checksum(byte)])[0]
  }

  private func sha256(_ cache: HeaderCache, _ identity: FileIdentity) -> Checksum? {
    cache.sha256(of: [identity])[0]
  }

  /// A cache that has come and gone.
  private func writeOnce(_ body: (HeaderCache) -> Void) throws {
    let cache = try writing()
    body(cache)
    cache.close()
  }

  /// Changes the file behind the cache's back.
  private func tamper(_ sql: String) throws {
    let queue = try DatabaseQueue(path: file)
    try queue.write { db in try db.execute(sql: sql) }
    try queue.close()
  }

  /// Contents of all files of the directory, by name.
  private func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
      contents[name] = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))
    }
    return contents
  }

  // MARK: Keeping

  @Test func `what is kept is there when the file is opened again`() throws {
    let far = identity(device: .max, inode: .max - 1, modified: -1)
    try writeOnce { cache in
      cache.keep([1, 2, 3], as: .verifiedRPM, of: checksum(1))
      cache.keep([4], as: .primary, of: checksum(1))
      cache.keep([], as: .chunk, of: checksum(2))
      cache.note(identity(), checksum(9))
      cache.note(far, checksum(8))
    }
    for cache in try [writing(), reading()] {
      #expect(bytes(cache, .verifiedRPM, 1) == [1, 2, 3])
      #expect(bytes(cache, .primary, 1) == [4])
      #expect(bytes(cache, .chunk, 2) == [])
      #expect(bytes(cache, .chunk, 1) == nil, "kinds are apart")
      #expect(bytes(cache, .verifiedRPM, 2) == nil, "keys are apart")
      #expect(sha256(cache, identity()) == checksum(9))
      #expect(sha256(cache, far) == checksum(8))
    }
  }

  @Test func `many are answered in the order of the question`() throws {
    let cache = try writing()
    for byte in UInt8(0)..<20 where byte % 3 != 0 {
      cache.keep([byte], as: .lists, of: checksum(byte))
      cache.note(identity(inode: UInt64(byte)), checksum(byte))
      // Some wait in memory, others are in the file.
      if byte == 10 { cache.flush() }
    }
    let asked = [UInt8]((0..<20).reversed())
    let kept = cache.bytes(.lists, of: asked.map(checksum))
    let sums = cache.sha256(of: asked.map { identity(inode: UInt64($0)) })
    for (index, byte) in asked.enumerated() {
      let isKept = byte % 3 != 0
      let wanted: [UInt8]? = isKept ? [byte] : nil
      #expect(kept[index] == wanted)
      #expect(sums[index] == (isKept ? checksum(byte) : nil))
    }
  }

  @Test func `what is kept later counts`() throws {
    let first = try writing()
    for byte in UInt8(1)...3 {
      first.keep([byte], as: .verifiedRPM, of: checksum(1))
      first.note(identity(changed: Int64(byte)), checksum(byte))
      if byte < 3 { first.flush() }
      #expect(bytes(first, .verifiedRPM, 1) == [byte])
      #expect(sha256(first, identity(changed: Int64(byte))) == checksum(byte))
      #expect(sha256(first, identity(changed: Int64(byte) - 1)) == nil)
    }
    first.close()
    let again = try writing()
    #expect(bytes(again, .verifiedRPM, 1) == [3])
    #expect(sha256(again, identity(changed: 3)) == checksum(3))
  }

  @Test func `a file is known only while nothing about it has changed`() throws {
    let cache = try writing()
    cache.note(identity(), checksum(9))
    let others = [
      identity(device: 8), identity(inode: 8), identity(size: 8), identity(modified: 8),
      identity(changed: 8),
    ]
    for isWritten in [false, true] {
      if isWritten { cache.flush() }
      #expect(sha256(cache, identity()) == checksum(9))
      for other in others { #expect(sha256(cache, other) == nil, "\(other)") }
      let together = cache.sha256(of: others + [identity()])
      #expect(together.filter { $0 != nil }.count == 1)
      #expect(together.last == checksum(9))
    }
  }

  @Test func `what waits in memory is written before there is too much of it`() throws {
    let (first, second) = try (writing(), writing())
    let large = [UInt8](repeating: 7, count: 3 << 20)
    first.keep(large, as: .chunk, of: checksum(1))
    #expect(bytes(second, .chunk, 1) == nil)
    first.keep(large, as: .chunk, of: checksum(2))
    first.keep(large, as: .chunk, of: checksum(3))
    #expect(bytes(second, .chunk, 1) == large)
  }

  // MARK: Reading only

  @Test func `who only reads makes nothing`() throws {
    #expect(!opens(.reading))
    #expect(!FileManager.default.fileExists(atPath: directory))
    try #require(mkdir(directory, 0o700) == 0)
    #expect(!opens(.reading))
    #expect(try contents().isEmpty)
    #expect(opens(.writing))
    #expect(opens(.reading))
  }

  @Test func `who only reads changes no byte`() throws {
    try writeOnce { cache in
      cache.keep([1, 2, 3], as: .verifiedRPM, of: checksum(1))
      cache.note(identity(), checksum(9))
    }
    // A day ago: who may write would remember that they are still of use.
    try tamper("UPDATE content SET used = used - 1")
    let before = try contents()
    let reader = try reading()
    #expect(bytes(reader, .verifiedRPM, 1) == [1, 2, 3])
    #expect(bytes(reader, .verifiedRPM, 2) == nil)
    #expect(sha256(reader, identity()) == checksum(9))
    reader.keep([4], as: .verifiedRPM, of: checksum(2))
    reader.note(identity(inode: 3), checksum(8))
    #expect(bytes(reader, .verifiedRPM, 2) == nil)
    #expect(sha256(reader, identity(inode: 3)) == nil)
    reader.flush()
    reader.close()
    #expect(try contents() == before)
    let writer = try writing()
    #expect(bytes(writer, .verifiedRPM, 1) == [1, 2, 3])
    writer.close()
    #expect(try contents() != before)
  }

  // MARK: Damage

  @Test(arguments: [
    "UPDATE content SET bytes = X'010204' WHERE kind = 0",
    "UPDATE content SET bytes = X'0102' WHERE kind = 0",
    "UPDATE content SET sum = sum + 1 WHERE kind = 0",
    // What was kept of something else.
    "UPDATE content SET kind = 2 WHERE kind = 0",
    "UPDATE content SET key = X'\(String(repeating: "02", count: 32))' WHERE kind = 0",
  ])
  func `contents that were changed behind its back are not there`(sql: String) throws {
    try writeOnce { cache in
      cache.keep([1, 2, 3], as: .verifiedRPM, of: checksum(1))
      cache.keep([1, 2, 3], as: .primary, of: checksum(1))
    }
    try tamper(sql)
    for cache in try [writing(), reading()] {
      #expect(bytes(cache, .verifiedRPM, 1) == nil)
      #expect(bytes(cache, .lists, 1) == nil)
      #expect(bytes(cache, .verifiedRPM, 2) == nil)
      #expect(bytes(cache, .primary, 1) == [1, 2, 3], "its neighbour is intact")
    }
    try writeOnce { $0.keep([5], as: .verifiedRPM, of: checksum(1)) }
    let again = try reading()
    #expect(bytes(again, .verifiedRPM, 1) == [5])
  }

  @Test(arguments: [
    "UPDATE file SET sha256 = zeroblob(32) WHERE inode = 2",
    "UPDATE file SET sha256 = X'09' WHERE inode = 2",
    "UPDATE file SET size = 3, sum = sum + 1 WHERE inode = 2",
    // Another file's row under this one's name.
    "UPDATE file SET device = 7 WHERE inode = 2",
  ])
  func `files that were changed behind its back are not known`(sql: String) throws {
    try writeOnce { cache in
      cache.note(identity(), checksum(9))
      cache.note(identity(inode: 3), checksum(8))
    }
    try tamper(sql)
    for cache in try [writing(), reading()] {
      #expect(sha256(cache, identity()) == nil)
      #expect(sha256(cache, identity(device: 7)) == nil)
      #expect(sha256(cache, identity(inode: 3)) == checksum(8), "its neighbour is intact")
    }
  }

  enum Damage: CaseIterable { case text, truncated, headless }

  private func damage(_ damage: Damage) throws {
    let url = URL(fileURLWithPath: file)
    let data = try Data(contentsOf: url)
    switch damage {
    case .text: try Data("This is no database.\n".utf8).write(to: url)
    case .truncated: try data.prefix(data.count / 2).write(to: url)
    case .headless: try (Data(repeating: 0, count: 100) + data.dropFirst(100)).write(to: url)
    }
  }

  @Test(arguments: Damage.allCases)
  func `a file that is no cache is made anew, or not read`(damage: Damage) throws {
    try writeOnce { cache in
      cache.keep([1], as: .verifiedRPM, of: checksum(1))
      cache.note(identity(), checksum(9))
    }
    #expect(opens(.reading))
    try self.damage(damage)
    let damaged = try contents()
    #expect(!opens(.reading))
    #expect(try contents() == damaged, "who only reads leaves it alone")
    let second = try writing()
    #expect(bytes(second, .verifiedRPM, 1) == nil)
    #expect(sha256(second, identity()) == nil)
    second.keep([2], as: .verifiedRPM, of: checksum(2))
    second.close()
    let third = try reading()
    #expect(bytes(third, .verifiedRPM, 2) == [2])
    #expect(bytes(third, .verifiedRPM, 1) == nil)
  }

  // MARK: The directory

  @Test func `the directory is its owner's alone`() throws {
    #expect(opens(.writing))
    let attributes = try FileManager.default.attributesOfItem(atPath: directory)
    let mode = attributes[.posixPermissions] as? Int
    #expect(mode == 0o700)
  }

  @Test func `one of another form is left alone`() throws {
    try writeOnce { $0.keep([1], as: .verifiedRPM, of: checksum(1)) }
    try tamper("PRAGMA user_version = 1000")
    let before = try contents()
    #expect(!opens(.writing))
    #expect(!opens(.reading))
    #expect(try contents() == before)
  }

  @Test func `one that others may write to is not believed`() throws {
    try writeOnce { $0.keep([1], as: .verifiedRPM, of: checksum(1)) }
    for (path, mode) in [(directory, 0o700), (file, 0o644)] {
      try #require(chmod(path, mode_t(mode | 0o022)) == 0)
      #expect(!opens(.writing))
      #expect(!opens(.reading))
      #expect(HeaderCache.distrust(of: path) == "others may write to it")
      try #require(chmod(path, mode_t(mode)) == 0)
      #expect(opens(.reading))
    }
  }

  @Test func `neither is a link, nor what belongs to another user`() throws {
    try writeOnce { $0.keep([1], as: .verifiedRPM, of: checksum(1)) }
    for path in [directory, file] {
      try #require(rename(path, scratch.path("moved")) == 0)
      try #require(symlink(scratch.path("moved"), path) == 0)
      #expect(!opens(.writing))
      #expect(!opens(.reading))
      #expect(HeaderCache.distrust(of: path) != nil)
      try #require(unlink(path) == 0)
      try #require(rename(scratch.path("moved"), path) == 0)
      // Only root can give a file away.
      if geteuid() == 0 {
        try #require(chown(path, 65_534, 65_534) == 0)
        #expect(!opens(.writing))
        #expect(!opens(.reading))
        try #require(chown(path, 0, 0) == 0)
      }
      let cache = try reading()
      #expect(bytes(cache, .verifiedRPM, 1) == [1], "it was left alone")
    }
  }

  @Test func `an index that leads to another row is noticed`() throws {
    try writeOnce { cache in
      cache.keep([1], as: .verifiedRPM, of: checksum(1))
      cache.keep([2], as: .verifiedRPM, of: checksum(2))
    }
    // The bytes of each are whole, with their sum, but the other's.
    try tamper(
      """
      CREATE TEMP TABLE other AS SELECT 3 - id AS id, bytes, sum FROM content;
      UPDATE content SET (bytes, sum) = (SELECT bytes, sum FROM other WHERE other.id = content.id)
      """)
    let keys = [checksum(1), checksum(2)]
    #expect(try reading().bytes(.verifiedRPM, of: keys) == [nil, nil])
  }

  @Test func `where no directory can be made there is no cache`() throws {
    try scratch.write("mine", to: "cache")
    #expect(!opens(.writing))
    #expect(!opens(.reading))
    #expect(try String(contentsOfFile: directory, encoding: .utf8) == "mine")
    try FileManager.default.removeItem(atPath: directory)
    #expect(opens(.writing))
  }

  // MARK: Size

  private func key(_ number: Int) -> Checksum {
    let head = withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) }
    return Checksum(digest: head + [UInt8](repeating: 1, count: Checksum.byteCount - head.count))
  }

  private func fileSize() throws -> Int {
    try Data(contentsOf: URL(fileURLWithPath: file)).count
  }

  /// Keeps 2,000 contents with their files, 5 MB, and says that the first 1,200
  /// were not used for a month.
  private func fill() throws {
    try writeOnce { cache in
      for number in 0..<2000 {
        let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 2000)
        cache.keep(bytes, as: .verifiedRPM, of: key(number))
        cache.note(identity(inode: UInt64(number)), key(number))
      }
    }
    try tamper("UPDATE content SET used = used - 30 WHERE key < X'00000000000004B0'")
  }

  @Test func `what was not used for longest goes first when it is too large`() throws {
    try fill()
    let limit = 4_000_000
    #expect(try fileSize() > limit)
    let small = try writing(limit: limit)
    // Whoever asks uses it.
    #expect(small.bytes(.verifiedRPM, of: [key(3)])[0] != nil)
    small.close()
    #expect(try fileSize() <= limit)
    let cache = try writing()
    let kept = cache.bytes(.verifiedRPM, of: (0..<2000).map(key))
    #expect(kept[1200...].allSatisfy { $0 != nil })
    #expect(kept[3] != nil)
    #expect(kept[..<500].filter { $0 != nil }.count == 1)
    let files = cache.sha256(of: (0..<2000).map { identity(inode: UInt64($0)) })
    for number in 0..<2000 where (files[number] == nil) != (kept[number] == nil) {
      Issue.record("\(number): a file goes with what is known of it")
    }
  }

  @Test func `nothing goes while it is small enough`() throws {
    try fill()
    try writing(limit: 8_000_000).close()
    let cache = try reading()
    #expect(cache.bytes(.verifiedRPM, of: (0..<2000).map(key)).allSatisfy { $0 != nil })
  }

  // MARK: Sharing

  @Test func `two that are open at once see what the other has written`() throws {
    let (first, second) = try (writing(), writing())
    let reader = try reading()
    first.keep([1], as: .verifiedRPM, of: checksum(1))
    first.note(identity(), checksum(9))
    #expect(bytes(second, .verifiedRPM, 1) == nil, "it waits in memory")
    #expect(sha256(second, identity()) == nil)
    first.flush()
    second.keep([2], as: .verifiedRPM, of: checksum(2))
    second.flush()
    for cache in [first, second, reader] {
      #expect(bytes(cache, .verifiedRPM, 1) == [1])
      #expect(bytes(cache, .verifiedRPM, 2) == [2])
      #expect(sha256(cache, identity()) == checksum(9))
    }
  }

  @Test func `many threads of two keep all that they keep`() throws {
    let caches = try [writing(), writing()]
    Concurrently.forEach(0..<100, threads: 8) { number in
      let cache = caches[number % 2]
      cache.keep([UInt8(number)], as: .verifiedRPM, of: key(number))
      cache.note(identity(inode: UInt64(number)), key(number))
      if number % 5 == 0 { cache.flush() }
    }
    for cache in caches { cache.flush() }
    for cache in caches {
      let kept = cache.bytes(.verifiedRPM, of: (0..<100).map(key))
      let files = cache.sha256(of: (0..<100).map { identity(inode: UInt64($0)) })
      for number in 0..<100 {
        #expect(kept[number] == [UInt8(number)])
        #expect(files[number] == key(number))
      }
    }
  }
}
