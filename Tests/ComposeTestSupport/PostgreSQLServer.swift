import Foundation
import Glibc

/// A throw-away PostgreSQL server on a socket in a directory of its own, for as long as
/// the object lives, five minutes at most.
package final class PostgreSQLServer: @unchecked Sendable {
  // @unchecked: the process is set once and only ended by deinit.
  private let scratch: TemporaryDirectory
  private let process: RunningProgram

  /// Directory of its programs; nil where it is not installed. Debian has them outside of
  /// PATH.
  private static let programs: String? = {
    let above = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: above)) ?? []
    let directories = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map {
      "\(above)/\($0)/bin"
    }
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return (directories + path.map(String.init)).first { directory in
      ["initdb", "postgres", "psql"].allSatisfy { access("\(directory)/\($0)", X_OK) == 0 }
    }
  }()

  package static let isAvailable = programs != nil

  package init() throws {
    guard let programs = Self.programs else {
      throw Shell.Failure(description: "PostgreSQL is not installed")
    }
    // The name of its socket must be short.
    scratch = try TemporaryDirectory(in: URL(fileURLWithPath: "/tmp"))
    let data = scratch.path("data")
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    // It refuses to be run by root.
    var asUser: [String] = []
    if getuid() == 0 {
      let nobody: uid_t = 65534
      for path in [scratch.path, data] { chown(path, nobody, nobody) }
      asUser = ["setpriv", "--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups"]
    }
    let place = ["env", "--chdir=\(data)", "LC_ALL=C"]
    let initialize =
      place + asUser + [
        "\(programs)/initdb", "--auth=trust", "--username=manager", "--no-sync", "--encoding=UTF8",
        "-D", data,
      ]
    try Shell.check(initialize[0], Array(initialize.dropFirst()))
    process = try RunningProgram(
      "/usr/bin/env",
      ["--chdir=\(data)", "LC_ALL=C"]
        + RunningProgram.endable(
          asUser + [
            "\(programs)/postgres", "-D", data, "-k", scratch.path, "-c", "listen_addresses=",
            "-c", "fsync=off", "-c", "max_connections=20",
          ], by: "QUIT"))
    let isReady = RunningProgram.wait(seconds: 60) { (try? run("SELECT 1"))?.status == 0 }
    guard isReady else {
      throw Shell.Failure(description: "PostgreSQL did not start: \(process.errors)")
    }
  }

  deinit {
    process.signal(SIGQUIT)
    _ = RunningProgram.wait(seconds: 10) { !process.isRunning }
  }

  /// Runs `sql` as an operator would: by psql, which ends with 3 at the first error.
  package func run(_ sql: String) throws -> Shell.Outcome {
    let file = try scratch.write(sql, to: "statements.sql")
    return try Shell.run(
      "\(Self.programs ?? "")/psql",
      [
        "-h", scratch.path, "-U", "manager", "-d", "postgres", "-X", "-q", "-A", "-t", "-v",
        "ON_ERROR_STOP=1", "-f", file,
      ], environment: ["LC_ALL": "C"])
  }

  /// Runs `sql` and throws unless all of it succeeds; returns the rows, a line each.
  @discardableResult
  package func succeed(_ sql: String) throws -> String {
    let outcome = try run(sql)
    guard outcome.status == 0 else {
      throw Shell.Failure(description: "psql: \(outcome.errors)")
    }
    return outcome.output
  }
}
