import Glibc
import MirrorlistAnswers
import MirrorlistSnapshot
import ReleaseModel

/// Lines about who asked for which repository, written by a thread of its own: a disk
/// that is full or slow costs lines, never a request.
final class StatisticsFile: Sendable {
  private struct Queue {
    var bytes: [UInt8] = []
    var lines = 0
    var dropped = 0
    var isReopened = false
    var isEnding = false
    var isWriting = false
  }

  private let queue = Guarded(Queue())
  private let path: String

  /// Lines that may wait.
  static let limit = 65_536
  /// Bytes that may wait: lines have what clients send in them.
  private static let byteLimit = 16 << 20
  /// Microseconds between looks at the queue.
  private static let pause: UInt32 = 50_000

  /// Throws `failed` where the system has no more threads.
  init(path: String) throws {
    self.path = path
    let queue = queue
    try WorkingThread.detach { StatisticsFile.run(queue, path) }
  }

  /// Puts down a line; drops it where too many wait.
  ///
  /// - Parameter date: `YYYY-MM-DD`.
  func add(_ use: RepositoryUse, date: String) {
    // One field may not look like another, or like a line.
    func field(_ text: String) -> String {
      if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3B }) { return text }
      return String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { scalar in
            scalar.value <= 0x20 || scalar.value == 0x7F || scalar == ";" || scalar.value > 0x7E
              ? "?" : scalar
          }))
    }
    let line =
      "IP: \(use.address.map(\.description) ?? "N/A"); DATE: \(date); COUNTRY: \(use.country); "
      + "REPO: \(field(use.repository)); ARCH: \(field(use.arch))\n"
    queue.withLock { queue in
      guard queue.lines < Self.limit, queue.bytes.count + line.utf8.count <= Self.byteLimit else {
        queue.dropped += 1
        return
      }
      queue.bytes.append(contentsOf: line.utf8)
      queue.lines += 1
    }
  }

  /// Lines that were not written.
  var dropped: Int { queue.withLock { $0.dropped } }

  /// The next lines go to a file that is opened anew: the former was renamed.
  func reopen() { queue.withLock { $0.isReopened = true } }

  /// Writes what is left, for at most a second.
  func end() {
    queue.withLock { $0.isEnding = true }
    for _ in 0..<100 {
      if queue.withLock({ $0.lines == 0 && !$0.isWriting }) { return }
      usleep(10_000)
    }
  }

  private static func run(_ queue: Guarded<Queue>, _ path: String) {
    var file: Int32 = -1
    var hasFailed = false
    var isCutOff = false
    while true {
      let (bytes, lines, isReopened, isEnding) = queue.withLock { queue in
        let taken = (queue.bytes, queue.lines, queue.isReopened, queue.isEnding)
        queue.bytes = []
        queue.lines = 0
        queue.isReopened = false
        queue.isWriting = taken.1 > 0
        return taken
      }
      if isReopened, file >= 0 {
        close(file)
        file = -1
      }
      if lines > 0 {
        if file < 0 {
          file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o644)
        }
        let isWritten = file >= 0 && write((isCutOff ? [0x0A] : []) + bytes, to: file, &isCutOff)
        let code = errno
        queue.withLock { queue in
          queue.isWriting = false
          if !isWritten { queue.dropped += lines }
        }
        if !isWritten, !hasFailed {
          ServerLog.write(
            "\(path.sanitizedForDisplay): lines of statistics are lost: "
              + String(cString: strerror(code)))
        }
        hasFailed = !isWritten
      } else if isEnding {
        if file >= 0 { close(file) }
        return
      } else {
        usleep(pause)
      }
    }
  }

  /// Whether all was written. What was cut off is ended by a line feed later.
  private static func write(_ bytes: [UInt8], to file: Int32, _ isCutOff: inout Bool) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(file, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        if written > 0 { isCutOff = bytes[written - 1] != 0x0A }
        return false
      }
      written += count
    }
    isCutOff = false
    return true
  }
}
