import CRPM
import Glibc
import ReleaseModel

/// Set-up of librpm, and what it says while somebody is inside it.
///
/// librpm 4.18 guards its macros, its log, its string pools and keyrings by
/// locks of its own; headers and transaction sets belong to whoever made them.
/// So every thread may be inside it, with a transaction set of its own, once
/// its configuration has been read.
enum LibRPM {
  /// Reads librpm's configuration once for the process, and catches its log,
  /// which would otherwise go to standard error in the middle of a table.
  private static let isReady: Bool = {
    rpmlogSetCallback(
      { record, _ in
        guard let record, let text = rpmlogRecMessage(record) else { return 0 }
        let message = String(cString: text)
        // In the thread that caused it.
        LibRPM.messages.withLock { $0[pthread_self()]?.append(message) }
        return 0
      }, nil)
    rpmReadConfigFiles(nil, nil)
    return true
  }()

  /// By thread that is inside librpm.
  private static let messages = Guarded<[pthread_t: [String]]>([:])

  /// Runs `body`, which uses librpm.
  static func use<Value>(_ body: (borrowing Log) throws -> Value) rethrows -> Value {
    _ = isReady
    let thread = pthread_self()
    messages.withLock { $0[thread] = [] }
    defer { messages.withLock { $0[thread] = nil } }
    return try body(Log(thread: thread))
  }

  /// What librpm said to this thread.
  struct Log: ~Copyable {
    fileprivate let thread: pthread_t

    /// The last message that carries a cause, without the file's name.
    func cause(orElse fallback: String) -> String {
      let lines = LibRPM.messages.withLock { $0[thread] ?? [] }.flatMap {
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
