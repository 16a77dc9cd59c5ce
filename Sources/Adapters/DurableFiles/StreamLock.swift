import Glibc
import ReleaseModel

/// One operator a stream: an exclusive `flock` on a file that is never
/// unlinked, held as long as this object lives.
///
/// The kernel releases it when the process ends, however it ends, so it is
/// never stolen by age; a stopped process keeps it, and children do not
/// inherit it.
package final class StreamLock {
  private let descriptor: Int32
  private var isHeld = false

  /// Takes the lock `name` in `directory`.
  ///
  /// - Parameter holder: what this process does, for others who meet the
  ///   lock; its pid is added.
  ///
  /// Throws `locked` when another process has it, with that process's line.
  package init(in directory: Directory, name: String, holder: String) throws {
    let path = directory.path + "/" + name
    // From here on `deinit` closes it, whatever is thrown.
    descriptor = try SystemCall.mutate(
      .openLock(in: directory.descriptor, name: name), doing: "opening the lock", at: path)
    try Self.requireFile(descriptor, path)
    try Self.take(descriptor, path)
    isHeld = true
    try Self.sign(descriptor, with: "pid \(getpid()), \(holder)\n", at: path)
  }

  deinit {
    // Clear the line, so that the next process does not name this one as the
    // holder.
    if isHeld {
      _ = try? SystemCall.mutate(
        .truncate(descriptor, length: 0), doing: "clearing the lock", at: "")
    }
    close(descriptor)
  }

  /// Throws what taking the lock `name` in `directory` would throw of what is there:
  /// for dry runs, which make nothing. Whether somebody holds it is not asked.
  package static func requireUsable(in directory: String, name: String) throws {
    var status = stat()
    let path = directory + "/" + name
    guard lstat(path, &status) == 0 else {
      if let directory = try Directory.openIfPresent(root: directory) {
        try directory.requireWritable()
      }
      return
    }
    guard FileStatus(status).kind == .file else {
      throw ComposeError(
        .cannotCreate, path.sanitizedForDisplay, "it is not a regular file",
        remedy: "Look at what is there, and move it away")
    }
    guard access(path, W_OK) == 0 else {
      throw ComposeError(systemError: errno, doing: "opening the lock", path: path)
    }
  }

  private static func requireFile(_ descriptor: Int32, _ path: String) throws {
    var buffer = stat()
    try SystemCall.inspect(doing: "looking at the lock", at: path) { fstat(descriptor, &buffer) }
    guard FileStatus(buffer).kind == .file else {
      throw ComposeError(
        .cannotCreate, path.sanitizedForDisplay, "it is not a regular file",
        remedy: "Look at what is there, and move it away")
    }
  }

  private static func take(_ descriptor: Int32, _ path: String) throws {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      guard code == EWOULDBLOCK else {
        throw ComposeError(systemError: code, doing: "taking the lock", path: path)
      }
      let other = holder(descriptor) ?? "another process, which has not signed it yet"
      throw ComposeError(
        .locked, path.sanitizedForDisplay, "it is held by \(other)",
        remedy: "Wait until that command has ended, then try again")
    }
  }

  /// Who holds the lock. For an instant after it is taken, the file is empty or
  /// names a process that was killed, so it is read again.
  private static func holder(_ descriptor: Int32) -> String? {
    var last: String?
    for _ in 0..<40 {
      var buffer = [UInt8](repeating: 0, count: 512)
      let count = pread(descriptor, &buffer, buffer.count, 0)
      let text = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
      if let line = text.split(separator: "\n").first {
        last = String(line).sanitizedForDisplay
        if isAlive(line) { return last }
      }
      usleep(5_000)
    }
    // A process of another container has no pid in this one.
    return last.map { "a process that cannot be seen from here; last signed by \($0)" }
  }

  private static func isAlive(_ line: Substring) -> Bool {
    guard line.hasPrefix("pid "), let pid = Int32(line.dropFirst(4).prefix { $0 != "," }) else {
      return false
    }
    return kill(pid, 0) == 0 || errno == EPERM
  }

  private static func sign(_ descriptor: Int32, with line: String, at path: String) throws {
    // Truncate first: the line of a holder that was killed may be longer.
    try SystemCall.mutate(.truncate(descriptor, length: 0), doing: "writing the lock", at: path)
    try Array(line.utf8).withUnsafeBytes { bytes in
      _ = try SystemCall.mutate(
        .write(to: descriptor, bytes: bytes), doing: "writing the lock", at: path)
    }
  }
}
