import Glibc
import ReleaseModel

/// A program that reads bytes from its standard input and prints others: run to its end,
/// for a limited time, with a limit on what it may print.
package struct FilterProgram: Sendable {
  /// Its path.
  package let executable: String
  private let arguments: [String]
  private let environment: [String: String]

  /// How a run ended.
  package enum Outcome: Hashable, Sendable {
    /// By itself: what it printed, and to its standard error.
    case ended(ChildProgram.Ending, output: [UInt8], errors: [UInt8])
    /// It was ended after its time, with what it had printed to its standard error.
    case late(errors: [UInt8])
    /// It was ended because it printed more than it may.
    case tooMuch
  }

  /// - Parameter environment: all that it has, beside a path of programs and a language.
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:]
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment.merging(
      ["LC_ALL": "C.UTF-8", "PATH": Self.directories.joined(separator: ":")]
    ) { own, _ in own }
  }

  /// Where programs are looked for that are named without their directory.
  package static let directories = [
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
  ]

  /// The path of the program `name`; nil where there is none that this user may run.
  ///
  /// - Parameter name: its path, or its name alone.
  package static func path(of name: String) -> String? {
    let places = name.contains("/") ? [name] : directories.map { "\($0)/\(name)" }
    return places.first { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        && access(path, X_OK) == 0
    }
  }

  /// Runs it. What it started in its process group ends with it where it is ended.
  ///
  /// Throws `failed` where it cannot be started, `interrupted` where the user wants to
  /// stop, `inputOutput` where there is no room for what it reads and prints.
  ///
  /// - Parameters:
  ///   - input: what it reads.
  ///   - seconds: a run that takes longer is ended.
  ///   - limit: bytes that it may print, and as many to its standard error.
  ///   - work: what an interruption would leave undone, for its message.
  package func run(
    _ input: [UInt8], within seconds: Int, limit: Int, work: String
  ) throws -> Outcome {
    // Files, because no pipe can be full, and none is held open by who outlives it.
    let (read, output, errors) = (try ScratchFile(), try ScratchFile(), try ScratchFile())
    try input.withUnsafeBytes { try read.write($0) }
    let child = try ChildProgram(
      executable, arguments, environment: environment, directory: "/", input: .scratch(read),
      output: .scratch(output), errors: .scratch(errors))
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if let ending = child.ending(within: Self.step) {
        guard max(output.size, errors.size) <= limit else { return .tooMuch }
        return .ended(
          ending, output: try output.contents(limit: limit),
          errors: try errors.contents(limit: limit))
      }
      do {
        try Interruption.check(remaining: work)
      } catch {
        // The process itself ends within a second.
        child.end(grace: 0.3)
        throw error
      }
      if max(output.size, errors.size) > limit {
        child.end(grace: 0)
        return .tooMuch
      }
      if ContinuousClock.now >= deadline {
        child.end(grace: 2)
        return .late(errors: try errors.contents(limit: limit))
      }
    }
  }

  /// Seconds between looks at what it does, and at whether the user wants to stop.
  private static let step = 0.1
}
