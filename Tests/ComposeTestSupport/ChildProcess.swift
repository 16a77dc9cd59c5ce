import Foundation
import Glibc

/// A program that is run to its end, with its output in files: a pipe
/// would block once it is full.
/// Suites run thousands of them, and Foundation's own takes longer to notice an end than
/// most of these programs to come to it.
enum ChildProcess {
  /// - Parameter arguments: the first is looked up in PATH unless it has a slash.
  static func run(
    _ arguments: [String], environment: [String: String]
  ) throws -> Shell.Outcome {
    let files = [try nameless(), try nameless()]
    defer { for file in files { close(file) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (index, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file, Int32(index + 1))
    }
    // Threads of a test run block signals; programs do not expect that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var pid = pid_t()
    let problem = withStrings(arguments) { words in
      withStrings(environment.map { "\($0)=\($1)" }) { environment in
        posix_spawnp(&pid, arguments[0], &actions, &attributes, words, environment)
      }
    }
    guard problem == 0 else { throw failure(arguments[0], problem) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      if errno != EINTR { throw failure("waitpid", errno) }
    }
    let signal = status & 0x7F
    return Shell.Outcome(
      status: signal == 0 ? status >> 8 & 0xFF : signal, output: text(of: files[0]),
      errors: text(of: files[1]))
  }

  private static func text(of file: Int32) -> String {
    var status = stat()
    guard fstat(file, &status) == 0 else { return "" }
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      count = max(0, pread(file, buffer.baseAddress, buffer.count, 0))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A file without a name, which goes away with its descriptors.
  private static func nameless() throws -> Int32 {
    var template = Array(
      (FileManager.default.temporaryDirectory.path + "/output-XXXXXX").utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw failure("mkstemp", errno) }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return file
  }

  /// Calls `body` with C strings and the nil after them.
  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }

  private static func failure(_ thing: String, _ code: Int32) -> Shell.Failure {
    Shell.Failure(description: "\(thing): \(String(cString: strerror(code)))")
  }
}
