import CLibArchive
import Crypto
import Glibc
package import ReleaseModel

/// What repomd.xml records of one metadata file.
package struct MetadataRecord: Hashable, Sendable {
  /// `primary`, `filelists`, `other`.
  package let type: String
  /// Name of the file in `repodata/`, which carries its checksum, so that an
  /// old and a new file never share a name.
  package let fileName: String
  package let checksum: Checksum
  package let openChecksum: Checksum
  /// Bytes.
  package let size: Int
  package let openSize: Int

  package init(
    type: String, fileName: String, checksum: Checksum, openChecksum: Checksum, size: Int,
    openSize: Int
  ) {
    self.type = type
    self.fileName = fileName
    self.checksum = checksum
    self.openChecksum = openChecksum
    self.size = size
    self.openSize = openSize
  }
}

/// Owner of one compressor: takes the parts of a document, gives compressed
/// bytes to a sink, and counts and hashes both sides.
///
/// The output depends on the input alone: no times, no names in it.
final class MetadataStream {
  /// Where compressed bytes go, in order.
  typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  private let kind: MetadataKind
  private let compression: MetadataCompression
  private let archive: OpaquePointer
  private let entry: OpaquePointer
  /// Retained by the archive's callback data as long as this object lives.
  private let output: Output
  private var openHash = SHA256()
  private var openSize = 0

  private final class Output {
    let sink: Sink
    var hash = SHA256()
    var size = 0
    var failure: (any Error)?

    init(sink: @escaping Sink) { self.sink = sink }

    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
      do {
        try sink(bytes)
        hash.update(bufferPointer: bytes)
        size += bytes.count
        return bytes.count
      } catch {
        failure = error
        return -1
      }
    }
  }

  init(
    kind: MetadataKind, compression: MetadataCompression, packageCount: Int,
    sink: @escaping Sink
  ) throws {
    guard let archive = archive_write_new(), let entry = archive_entry_new() else {
      throw ComposeError(
        .failed, "libarchive", "it could not make a compressor", remedy: "Free some memory")
    }
    self.kind = kind
    self.compression = compression
    self.archive = archive
    self.entry = entry
    output = Output(sink: sink)
    try open()
    try write(Array(kind.opening(packageCount: packageCount).utf8))
  }

  deinit {
    archive_entry_free(entry)
    archive_write_free(archive)
  }

  private func open() throws {
    switch compression {
    case .gz:
      try check(archive_write_add_filter_gzip(archive))
      // Without this the time of the run would be in the file.
      try check(archive_write_set_filter_option(archive, "gzip", "timestamp", nil))
    case .xz: try check(archive_write_add_filter_xz(archive))
    case .zstd: try check(archive_write_add_filter_zstd(archive))
    }
    try check(archive_write_set_format_raw(archive))
    try check(archive_write_set_bytes_in_last_block(archive, 1))
    let context = Unmanaged.passUnretained(output).toOpaque()
    try check(
      archive_write_open(
        archive, context, nil,
        { _, context, bytes, count in
          guard let context else { return -1 }
          let output = Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
          return output.take(UnsafeRawBufferPointer(start: bytes, count: count))
        }, nil))
    archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
    archive_entry_set_pathname(entry, kind.rawValue)
    try check(archive_write_header(archive, entry))
  }

  /// Adds part of the document.
  func write(_ bytes: [UInt8]) throws {
    openSize += bytes.count
    try bytes.withUnsafeBytes { buffer in
      openHash.update(bufferPointer: buffer)
      let written = archive_write_data(archive, buffer.baseAddress, buffer.count)
      guard written == buffer.count else { throw failure() }
    }
  }

  /// Ends the document and tells what was written.
  func finish() throws -> MetadataRecord {
    try write(Array(kind.closing.utf8))
    try check(archive_write_close(archive))
    let checksum = Checksum(digest: output.hash.finalize())
    return MetadataRecord(
      type: kind.rawValue,
      fileName: "\(checksum)-\(kind.rawValue).xml\(compression.suffix)",
      checksum: checksum, openChecksum: Checksum(digest: openHash.finalize()), size: output.size,
      openSize: openSize)
  }

  private func check(_ code: Int32) throws {
    if code != ARCHIVE_OK { throw failure() }
  }

  private func failure() -> any Error {
    if let cause = output.failure { return cause }
    let cause = archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
    return ComposeError(
      .failed, "\(kind.rawValue).xml", "it cannot be compressed: \(cause)",
      remedy: "Check that libarchive supports \(compression.rawValue)")
  }
}
