package import Foundation

/// Runs programs to their end, for tests.
package enum Shell {
  package struct Outcome: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
  }

  /// After how many seconds a program is killed: what only one meets that hangs, on a machine
  /// that does many other things, too.
  package static let patience = 600

  /// The system's Python, which has the modules that tests import. What PATH has before it may be
  /// another, or a script that takes longer than many a test.
  package static let python = "/usr/bin/python3"

  /// Runs `program` (looked up in PATH unless it has a slash).
  ///
  /// The program is killed after `seconds`.
  package static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    directory: URL? = nil, seconds: Int = Shell.patience
  ) throws -> Outcome {
    let place = directory.map { ["env", "--chdir=\($0.path)"] } ?? []
    return try ChildProcess.run(
      place + ["timeout", "--signal=KILL", "\(seconds)", program] + arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 })
  }

  /// Runs `program` and throws unless it ends with status 0.
  @discardableResult
  package static func check(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    directory: URL? = nil, seconds: Int = Shell.patience
  ) throws -> String {
    let outcome = try run(
      program, arguments, environment: environment, directory: directory, seconds: seconds)
    guard outcome.status == 0 else {
      throw Failure(
        description: "\(program) \(arguments.joined(separator: " ")) ended with "
          + "\(outcome.status)\n\(outcome.output)\n\(outcome.errors)")
    }
    return outcome.output
  }

  /// Whether programs can be run under strace: sanitizers start the program
  /// anew, and do not like to be watched.
  package static var canTrace: Bool {
    let environment = ProcessInfo.processInfo.environment
    return has("strace") && environment["TSAN_OPTIONS"] == nil && environment["ASAN_OPTIONS"] == nil
  }

  /// Whether `program` is installed.
  package static func has(_ program: String) -> Bool {
    (try? run("sh", ["-c", "PATH=$PATH:/usr/sbin:/sbin; command -v \(program)"]))?.status == 0
  }
}
