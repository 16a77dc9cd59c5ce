import DurableFiles
import Glibc
import ReleaseModel

/// Keeps reading below a rate, over the time since it began.
final class ReadingPace: Sendable {
  private let bytesPerSecond: Int?
  private let started: Double
  private let spent = Guarded(0)

  /// - Parameter bytesPerSecond: nil for as fast as the device is.
  init(bytesPerSecond: Int?) {
    self.bytesPerSecond = bytesPerSecond
    started = Self.now
  }

  /// Seconds on a clock that nobody sets.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
  }

  /// Seconds since it began.
  var elapsed: Double { Self.now - started }

  /// Notes that `bytes` were read, and waits until they may have been.
  func spend(_ bytes: Int) throws {
    guard let bytesPerSecond else { return }
    let due =
      Double(
        spent.withLock {
          $0 += bytes; return $0
        }) / Double(bytesPerSecond)
    while elapsed < due {
      try Interruption.check(remaining: "reading the archive")
      usleep(UInt32(min(due - elapsed, 0.1) * 1_000_000) + 1)
    }
  }
}
