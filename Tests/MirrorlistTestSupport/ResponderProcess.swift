import Foundation
package import Glibc

/// `epel-mirrorlist serve`, beside the test.
package final class ResponderProcess {
  package let pid: pid_t
  private let log: String
  private var hasEnded = false

  /// What went wrong before a test could begin.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
  }

  /// The program: beside the tests that use it, unless `EPEL_MIRRORLIST` names another, such
  /// as an optimised one.
  package static let program =
    ProcessInfo.processInfo.environment["EPEL_MIRRORLIST"]
    ?? URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "epel-mirrorlist").path

  /// - Parameters:
  ///   - socket: a listening socket that it inherits; it must be told where to listen
  ///     otherwise.
  ///   - log: a file that its messages are added to.
  package init(
    _ arguments: [String], socket: Int32? = nil, log: String,
    environment more: [String: String] = [:]
  ) throws {
    self.log = log
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    var environment = ProcessInfo.processInfo.environment
    environment["LISTEN_FDS"] = nil
    environment.merge(more) { $1 }
    if let socket {
      // Through another number, so that it is open in the child whatever it is here.
      posix_spawn_file_actions_adddup2(&actions, socket, 250)
      posix_spawn_file_actions_adddup2(&actions, 250, 3)
      posix_spawn_file_actions_addclose(&actions, 250)
      environment["LISTEN_FDS"] = "1"
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let program = Self.program
    let words = ([program, "serve"] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid = pid_t()
    let code = posix_spawn(&pid, program, &actions, &attributes, words, variables)
    guard code == 0 else { throw Failure("\(program): \(String(cString: strerror(code)))") }
    self.pid = pid
  }

  deinit {
    guard !hasEnded else { return }
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  /// What it has said, and those before it with the same log.
  package var messages: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  package func signal(_ signal: Int32) { kill(pid, signal) }

  /// Waits for its end, at most a minute: the exit status, or the signal that ended it.
  package func wait() -> Int32 {
    var status: Int32 = 0
    for _ in 0..<6000 {
      if waitpid(pid, &status, WNOHANG) == pid {
        hasEnded = true
        return status & 0x7F == 0 ? status >> 8 & 0xFF : status & 0x7F
      }
      usleep(10_000)
    }
    return -1
  }

  /// Waits until its log has so many lines with `text`, at most 20 seconds.
  package func waitFor(_ text: String, count: Int = 1) throws {
    for _ in 0..<4000 {
      if messages.components(separatedBy: text).count > count { return }
      usleep(5000)
    }
    throw Failure("it did not say '\(text)' \(count) times: \(messages)")
  }

  /// The port of its own socket.
  package func port() throws -> UInt16 {
    try waitFor("answers on port ")
    guard let match = messages.firstMatch(of: /answers on port ([0-9]+)/),
      let port = UInt16(match.output.1)
    else { throw Failure("no port: \(messages)") }
    return port
  }

  /// Kilobytes of memory that it has now (`VmRSS`), or had at most (`VmHWM`).
  package func memory(_ name: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }
}

/// A socket that listens on a free port of this machine, as a service manager holds it.
package final class HeldSocket: Sendable {
  package let descriptor: Int32
  package let port: UInt16

  package init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, size) | listen(descriptor, 4096)
          | getsockname(descriptor, pointer, &size)
      }
    }
    guard code == 0 else { throw ResponderProcess.Failure("no socket: \(errno)") }
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }
}
