package import Foundation
import Glibc

/// A program that runs beside the test.
package final class RunningProgram {
  private let process = Process()
  private let errorsFile: String
  private let scratch: TemporaryDirectory

  /// Starts `program`; it is killed after two minutes, or with this object.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws {
    scratch = try TemporaryDirectory()
    errorsFile = try scratch.write("", to: "errors")
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: errorsFile)
    try process.run()
  }

  /// Arguments of `/usr/bin/env` that run `command` without the block on signals that
  /// threads of a test run have and programs inherit: it, and what it starts, can be ended by
  /// SIGTERM. It is ended after five minutes.
  package static func endable(_ command: [String], by signal: String = "TERM") -> [String] {
    let unblock =
      "import os, signal, sys; signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals()); "
      + "os.execvp(sys.argv[1], sys.argv[1:])"
    return [Shell.python, "-c", unblock, "timeout", "--signal=\(signal)", "--kill-after=10", "300"]
      + command
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  package var isRunning: Bool { process.isRunning }
  package var pid: pid_t { process.processIdentifier }

  package func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for its end: the exit status, or the signal that ended it.
  package func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// What it wrote to standard error.
  package var errors: String {
    (try? String(contentsOfFile: errorsFile, encoding: .utf8)) ?? ""
  }

  /// Waits until `condition` holds, for at most `seconds`; whether it does.
  package static func wait(seconds: Double = 60, until condition: () -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition() {
      if ContinuousClock.now > end { return false }
      usleep(5_000)
    }
    return true
  }
}
