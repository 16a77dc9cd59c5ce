import Glibc

/// Files that people write and that are read whole: policies, profiles, templates,
/// keys. A device, a pipe that nobody writes to, or a file that grows without end
/// does not keep the program.
package enum SmallFile {
  /// Bytes of the largest file that is read so.
  package static let limit = 16 << 20
  /// Milliseconds that a pipe may say nothing.
  private static let patience: Int32 = 10_000

  /// The contents of the file at `path`, which may be a link, or a pipe that somebody
  /// writes to.
  ///
  /// Throws ``ComposeError``: `noInput` where it is not there, `permission` where it
  /// may not be read, `badData` for what is no file, too large, or silent.
  package static func contents(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    guard [S_IFREG, S_IFIFO].contains(status.st_mode & S_IFMT) else {
      throw bad(path, "it is not a file")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count > 0 {
        guard bytes.count + count <= limit else {
          throw bad(path, "it is larger than \(limit >> 20) MiB")
        }
        bytes += buffer[..<count]
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&waiting, 1, patience) == 0 {
          throw bad(path, "it is a pipe that nobody writes to")
        }
      default: throw failure(path, errno)
      }
    }
  }

  private static func bad(_ path: String, _ cause: String) -> ComposeError {
    ComposeError(
      .badData, path.sanitizedForDisplay, cause, remedy: "Put the file itself there")
  }

  private static func failure(_ path: String, _ code: Int32) -> ComposeError {
    ComposeError(unreadable: path, errno: code)
  }
}
