import CCreaterepo
import CLibArchive
import Crypto
import Glibc
package import ReleaseModel

/// Owner of the uncompressed contents of one metadata file, in memory.
///
/// libcreaterepo_c reads only from paths, and in version 0.17 no zstd:
/// libarchive uncompresses, and the parser reads what is in memory by its
/// path in /proc.
package final class OpenedMetadata {
  private let descriptor: Int32
  /// SHA-256 of the uncompressed contents.
  package let checksum: Checksum

  /// Path for parsers, valid as long as this object lives.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// Throws `badData` where `file` cannot be uncompressed.
  ///
  /// - Parameter other: the file, opened before; then `file` only stands in
  ///   messages.
  package init(file: String, openedAs other: Int32? = nil) throws {
    let descriptor = memfd_create("metadata", UInt32(EPEL_COMPOSE_MFD_CLOEXEC))
    guard descriptor >= 0 else {
      throw ComposeError(
        .failed, file.sanitizedForDisplay, "no memory to uncompress it", remedy: "Free some memory")
    }
    self.descriptor = descriptor
    var hasher = SHA256()
    do {
      try Self.uncompress(file, at: other.map { "/proc/self/fd/\($0)" } ?? file) { bytes in
        hasher.update(bufferPointer: bytes)
        try Self.write(bytes, to: descriptor, file)
      }
    } catch {
      close(descriptor)
      throw error
    }
    checksum = Checksum(digest: hasher.finalize())
  }

  deinit { close(descriptor) }

  /// Lends the descriptor of the uncompressed contents: no write, no seek.
  package func withDescriptor<Value>(_ body: (Int32) throws -> Value) rethrows -> Value {
    try withExtendedLifetime(self) { try body(descriptor) }
  }

  /// All of it: for documents that are small.
  ///
  /// Throws `badData` for more than 256 MiB.
  func contents() throws -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size <= 256 << 20 else {
      throw LibCreaterepo.damaged("metadata", "it is too large for its kind")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, off_t(filled)
        )
      }
      guard count > 0 else { throw LibCreaterepo.damaged("metadata", "it cannot be read") }
      filled += count
    }
    return bytes
  }

  private static func uncompress(
    _ file: String, at path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard let archive = archive_read_new() else {
      throw LibCreaterepo.damaged(file, "libarchive could not make a reader")
    }
    defer { archive_read_free(archive) }
    func check(_ code: Int, atLeast floor: Int32 = ARCHIVE_OK) throws {
      guard code < Int(floor) else { return }
      let cause = archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
      throw LibCreaterepo.damaged(file, cause)
    }
    try check(Int(archive_read_support_filter_all(archive)), atLeast: ARCHIVE_WARN)
    try check(Int(archive_read_support_format_raw(archive)))
    try check(Int(archive_read_open_filename(archive, path, 1 << 16)))
    var entry: OpaquePointer?
    try check(Int(archive_read_next_header(archive, &entry)), atLeast: ARCHIVE_WARN)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      try check(count)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ file: String
  ) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      guard count > 0 else {
        throw ComposeError(
          .failed, file.sanitizedForDisplay, "no memory to uncompress it",
          remedy: "Free some memory")
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}
