import CCreaterepo
import CLibArchive
import Digests
import Glibc
package import ReleaseModel

/// Owner of the uncompressed contents of one metadata file, in memory.
///
/// libcreaterepo_c reads only from paths, and in version 0.17 no zstd:
/// libarchive uncompresses, and the parser reads what is in memory by its
/// path in /proc.
///
/// It wants to know how a file is compressed. By a path in /proc, whose name says
/// nothing, it goes by the contents, and text that has characters such as DEL looks
/// like none to it. So it is given the text in the frame of gzip, not made smaller:
/// that begins with two bytes that nothing else begins with.
package final class OpenedMetadata: Sendable {
  private let descriptor: Int32
  /// SHA-256 of the uncompressed contents; nil where nobody asked for it.
  package let checksum: Checksum?

  /// Path of the text itself, valid as long as this object lives.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// Hands `body` a path for the parsers of libcreaterepo_c, which need not guess
  /// what is there.
  ///
  /// Throws `failed` where there is no memory for it, `badData` where it is not UTF-8.
  func withParsersPath<Value>(of file: String, _ body: (String) throws -> Value) throws -> Value {
    let framed = memfd_create("framed", UInt32(EPEL_COMPOSE_MFD_CLOEXEC))
    guard framed >= 0 else {
      throw ComposeError(
        .failed, file.sanitizedForDisplay, "no memory to read it", remedy: "Free some memory")
    }
    defer { close(framed) }
    try withBytes { bytes in
      try XMLEncoding.requireUTF8(bytes, of: file)
      try GzipFrame.write(bytes) { try Self.write($0, to: framed, file) }
    }
    return try body("/proc/self/fd/\(framed)")
  }

  /// Throws `badData` where `file` cannot be uncompressed.
  ///
  /// - Parameters:
  ///   - other: the file, opened before; then `file` only stands in messages.
  ///   - hashes: whether to compute ``checksum``: who has compared the
  ///     compressed file, which is a tenth as long, needs no other.
  package init(file: String, openedAs other: Int32? = nil, hashes: Bool = true) throws {
    let descriptor = memfd_create("metadata", UInt32(EPEL_COMPOSE_MFD_CLOEXEC))
    guard descriptor >= 0 else {
      throw ComposeError(
        .failed, file.sanitizedForDisplay, "no memory to uncompress it", remedy: "Free some memory")
    }
    self.descriptor = descriptor
    let digest = MessageDigest()
    do {
      try Self.uncompress(file, openedAs: other) { bytes in
        if hashes { digest.update(bytes) }
        try Self.write(bytes, to: descriptor, file)
      }
    } catch {
      close(descriptor)
      throw error
    }
    checksum = hashes ? digest.checksum() : nil
  }

  /// A document that is in memory already, and not compressed.
  package init(contents: [UInt8], of file: String) throws {
    let descriptor = memfd_create("document", UInt32(EPEL_COMPOSE_MFD_CLOEXEC))
    guard descriptor >= 0 else {
      throw ComposeError(
        .failed, file.sanitizedForDisplay, "no memory to read it", remedy: "Free some memory")
    }
    self.descriptor = descriptor
    checksum = nil
    // From here on `deinit` closes it, whatever is thrown.
    try contents.withUnsafeBytes { try Self.write($0, to: descriptor, file) }
  }

  deinit { close(descriptor) }

  /// SHA-256 of the uncompressed contents of `file`, of which nothing is kept.
  ///
  /// Throws `badData` where it cannot be uncompressed.
  ///
  /// - Parameter other: the file, opened before; then `file` only stands in messages.
  package static func checksum(of file: String, openedAs other: Int32?) throws -> Checksum {
    let digest = MessageDigest()
    try uncompress(file, openedAs: other) { digest.update($0) }
    return digest.checksum()
  }

  /// Lends the descriptor of the uncompressed contents: no write, no seek.
  package func withDescriptor<Value>(_ body: (Int32) throws -> Value) rethrows -> Value {
    try withExtendedLifetime(self) { try body(descriptor) }
  }

  /// All of it: for documents that are small.
  ///
  /// Throws `badData` for more than 256 MiB.
  func contents() throws -> [UInt8] {
    try withBytes { bytes in
      guard bytes.count <= 256 << 20 else {
        throw LibCreaterepo.damaged("metadata", "it is too large for its kind")
      }
      return Array(bytes)
    }
  }

  /// Lends all of it, as it lies in memory.
  func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
    try withExtendedLifetime(self) { try MappedFile.withBytes(of: descriptor, body) }
  }

  /// What no metadata unpacks to: more than so many bytes, and so many times as much as
  /// it has packed.
  private static let bomb = (from: 256 << 20, ratio: 200)

  /// Hands the uncompressed contents to `body`, piece by piece.
  ///
  /// Throws `badData` where `file` cannot be uncompressed.
  ///
  /// - Parameter other: the file, opened before; then `file` only stands in messages.
  static func uncompress(
    _ file: String, openedAs other: Int32?, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let path = other.map { "/proc/self/fd/\($0)" } ?? file
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
    var unpacked = 0
    while true {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      try check(count)
      if count == 0 { return }
      unpacked += count
      // -1: bytes that came out of the file itself, before any filter.
      let packed = Int(archive_filter_bytes(archive, -1))
      guard unpacked <= bomb.from || unpacked / bomb.ratio <= packed else {
        throw LibCreaterepo.damaged(
          file, "it unpacks to more than \(bomb.ratio) times its size, as no metadata does")
      }
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
