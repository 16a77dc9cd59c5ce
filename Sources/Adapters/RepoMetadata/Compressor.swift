import CDeflate
import CLibArchive
import CZlib
import Glibc
import ReleaseModel

/// Compresses a document in parts that depend on little more than their own text, so
/// that several processors can do it, and a part that is known need not be done
/// again. All parts together are one file that every client reads.
///
/// gzip: one member of deflate blocks, each part ended by a flush (many members
/// would be cut off after the first by libxml2), and compressed with the end of the part
/// before it at hand, as far as deflate sees. zstd: a frame for each part.
/// xz knows nothing of the kind: libsolv silently reads a file of several
/// streams as empty, so it is one part.
enum Compressor {
  /// Names everything that the bytes of a part depend on besides its contents.
  static func identity(_ compression: MetadataCompression) -> String {
    switch compression {
    case .gz: "gz \(Deflate.identity)"
    case .xz: "xz \(archiveVersions)"
    case .zstd: "zstd at \(zstdLevel), \(archiveVersions)"
    }
  }

  /// Of zstd's 19, in frames of ``chunkMean(_:)``.
  private static let zstdLevel = "17"

  /// Asked for once: libarchive puts it together in memory that all threads share.
  private static let archiveVersions = String(cString: archive_version_details())

  /// Bytes of text that one part has about: the more there are, the better they
  /// compress, and the more must be compressed again for one package that is new.
  /// Docs/Performance.md has what was measured.
  static func chunkMean(_ compression: MetadataCompression) -> Int {
    switch compression {
    case .gz: 128 << 10
    case .zstd: 2 << 20
    case .xz: 1 << 40  // It is one part.
    }
  }

  /// Bytes of the text before a part that its bytes depend on.
  static func windowSize(_ compression: MetadataCompression) -> Int {
    compression == .gz ? Deflate.windowSize : 0
  }

  /// What comes before the first part: for gzip a header without time or name.
  static func beginning(_ compression: MetadataCompression) -> [UInt8] {
    compression == .gz ? [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] : []
  }

  /// What comes after the last part.
  ///
  /// - Parameters:
  ///   - sum: CRC-32 of the whole document.
  ///   - size: its length in bytes.
  static func end(_ compression: MetadataCompression, sum: UInt, size: Int) -> [UInt8] {
    guard compression == .gz else { return [] }
    // Sum and size are modulo 2^32: RFC 1952.
    return Deflate.end
      + [UInt32(truncatingIfNeeded: sum), UInt32(truncatingIfNeeded: size)].flatMap {
        value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      }
  }

  /// CRC-32 of some data followed by `bytes`, from the CRC-32 `sum` of that
  /// data; 0 for no data.
  static func sum(_ sum: UInt, _ bytes: [UInt8]) -> UInt {
    UInt(libdeflate_crc32(UInt32(truncatingIfNeeded: sum), bytes, bytes.count))
  }

  /// CRC-32 of two parts, one after the other, from that of each.
  static func sum(_ first: UInt, followedBy second: UInt, length: Int) -> UInt {
    crc32_combine(first, second, length)
  }

  /// A whole document as one part.
  static func whole(
    _ document: [UInt8], by compression: MetadataCompression
  ) throws -> [UInt8] {
    try beginning(compression) + compress(document, by: compression)
      + end(compression, sum: sum(0, document), size: document.count)
  }

  /// One part.
  ///
  /// - Parameter window: text that comes right before it in the file, of which no more
  ///   than ``windowSize(_:)`` bytes; none where the part must stand for itself.
  static func compress(
    _ part: [UInt8], by compression: MetadataCompression, after window: [UInt8] = []
  ) throws -> [UInt8] {
    switch compression {
    case .gz:
      guard let compressed = Deflate.compress(part, after: window) else {
        throw failure(.gz, "there is no memory, or it is faulty")
      }
      return compressed
    case .xz, .zstd: return try archived(part, by: compression)
    }
  }

  /// The text of which `part` is the gzip form after `window`, if it has `size` bytes
  /// and the sum `sum`; else nil.
  static func decompress(
    _ part: [UInt8], size: Int, sum: UInt, after window: [UInt8] = []
  ) -> [UInt8]? {
    guard let text = Deflate.decompress(part, size: size, after: window), self.sum(0, text) == sum
    else { return nil }
    return text
  }

  private final class Output { var bytes: [UInt8] = [] }

  private static func archived(
    _ part: [UInt8], by compression: MetadataCompression
  ) throws -> [UInt8] {
    guard let archive = archive_write_new(), let entry = archive_entry_new() else {
      throw failure(compression, "libarchive has no memory")
    }
    defer {
      archive_entry_free(entry)
      archive_write_free(archive)
    }
    func check(_ code: Int32) throws {
      if code == ARCHIVE_OK { return }
      throw failure(
        compression, archive_error_string(archive).map { String(cString: $0) } ?? "unknown error")
    }
    if compression == .xz {
      try check(archive_write_add_filter_xz(archive))
      // One thread would write other bytes than two; more than two write the
      // same, however many processors there are.
      try check(archive_write_set_filter_option(archive, "xz", "threads", "2"))
    } else {
      try check(archive_write_add_filter_zstd(archive))
      try check(archive_write_set_filter_option(archive, "zstd", "compression-level", zstdLevel))
    }
    try check(archive_write_set_format_raw(archive))
    try check(archive_write_set_bytes_in_last_block(archive, 1))
    let output = Output()
    try withExtendedLifetime(output) {
      try check(
        archive_write_open(
          archive, Unmanaged.passUnretained(output).toOpaque(), nil,
          { _, context, bytes, count in
            guard let context else { return -1 }
            Unmanaged<Output>.fromOpaque(context).takeUnretainedValue().bytes
              .append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
            return count
          }, nil))
      archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
      try check(archive_write_header(archive, entry))
      let written = part.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      guard written == part.count else { throw failure(compression, "libarchive wrote too little") }
      try check(archive_write_close(archive))
    }
    return output.bytes
  }

  private static func failure(_ compression: MetadataCompression, _ cause: String) -> ComposeError {
    ComposeError(
      .failed, "metadata", "it cannot be compressed: \(cause)",
      remedy: "Free some memory; check that libarchive supports \(compression.rawValue)")
  }
}
