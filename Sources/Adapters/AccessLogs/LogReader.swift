import CLibArchive
import Glibc
import ReleaseModel

/// Reads one log, or a part of it, in blocks of whole lines.
///
/// A file that is written to or cut off meanwhile is read as far as it goes: nothing of it
/// is mapped into memory.
package enum LogReader {
  /// Bytes of the longest line; those that are longer are left out.
  package static let longestLine = 4 << 20
  /// Bytes that are read at once: they stay in the processor's cache until they are counted.
  private static let portion = 1 << 18

  /// What a reader is handed.
  package enum Piece {
    /// Whole lines; only the last of a file may be without line feed.
    case lines(UnsafeRawBufferPointer)
    /// A line that is longer than a block.
    case overlong
  }

  /// Reads `path`, uncompressed by its contents (gzip, bzip2, xz, zstd, or none of them).
  ///
  /// Throws `noInput`, `permission`, `inputOutput`; `badData` where it cannot be
  /// uncompressed.
  ///
  /// - Parameter range: bytes of a plain file, which begin and end at line ends.
  package static func read(
    _ path: String, range: Range<Int>? = nil, _ body: (Piece) throws -> Void
  ) throws {
    let descriptor = path == LogFile.standardInput ? dup(STDIN_FILENO) : try opened(path)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    if let range {
      guard lseek(descriptor, off_t(range.lowerBound), SEEK_SET) >= 0 else {
        throw failure(path, errno)
      }
      return try plain(path, descriptor, beginning: [], limit: range.count, body)
    }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    let beginning = try first(path, descriptor, count: 6)
    guard isCompressed(beginning) else {
      return try plain(path, descriptor, beginning: beginning, limit: .max, body)
    }
    try compressed(path, descriptor, beginning: beginning, body)
  }

  /// Hands `body` the beginning of a log, block after block, until it has found what it
  /// looks for or a megabyte has passed.
  package static func peek(_ path: String, _ body: (UnsafeRawBufferPointer) -> Bool) throws {
    struct Enough: Error {}
    var seen = 0
    do {
      try read(path) { piece in
        guard case .lines(let block) = piece else { return }
        seen += block.count
        if body(block) || seen > 1 << 20 { throw Enough() }
      }
    } catch is Enough {}
  }

  /// Hands `body` the lines of a plain file that begin behind `offset`, as far as 64 KiB
  /// go, and where they begin; nothing where none does.
  package static func peek(
    _ path: String, from offset: Int,
    _ body: (_ start: Int, _ block: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let descriptor = try opened(path)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress, $0.count, off_t(offset))
    }
    guard count >= 0 else { throw failure(path, errno) }
    guard let feed = bytes[..<count].firstIndex(of: 0x0A), feed + 1 < count else { return }
    try bytes.withUnsafeBytes {
      try body(offset + feed + 1, UnsafeRawBufferPointer(rebasing: $0[(feed + 1)..<count]))
    }
  }

  /// Bytes of a file that is not compressed; nil for any other, and for pipes.
  package static func plainSize(of path: String) throws -> Int? {
    let descriptor = try opened(path)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    return isCompressed(try first(path, descriptor, count: 6)) ? nil : Int(status.st_size)
  }

  private static func opened(_ path: String) throws -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw failure(path, errno) }
    return descriptor
  }

  private static func isCompressed(_ bytes: [UInt8]) -> Bool {
    [
      [0x1F, 0x8B], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
      [0x28, 0xB5, 0x2F, 0xFD],
    ]
    .contains { bytes.starts(with: $0) }
  }

  private static func first(_ path: String, _ descriptor: Int32, count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var have = 0
    while have < count {
      let more = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + have }, count - have)
      }
      if more < 0 {
        if errno == EINTR { continue }
        throw failure(path, errno)
      }
      if more == 0 { break }
      have += more
    }
    return Array(bytes[..<have])
  }

  // MARK: Plain

  private static func plain(
    _ path: String, _ descriptor: Int32, beginning: [UInt8], limit: Int,
    _ body: (Piece) throws -> Void
  ) throws {
    var lines = LineBlocks(longest: longestLine)
    try beginning.withUnsafeBytes { try lines.take($0, body) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: portion, alignment: 64)
    defer { buffer.deallocate() }
    var left = limit
    while left > 0 {
      let count = Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, left))
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, errno)
      }
      if count == 0 { break }
      left -= count
      try lines.take(
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]), body)
    }
    try lines.finish(body)
  }

  // MARK: Compressed

  private static func compressed(
    _ path: String, _ descriptor: Int32, beginning: [UInt8], _ body: (Piece) throws -> Void
  ) throws {
    guard let archive = archive_read_new() else {
      throw ComposeError(
        .failed, path.sanitizedForDisplay, "there is no memory to uncompress it",
        remedy: "Free some memory")
    }
    defer { archive_read_free(archive) }
    func check(_ code: Int) throws {
      guard code < Int(ARCHIVE_WARN) else { return }
      let cause = archive_error_string(archive).map { String(cString: $0) } ?? "it breaks off"
      throw ComposeError(
        .badData, path.sanitizedForDisplay,
        "it cannot be uncompressed: \(cause.sanitizedForDisplay)",
        remedy: "Copy it again; a log that is still being compressed can be left out")
    }
    for filter in [
      archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
      archive_read_support_filter_xz, archive_read_support_filter_zstd,
    ] { _ = filter(archive) }
    archive_read_support_format_raw(archive)
    archive_read_support_format_empty(archive)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    buffer.copyBytes(from: beginning)
    let state = ReadState(descriptor: descriptor, buffer: buffer, beginning: beginning.count)
    do {
      try withExtendedLifetime(state) {
        let code = archive_read_open(
          archive, Unmanaged.passUnretained(state).toOpaque(), nil,
          { archive, state, bytes in
            guard let state, let bytes else { return -1 }
            return Unmanaged<ReadState>.fromOpaque(state).takeUnretainedValue()
              .next(archive, bytes)
          }, nil)
        try check(Int(code))
        var entry: OpaquePointer?
        let header = archive_read_next_header(archive, &entry)
        // Nothing but the frame of a compression.
        if header == ARCHIVE_EOF { return }
        try check(Int(header))
        var lines = LineBlocks(longest: longestLine)
        while true {
          var portion: UnsafeRawPointer?
          var count = 0
          var offset: la_int64_t = 0
          let code = archive_read_data_block(archive, &portion, &count, &offset)
          if code == ARCHIVE_EOF { break }
          if code != ARCHIVE_OK, state.failure != 0 { throw failure(path, state.failure) }
          try check(Int(code))
          try lines.take(UnsafeRawBufferPointer(start: portion, count: count), body)
        }
        try lines.finish(body)
      }
    }
  }

  /// Bytes of a descriptor for libarchive.
  private final class ReadState {
    private let descriptor: Int32
    private let buffer: UnsafeMutableRawBufferPointer
    private var beginning: Int
    private(set) var failure: Int32 = 0

    init(descriptor: Int32, buffer: UnsafeMutableRawBufferPointer, beginning: Int) {
      self.descriptor = descriptor
      self.buffer = buffer
      self.beginning = beginning
    }

    func next(_ archive: OpaquePointer?, _ bytes: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
      bytes.pointee = UnsafeRawPointer(buffer.baseAddress)
      if beginning > 0 {
        defer { beginning = 0 }
        return beginning
      }
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        guard errno != EINTR else { continue }
        failure = errno
        return -1
      }
    }
  }

  static func failure(_ path: String, _ code: Int32) -> ComposeError {
    ComposeError(unreadable: path, errno: code, missing: "Correct the path")
  }
}
