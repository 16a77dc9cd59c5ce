import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Temporary directories go with their owner, and those of processes that were killed
/// with the next command.
@Suite(.waiting) struct ScratchDirectoryTests {
  @Test func `it goes with its owner, contents and all`() throws {
    var path = ""
    do {
      let directory = try ScratchDirectory()
      path = directory.path
      try Data("x".utf8).write(to: directory.url.appending(path: "file"))
    }
    #expect(path.contains("epel-compose-scratch-"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `what a killed command left goes with the next one, what is in use stays`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    try RPMSpec("beta").build(into: installation.pool)
    let place = installation.scratch.path("tmp")
    func make(_ name: String, age: String) throws -> String {
      let path = "\(place)/\(name)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Shell.check("touch", [path + "/file"])
      try Shell.check("touch", ["-d", age, path])
      return path
    }
    let left = try make("epel-compose-scratch-killed", age: "-1 hour")
    let young = try make("epel-compose-scratch-young", age: "now")
    let other = try make("somebody-elses", age: "-1 hour")
    let used = try make("epel-compose-scratch-used", age: "-1 hour")
    let lock = open(used, O_RDONLY | O_DIRECTORY)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    // A judged push needs a scratch directory.
    let outcome = try Shell.run(
      "/usr/bin/env",
      [
        "TMPDIR=\(place)", Installation.program, "update", "7", "--rpms", installation.pool,
        "--allow-unsigned", "--dry-run", "--root", installation.root, "--policies",
        installation.policies,
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: left))
    for path in [young, other, used] {
      #expect(FileManager.default.fileExists(atPath: path + "/file"), "\(path)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place).count == 3)
  }

  @Test(.enabled(if: Shell.has("dnf"), "dnf"))
  func `clients are told of no path that they would take for several`() throws {
    let directory = try TemporaryDirectory()
    let installation = try Installation(small: directory, gate: "checks:\n  rehearsal: refuse")
    try RPMSpec("alpha").build(into: installation.pool)
    let place = directory.path("a place, with spaces")
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let outcome = try Shell.run(
      "/usr/bin/env",
      [
        "TMPDIR=\(place)", Installation.program, "compose", "7.06.201903", "--rpms",
        installation.pool, "--allow-unsigned", "--root", installation.root, "--policies",
        installation.policies,
      ])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("passed  rehearsal"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place).isEmpty)
  }
}
