import CDurable
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
      let count = try SystemCall.mutate("writing it", path) {
        Int32(clamping: Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 20)))
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[Int(count)...])
    }
  }

  /// Appends the whole of `source`, in the kernel where it can.
  func copy(from source: ReadableFile) throws {
    lseek(source.descriptor, 0, SEEK_SET)
    var copied = 0
    while copied < source.status.size {
      let rest = min(source.status.size - copied, 1 << 30)
      let count = try SystemCall.mutate(
        "copying to it", path, expecting: [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP]
      ) { Int32(clamping: durable_copy_file_range(source.descriptor, descriptor, rest)) }
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
  func setModified(_ seconds: Int) throws {
    let time = timespec(tv_sec: seconds, tv_nsec: 0)
    try SystemCall.mutate("setting its time", path) { futimens(descriptor, [time, time]) }
  }

  /// Makes what was written durable.
  package func sync() throws {
    try SystemCall.flush(path) { fsync(descriptor) }
  }
}
