import Glibc

/// The signals that a server takes one after the other, on the thread that waits for them.
enum ServiceSignals {
  private static var taken: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, signal) }
    return set
  }

  /// To be called before there is another thread: threads inherit it. A connection or a
  /// pipe that its reader closed is an error of its writer, no signal.
  static func block() {
    var set = taken
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Waits for the next signal; nil when the time is over.
  static func next(milliseconds: Int) -> Int32? {
    var set = taken
    var limit = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    let signal = sigtimedwait(&set, nil, &limit)
    return signal > 0 ? signal : nil
  }

  /// Variables of the environment.
  static var environment: [(String, String)] {
    ["LISTEN_FDS", "LISTEN_PID", "NOTIFY_SOCKET"].compactMap { name in
      getenv(name).map { (name, String(cString: $0)) }
    }
  }
}
