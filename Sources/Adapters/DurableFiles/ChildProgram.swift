import CDurable
import Glibc
import ReleaseModel

/// A program that runs beside this one, in a process group of its own. It is started
/// and waited for without threads.
package final class ChildProgram {
  private let pid: pid_t
  private var known: Ending?

  /// How a program ended.
  package enum Ending: Hashable, Sendable {
    /// By itself, with this status.
    case exit(Int32)
    /// By this signal.
    case signal(Int32)
  }

  /// Where a program reads from or prints to.
  package enum Channel {
    /// Nowhere.
    case nothing
    /// A file, made anew.
    case newFile(String)
    /// A file that is open here, from its beginning on.
    case scratch(ScratchFile)
  }

  /// Starts it with nothing to read.
  ///
  /// Throws `failed` where it cannot be started.
  ///
  /// - Parameters:
  ///   - output: file for what it prints; made anew.
  ///   - errors: the same for its standard error.
  package convenience init(
    _ executable: String, _ arguments: [String], environment: [String: String], directory: String,
    output: String, errors: String
  ) throws {
    try self.init(
      executable, arguments, environment: environment, directory: directory, input: .nothing,
      output: .newFile(output), errors: .newFile(errors))
  }

  /// Starts it.
  ///
  /// Throws `failed` where it cannot be started.
  ///
  /// - Parameters:
  ///   - environment: all that it has; nothing of this process's own is handed on.
  ///   - directory: where it starts.
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String], directory: String,
    input: Channel, output: Channel, errors: Channel
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    _ = durable_spawn_in(&actions, directory)
    let writing = O_WRONLY | O_CREAT | O_TRUNC
    for (number, channel, flags) in [
      (0, input, O_RDONLY), (1, output, writing), (2, errors, writing),
    ] as [(Int32, Channel, Int32)] {
      switch channel {
      case .nothing:
        posix_spawn_file_actions_addopen(
          &actions, number, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0)
      case .newFile(let path):
        posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o644)
      case .scratch(let file):
        file.withDescriptor { _ = posix_spawn_file_actions_adddup2(&actions, $0, number) }
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What this process ignores, the client need not.
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    let words = ([executable] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, executable, &actions, &attributes, words, variables)
    guard code == 0 else {
      throw ComposeError(
        .failed, executable.sanitizedForDisplay,
        "it cannot be started: \(String(cString: strerror(code)))",
        remedy: code == EAGAIN || code == ENOMEM
          ? "Raise the limit on processes (ulimit -u) or memory, or end other programs"
          : "Install it anew")
    }
    self.pid = pid
  }

  /// How it ended: its exit status, or the signal that ended it; nil where it still
  /// runs after so many seconds.
  package func status(within seconds: Double) -> Int32? {
    switch ending(within: seconds) {
    case .exit(let status), .signal(let status): status
    case nil: nil
    }
  }

  /// How it ended; nil where it still runs after so many seconds.
  package func ending(within seconds: Double) -> Ending? {
    guard known == nil else { return known }
    guard hasEnded(within: seconds) else { return nil }
    return reap()
  }

  /// Ends it with all that it has started in its group, by SIGKILL where it does not
  /// end within so many seconds of SIGTERM.
  package func end(grace seconds: Double = 5) {
    guard known == nil else { return }
    // Until it is waited for, no other group can have its number.
    kill(-pid, SIGTERM)
    _ = hasEnded(within: seconds)
    kill(-pid, SIGKILL)
    if hasEnded(within: 60) { _ = reap() }
  }

  /// Whether it ended, without waiting for it as a parent must.
  private func hasEnded(within seconds: Double) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var pause: UInt32 = 500
    while true {
      var information = siginfo_t()
      let result = waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT)
      if result == 0 ? information.si_signo == SIGCHLD : errno != EINTR { return true }
      guard ContinuousClock.now < deadline else { return false }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
  }

  private func reap() -> Ending {
    var status: Int32 = 0
    var result = waitpid(pid, &status, 0)
    while result < 0, errno == EINTR { result = waitpid(pid, &status, 0) }
    let signal = status & 0x7F
    let ending: Ending =
      result != pid ? .exit(-1) : signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
    known = ending
    return ending
  }
}
