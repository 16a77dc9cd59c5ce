import Glibc
import ReleaseModel

/// Owner of one new file that is open for writing.
package final class WritableFile {
  private let descriptor: Int32
  private let path: String

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Appends all of `bytes`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = try SystemCall.mutate(
        .write(to: descriptor, bytes: rest), doing: "writing it", at: path)
      rest = UnsafeRawBufferPointer(rebasing: rest[Int(count)...])
    }
  }

  /// Appends the whole of `source`, in the kernel where it can.
  func copy(from source: ReadableFile) throws {
    lseek(source.descriptor, 0, SEEK_SET)
    var copied = 0
    while copied < source.status.size {
      try Interruption.check(remaining: "copying to \(path.sanitizedForDisplay)")
      let count = try SystemCall.mutate(
        .copy(
          from: source.descriptor, to: descriptor, count: source.status.size - copied),
        doing: "copying to it", at: path, expecting: [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP])
      if count < 0, copied == 0 { return try source.forEachChunk { try write($0) } }
      if count <= 0 { break }
      copied += Int(count)
    }
    guard copied == source.status.size else {
      throw ComposeError(
        .inputOutput, source.path.sanitizedForDisplay, "it became shorter while it was copied",
        remedy: "Find out what writes to it, then run the command again")
    }
  }

  /// Sets the modification time (seconds since 1970).
  package func setModified(_ seconds: Int) throws {
    try SystemCall.mutate(
      .setModified(descriptor, seconds: seconds), doing: "setting its time", at: path)
  }

  /// Makes what was written durable.
  package func sync() throws {
    try SystemCall.mutate(.syncFile(descriptor), doing: "making it durable", at: path)
  }
}
