import Glibc
import ReleaseModel

/// The contents of a file in memory of our own. A file that is mapped, and overwritten in
/// place or cut off, would end the process.
final class PrivateFile {
  private let bytes: UnsafeRawBufferPointer
  private let memory: UnsafeMutableRawBufferPointer

  /// Bytes of the largest file that is read.
  static let limit = 4 << 30

  /// Throws ``ComposeError``: `noInput`, `permission`, `inputOutput`; `badData` for what
  /// is no file or too large; `unavailable` where it changed while it was read.
  init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    defer { close(descriptor) }
    var before = stat()
    guard fstat(descriptor, &before) == 0 else { throw Self.failure(path, errno) }
    guard before.st_mode & S_IFMT == S_IFREG else {
      throw Self.bad(path, "it is not a file")
    }
    guard before.st_size <= Self.limit else {
      throw Self.bad(path, "it is larger than \(Self.limit >> 30) GiB")
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, Int(before.st_size)), alignment: 16)
    do {
      let count = try Self.read(descriptor, into: memory, path)
      var after = stat()
      guard fstat(descriptor, &after) == 0 else { throw Self.failure(path, errno) }
      guard count == Int(before.st_size), InputState(before) == InputState(after) else {
        throw ComposeError(
          .unavailable, path.sanitizedForDisplay, "it changed while it was read",
          remedy: "Write a new file, and rename it into place")
      }
      self.memory = memory
      bytes = UnsafeRawBufferPointer(rebasing: memory[..<count])
    } catch {
      memory.deallocate()
      throw error
    }
  }

  deinit { memory.deallocate() }

  /// Calls `body` with all bytes.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes)
  }

  /// Calls `body` with each line of a text, without what ends it.
  func forEachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    defer { withExtendedLifetime(self) {} }
    var start = 0
    while start < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      let end = rest.firstIndex(of: 0x0A)
      try body(UnsafeRawBufferPointer(rebasing: rest[..<(end ?? rest.count)]))
      start += (end ?? rest.count) + 1
    }
  }

  private static func read(
    _ descriptor: Int32, into memory: UnsafeMutableRawBufferPointer, _ path: String
  ) throws -> Int {
    var count = 0
    while count < memory.count {
      let got = Glibc.read(
        descriptor, memory.baseAddress?.advanced(by: count), memory.count - count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure(path, errno) }
      if got == 0 { break }
      count += got
    }
    return count
  }

  private static func bad(_ path: String, _ cause: String) -> ComposeError {
    ComposeError(.badData, path.sanitizedForDisplay, cause, remedy: "Put the file itself there")
  }

  private static func failure(_ path: String, _ code: Int32) -> ComposeError {
    ComposeError(unreadable: path, errno: code)
  }
}

/// By what a changed file is noticed.
package struct InputState: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int
  /// Else a mode that is mended later would go unnoticed.
  private var isReadable = true

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }

  /// Nil where there is no such file now.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
    isReadable = access(path, R_OK) == 0
  }
}
