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

  /// Runs `program` (looked up in PATH unless it has a slash).
  ///
  /// Output goes through files: a pipe would block once it is full. The
  /// program is killed after `seconds`.
  package static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    directory: URL? = nil, seconds: Int = 120
  ) throws -> Outcome {
    let scratch = try TemporaryDirectory()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["timeout", "--signal=KILL", "\(seconds)", program] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let directory { process.currentDirectoryURL = directory }
    let outputFile = scratch.url.appending(path: "output")
    let errorsFile = scratch.url.appending(path: "errors")
    for file in [outputFile, errorsFile] {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorsFile)
    try process.run()
    process.waitUntilExit()
    let outcome = Outcome(
      status: process.terminationStatus,
      output: try String(decoding: Data(contentsOf: outputFile), as: UTF8.self),
      errors: try String(decoding: Data(contentsOf: errorsFile), as: UTF8.self))
    return outcome
  }

  /// Runs `program` and throws unless it ends with status 0.
  @discardableResult
  package static func check(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    directory: URL? = nil, seconds: Int = 120
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
    (try? run("sh", ["-c", "command -v \(program)"]))?.status == 0
  }
}
