import CDurable
import Glibc
import ReleaseModel

/// A program that runs beside this one, in a process group of its own. It is started
/// and waited for without threads.
package final class ChildProgram {
  private let pid: pid_t
  private var known: Int32?

  /// Starts it with nothing to read.
  ///
  /// Throws `failed` where it cannot be started.
  ///
  /// - Parameters:
  ///   - output: file for what it prints; made anew.
  ///   - errors: the same for its standard error.
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String], directory: String,
    output: String, errors: String
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    _ = durable_spawn_in(&actions, directory)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o644)
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
    let deadline = ContinuousClock.now + .seconds(seconds)
    while known == nil {
      var status: Int32 = 0
      let result = waitpid(pid, &status, WNOHANG)
      if result == pid {
        let signal = status & 0x7F
        known = signal == 0 ? (status >> 8) & 0xFF : signal
      } else if result < 0, errno != EINTR {
        known = -1
      } else if ContinuousClock.now < deadline {
        usleep(10_000)
      } else {
        return nil
      }
    }
    return known
  }

  /// Ends it, by SIGKILL where it does not end within 5 s of SIGTERM.
  package func end() {
    guard known == nil else { return }
    kill(pid, SIGTERM)
    if status(within: 5) == nil {
      kill(pid, SIGKILL)
      _ = status(within: 60)
    }
  }
}
