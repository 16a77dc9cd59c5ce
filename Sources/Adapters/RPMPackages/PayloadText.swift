import CLibArchive
import ReleaseModel

/// Reads the text of one file from an RPM's payload.
enum PayloadText {
  /// Bytes; a longer marker is cut, so that plans and reports stay readable.
  static let limit = 64 * 1024

  /// The text of `path` in the RPM behind `descriptor`: UTF-8, invalid bytes
  /// replaced, at most ``limit`` bytes; empty when the payload has no such
  /// regular file.
  static func read(_ path: String, from descriptor: Int32, rpm: String) throws -> String {
    lseek(descriptor, 0, SEEK_SET)
    let archive = try PayloadReader(descriptor: descriptor, rpm: rpm)
    while let entry = try archive.nextEntry() {
      guard entry.path == path else { continue }
      guard entry.isRegular else { return "" }
      let bytes = try archive.contents(limit: limit)
      return String(decoding: bytes, as: UTF8.self)
    }
    return ""
  }
}

/// Owner of one libarchive handle over an RPM.
private final class PayloadReader {
  private let archive: OpaquePointer
  private let rpm: String

  init(descriptor: Int32, rpm: String) throws {
    guard let archive = archive_read_new() else {
      throw ComposeError(
        .failed, "libarchive", "it could not make a reader", remedy: "Free some memory")
    }
    self.archive = archive
    self.rpm = rpm
    try check(archive_read_support_filter_all(archive), atLeast: ARCHIVE_WARN)
    try check(archive_read_support_format_cpio(archive))
    try check(archive_read_open_fd(archive, descriptor, 1 << 16))
  }

  deinit { archive_read_free(archive) }

  /// The next entry's path as the RPM's header has it (from `/`), or nil at the end.
  func nextEntry() throws -> (path: String, isRegular: Bool)? {
    var entry: OpaquePointer?
    let code = archive_read_next_header(archive, &entry)
    if code == ARCHIVE_EOF { return nil }
    try check(code, atLeast: ARCHIVE_WARN)
    guard let entry, let name = archive_entry_pathname(entry) else { return nil }
    var path = String(cString: name)
    if path.hasPrefix("./") { path.removeFirst(2) }
    if !path.hasPrefix("/") { path = "/" + path }
    return (path, archive_entry_filetype(entry) == S_IFREG)
  }

  func contents(limit: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    var filled = 0
    while filled < limit {
      let count = bytes.withUnsafeMutableBytes { buffer in
        archive_read_data(archive, buffer.baseAddress?.advanced(by: filled), limit - filled)
      }
      if count == 0 { break }
      try check(Int32(clamping: count), atLeast: ARCHIVE_OK)
      filled += Int(count)
    }
    return Array(bytes[..<filled])
  }

  private func check(_ code: Int32, atLeast floor: Int32 = ARCHIVE_OK) throws {
    guard code < floor else { return }
    let cause = archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
    throw ComposeError(
      .badData, rpm.sanitizedForDisplay, "its payload cannot be unpacked: \(cause)",
      remedy: "Replace the file with an intact copy")
  }
}
