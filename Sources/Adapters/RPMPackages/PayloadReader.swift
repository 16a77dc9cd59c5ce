import CLibArchive
import Glibc
import ReleaseModel

/// Bytes of a payload, uncompressed by libarchive; owner of one of its handles.
///
/// libarchive knows the compressions that rpm uses: gzip, bzip2, xz, lzma, zstd and
/// none. The archive within is read here, because no libarchive knows rpm's own form
/// of cpio.
final class UncompressedBytes {
  private let archive: OpaquePointer
  /// Of the contents handed out so far.
  private(set) var offset: UInt64 = 0
  private var buffer: [UInt8] = []
  private var used = 0
  private let capacity = 1 << 16

  /// Reads a file from `start` on.
  init(descriptor: Int32, from start: Int) throws {
    archive = try Self.made()
    lseek(descriptor, off_t(start), SEEK_SET)
    try open(archive_read_open_fd(archive, descriptor, 1 << 16))
  }

  /// Reads bytes that stay where they are as long as this lives.
  init(_ bytes: UnsafeRawBufferPointer) throws {
    archive = try Self.made()
    try open(archive_read_open_memory(archive, bytes.baseAddress, bytes.count))
  }

  deinit { archive_read_free(archive) }

  private static func made() throws -> OpaquePointer {
    guard let archive = archive_read_new() else { throw UnreadableMarker("there is no memory") }
    // Not all that libarchive knows: it would take some texts for archives.
    for filter in [
      archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
      archive_read_support_filter_xz, archive_read_support_filter_lzma,
      archive_read_support_filter_zstd,
    ] { _ = filter(archive) }
    archive_read_support_format_raw(archive)
    return archive
  }

  private func open(_ code: Int32) throws {
    try check(code)
    var entry: OpaquePointer?
    try check(archive_read_next_header(archive, &entry))
  }

  private func check(_ code: Int32) throws {
    guard code < ARCHIVE_WARN else { return }
    let cause = archive_error_string(archive).map { String(cString: $0) } ?? "it breaks off"
    throw UnreadableMarker("it cannot be uncompressed: \(cause)")
  }

  /// The next bytes, up to `count`; fewer only at the end.
  func read(_ count: Int) throws -> [UInt8] {
    var found: [UInt8] = []
    while found.count < count, try fill() {
      let share = min(count - found.count, buffer.count - used)
      found += buffer[used..<used + share]
      used += share
    }
    offset += UInt64(found.count)
    return found
  }

  /// Leaves out the next bytes; false where there are fewer.
  func skip(_ count: UInt64) throws -> Bool {
    var left = count
    while left > 0, try fill() {
      let share = min(left, UInt64(buffer.count - used))
      used += Int(share)
      left -= share
      offset += share
    }
    return left == 0
  }

  /// Whether there is something in the buffer, read now or before.
  private func fill() throws -> Bool {
    guard used == buffer.count else { return true }
    buffer = [UInt8](repeating: 0, count: capacity)
    used = 0
    let count = buffer.withUnsafeMutableBytes {
      archive_read_data(archive, $0.baseAddress, capacity)
    }
    guard count >= 0 else {
      buffer = []
      try check(Int32(clamping: count))
      throw UnreadableMarker("it cannot be uncompressed")
    }
    buffer.removeLast(capacity - count)
    return count > 0
  }
}

/// Reads the archive within a payload: cpio with names (`070701`, `070702`), and rpm's
/// own form with numbers of files (`07070X`), which RPMs have that are of format 6 or
/// have a file of 4 GiB or more.
struct PayloadReader {
  private let bytes: UncompressedBytes
  private let files: FileTable

  init(_ bytes: UncompressedBytes, of files: FileTable) {
    self.bytes = bytes
    self.files = files
  }

  /// One file of the payload; its contents come next.
  struct Entry {
    /// In the header's list; nil for what that does not have.
    let index: Int?
    /// Bytes.
    let size: UInt64
  }

  private static let broken = UnreadableMarker("its payload is no archive that rpm writes")

  /// Nil at the end.
  func next() throws -> Entry? {
    let magic = try bytes.read(6)
    switch String(decoding: magic, as: UTF8.self) {
    case "070701", "070702": return try named()
    case "07070X":
      guard let index = Self.number(try bytes.read(8)) else { throw Self.broken }
      try align()
      guard index < files.count else { throw Self.broken }
      return Entry(index: Int(index), size: files.bytesInPayload(Int(index)))
    default: throw Self.broken
    }
  }

  private func named() throws -> Entry? {
    let fields = try bytes.read(104)
    guard fields.count == 104 else { throw Self.broken }
    func field(_ position: Int) throws -> UInt64 {
      guard let value = Self.number(fields[8 * position..<8 * position + 8]) else {
        throw Self.broken
      }
      return value
    }
    let (size, length) = (try field(6), try field(11))
    // Linux has no longer paths.
    guard length > 0, length <= 4096 else { throw Self.broken }
    var name = String(decoding: try bytes.read(Int(length)).dropLast(), as: UTF8.self)
    try align()
    if name == "TRAILER!!!" { return nil }
    if name.hasPrefix("./") { name.removeFirst() }
    return Entry(index: files.index(of: name) ?? files.index(of: "/" + name), size: size)
  }

  /// The first bytes of an entry, up to `limit`; the rest is left out.
  func contents(of entry: Entry, limit: Int) throws -> [UInt8] {
    let wanted = Int(min(UInt64(limit), entry.size))
    let found = try bytes.read(wanted)
    guard found.count == wanted else { throw UnreadableMarker("its payload breaks off") }
    try leave(entry, after: UInt64(wanted))
    return found
  }

  /// Leaves out what is left of an entry.
  func leave(_ entry: Entry, after read: UInt64 = 0) throws {
    guard try bytes.skip(entry.size - read) else {
      throw UnreadableMarker("its payload breaks off")
    }
    try align()
  }

  /// Headers and contents begin at multiples of four.
  private func align() throws {
    _ = try bytes.skip((4 - bytes.offset % 4) % 4)
  }

  /// Eight hexadecimal digits.
  private static func number(_ digits: some Collection<UInt8>) -> UInt64? {
    guard digits.count == 8 else { return nil }
    return digits.reduce(UInt64?(0)) { number, digit in
      let value: UInt8
      switch digit {
      case 48...57: value = digit - 48
      case 65...70: value = digit - 55
      case 97...102: value = digit - 87
      default: return nil
      }
      return number.map { $0 << 4 | UInt64(value) }
    }
  }
}
