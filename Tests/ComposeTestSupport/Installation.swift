package import Foundation

/// An installation of the built program for one test: policies, a directory of
/// RPMs, and a root that is empty at first. Commands are run in it.
package final class Installation: Sendable {
  private let directory: TemporaryDirectory
  package let policies: String
  /// Of every program that it runs, besides this process's own.
  private let environment: [String: String]

  /// Prefix of every path of the policy.
  package var root: String { directory.path("root") }
  /// Directory of RPM files.
  package var pool: String { directory.path("pool") }
  package var scratch: TemporaryDirectory { directory }

  /// - Parameter parent: where it lives; the system's choice if nil.
  package init(policies: String = Fixtures.policies, in parent: URL? = nil) throws {
    directory = try TemporaryDirectory(in: parent)
    self.policies = policies
    environment = [:]
    try FileManager.default.createDirectory(
      atPath: directory.path("pool"), withIntermediateDirectories: true)
  }

  /// The shipped policies but for the client tests, which run dnf for each
  /// architecture at each check: for tests of something else.
  package static func withoutClients() throws -> Installation {
    let directory = try TemporaryDirectory()
    let installation = Installation(
      in: directory, policies: try Fixtures.policiesWithoutClients(in: directory), environment: [:])
    try FileManager.default.createDirectory(
      atPath: installation.pool, withIntermediateDirectories: true)
    return installation
  }

  /// One architecture, in memory: for tests that run hundreds of commands.
  ///
  /// - Parameters:
  ///   - gate: what the policy says of checks, YAML.
  ///   - grace: how long files stay that nothing leads to, as in a policy.
  ///   - metadata: as `Fixtures.smallPolicies` has it.
  ///   - hasMinors: likewise.
  ///   - hasTesting: likewise.
  package init(
    small directory: TemporaryDirectory, gate: String = Fixtures.noClientTests,
    grace: String = "0 days", metadata: SignedMetadata? = nil, hasMinors: Bool = false,
    hasTesting: Bool = false
  ) throws {
    self.directory = directory
    policies = try Fixtures.smallPolicies(
      in: directory, gate: gate, grace: grace, metadata: metadata, hasMinors: hasMinors,
      hasTesting: hasTesting)
    environment = [:]
    try FileManager.default.createDirectory(
      atPath: directory.path("pool"), withIntermediateDirectories: true)
  }

  /// With policies and an environment that the test has made in `directory`.
  package init(
    in directory: TemporaryDirectory, policies: String, environment: [String: String]
  ) {
    self.directory = directory
    self.policies = policies
    self.environment = environment
  }

  /// The program that is tested; see ``built(_:)``.
  package static let program = built("epel-compose")

  /// The program with one fault; see Tests/FaultyCompose.
  private static let faultyProgram = built("epel-compose-faulty")

  /// In the directory that `EPEL_COMPOSE_PROGRAMS` names, else beside the test bundle. `make test`
  /// names that of optimised programs: tests run thousands of commands, of which each takes a
  /// third of the time there.
  private static func built(_ name: String) -> String {
    let named = ProcessInfo.processInfo.environment["EPEL_COMPOSE_PROGRAMS"] ?? ""
    let directory =
      named.isEmpty
      ? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      : URL(fileURLWithPath: named, isDirectory: true)
    return directory.appending(path: name).path
  }

  /// Runs `epel-compose ARGUMENTS --root … --policies …`.
  package func run(_ arguments: [String]) throws -> Shell.Outcome {
    try run(Self.program, arguments)
  }

  /// The same with a fault.
  ///
  /// - Parameters:
  ///   - fault: `kill:N` or `error:ERRNO:N`; see Tests/FaultyCompose.
  ///   - trace: file that gets a line for each call that changes something.
  package func run(
    _ arguments: [String], fault: String? = nil, trace: String? = nil
  ) throws -> Shell.Outcome {
    var environment: [String: String] = [:]
    environment["FAULT"] = fault
    environment["TRACE"] = trace
    return try run(Self.faultyProgram, arguments, environment)
  }

  /// Starts the program with a fault, and does not wait for it.
  package func start(
    _ arguments: [String], fault: String? = nil, trace: String? = nil,
    in namespace: MountNamespace? = nil
  ) throws -> RunningProgram {
    let line = [Self.faultyProgram] + arguments + places
    var environment = self.environment
    environment["FAULT"] = fault
    environment["TRACE"] = trace
    return try RunningProgram(
      "/usr/bin/env", namespace?.entering(line[0], Array(line.dropFirst())) ?? line,
      environment: environment)
  }

  /// Runs the program among the mounts of `namespace`.
  package func run(_ arguments: [String], in namespace: MountNamespace) throws -> Shell.Outcome {
    try Shell.run(
      "/usr/bin/env", namespace.entering(Self.program, arguments + places),
      environment: ["TZ": "UTC", "COLUMNS": "1000"])
  }

  private func run(
    _ program: String, _ arguments: [String], _ more: [String: String] = [:]
  ) throws -> Shell.Outcome {
    try Shell.run(
      program, arguments + places,
      environment: environment.merging(more) { $1 }
        .merging(["TZ": "UTC", "COLUMNS": "1000"]) { $1 },
      directory: directory.url)
  }

  private var places: [String] {
    [
      "--root", root, "--policies", policies, "--cache", directory.path("cache"), "--no-progress",
      "--color", "never",
    ]
  }

  /// Runs it and throws unless it ends with status 0; returns the output.
  @discardableResult
  package func succeed(_ arguments: [String]) throws -> String {
    let outcome = try run(arguments)
    guard outcome.status == 0 else {
      throw Shell.Failure(
        description: "\(arguments.joined(separator: " ")) ended with \(outcome.status)\n"
          + outcome.output + outcome.errors)
    }
    return outcome.output
  }

  /// Compose from the pool with unsigned RPMs allowed, publish, promote.
  package func release(_ id: String) throws {
    try succeed(["compose", id, "--rpms", pool, "--allow-unsigned"])
    try succeed(["publish", id])
    try succeed(["promote", id, "--skip-soak"])
  }

  /// `text` without what differs from run to run and machine to machine.
  ///
  /// - Parameter isAligned: whether columns stay where they are: they follow the length of
  ///   names.
  package func normalized(_ text: String, isAligned: Bool = false) -> String {
    var text = text.replacing(directory.path("Policies"), with: "CHECKOUT/Policies")
      .replacing(directory.path("Templates"), with: "CHECKOUT/Templates")
      .replacing(directory.path, with: "DIR")
      .replacing(Fixtures.checkout, with: "CHECKOUT")
    var patterns: [(String, String)] = [
      ("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC", "<time>"),
      ("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", "<time>"),
      // What follows from the day of a push. The releases of tests are older.
      ("\\b20(2[6-9]|[3-9][0-9])-[0-9]{2}-[0-9]{2}\\b", "<day>"),
      ("[0-9a-f]{64}", "<sha256>"),
      ("pid [0-9]+", "pid <pid>"),
      ("[0-9.]+ (B|KiB|MiB|GiB)\\b", "<size>"),
      ("[A-Za-z0-9_-]+@[A-Za-z0-9._-]+", "<operator>"),
    ]
    // TextTable has tests of its own.
    if !isAligned { patterns.append(("(?<=[^ \\n])  +", "  ")) }
    for (pattern, replacement) in patterns {
      text = text.replacingOccurrences(
        of: pattern, with: replacement, options: [.regularExpression])
    }
    return text
  }

  /// Every path below the root with what it is: for "nothing has changed".
  /// The lock file is left out: taking the lock writes the holder into it.
  package func snapshot() throws -> String {
    guard FileManager.default.fileExists(atPath: root) else { return "absent" }
    return try Shell.check(
      "find", [root, "!", "-name", "*.lock", "-printf", "%P %y %i %s %T@ %C@ %l\n"]
    ).split(separator: "\n").sorted().joined(separator: "\n")
  }
}
