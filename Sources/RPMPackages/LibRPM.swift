import CRPM
import ReleaseModel

/// The one lock around librpm, and what librpm says while it is held.
///
/// librpm keeps its configuration, its log and its crypto set-up in globals;
/// two threads inside it at once are not promised to work.
enum LibRPM {
  /// Whether librpm was prepared; held while anybody is inside it.
  private static let isReady = Guarded(false)
  private static let messages = Guarded<[String]>([])

  /// Reads librpm's configuration, and catches its log, which would otherwise
  /// go to standard error in the middle of a table.
  private static func prepare() {
    rpmlogSetCallback(
      { record, _ in
        guard let record, let text = rpmlogRecMessage(record) else { return 0 }
        let message = String(cString: text)
        LibRPM.messages.withLock { $0.append(message) }
        return 0
      }, nil)
    rpmReadConfigFiles(nil, nil)
  }

  /// Runs `body` alone in librpm.
  static func exclusively<Value>(
    _ body: (borrowing Log) throws -> Value
  ) rethrows -> Value {
    try isReady.withLock { isReady in
      if !isReady { prepare() }
      isReady = true
      messages.withLock { $0.removeAll() }
      return try body(Log())
    }
  }

  /// What librpm said since the lock was taken.
  struct Log: ~Copyable {
    /// The last message that carries a cause, without the file's name.
    func cause(orElse fallback: String) -> String {
      let lines = LibRPM.messages.withLock { $0 }.flatMap {
        $0.split(whereSeparator: \.isNewline).map(String.init)
      }
      let telling = lines.last { $0.contains("BAD") || $0.contains("error") || $0.contains("bad") }
      guard let line = telling else { return fallback }
      return line.split(separator: ":", maxSplits: 1).last.map {
        $0.trimmingPrefix(while: \.isWhitespace).description
      } ?? fallback
    }
  }
}
