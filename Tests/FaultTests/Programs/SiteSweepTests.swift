import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// `site build` disturbed before each of its calls: the next run leaves what an
/// undisturbed one leaves, and nothing else.
@Suite(.waiting) struct SiteSweepTests {
  /// A stream of two packages, with the site that it had before the second one
  /// came, and the one that it should have.
  private struct Site {
    let installation: Installation
    let directory: String
    let before: String
    let wanted: String
    let calls: Int

    init() throws {
      installation = try Installation.withoutClients()
      directory = installation.scratch.path("site")
      before = installation.scratch.path("before")
      wanted = installation.scratch.path("wanted")
      try RPMSpec("alpha").build(into: installation.pool)
      try installation.release("7.06.201903")
      try installation.succeed(["site", "build", before])
      // What was made before and is not made any more goes, with its directory.
      try installation.scratch.write("old", to: "before/epel-6/package/gone.html")
      let list = try String(contentsOfFile: "\(before)/.epel-compose-site", encoding: .utf8)
      try installation.scratch.write(
        list + "epel-6/package/gone.html\n", to: "before/.epel-compose-site")
      try RPMSpec("beta").build(into: installation.pool)
      try installation.succeed([
        "update", "7", "--rpms", installation.pool, "--allow-unsigned",
      ])
      try installation.succeed(["site", "build", wanted])
      try Shell.check("cp", ["-a", before, directory])
      let trace = installation.scratch.path("trace")
      #expect(
        try installation.run(["site", "build", directory], fault: nil, trace: trace).status == 0)
      calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").count
    }

    func restore(_ copy: String?) throws {
      try Shell.check("rm", ["-rf", directory])
      if let copy { try Shell.check("cp", ["-a", copy, directory]) }
    }

    func run(fault: String) throws -> Shell.Outcome {
      try installation.run(["site", "build", directory], fault: fault)
    }

    /// The next run, undisturbed, leaves what it should.
    func expectFinished(_ moment: String) throws {
      let outcome = try installation.run(["site", "build", directory])
      #expect(outcome.status == 0, "\(moment): \(outcome.errors)")
      let compared = try Shell.run("diff", ["-r", wanted, directory])
      #expect(compared.status == 0, "\(moment): \(compared.output)")
    }

    /// Names of files that a web server would serve half written.
    func unfinished() throws -> [String] {
      try Shell.check("find", [directory, "-name", ".epel-compose-*"])
        .split(separator: "\n").map(String.init)
        .filter { !$0.hasSuffix("/.epel-compose-site") || $0.hasSuffix("-.epel-compose-site") }
    }
  }

  @Test func `killed before any call, the next run ends it`() throws {
    let site = try Site()
    var kills = 0
    for (name, copy) in [("renewed", site.before), ("new", nil)] {
      for number in SweepDensity.points(site.calls, of: "killed programs", "site build, \(name)") {
        try site.restore(copy)
        let moment = "\(name), killed before call \(number)"
        if try site.run(fault: "kill:\(number)").status == SIGKILL { kills += 1 }
        try site.expectFinished(moment)
      }
    }
    // However few points are visited.
    #expect(kills > 0)
  }

  @Test func `a disk that is full leaves nothing unfinished`() throws {
    let site = try Site()
    var failures = 0
    for (name, copy) in [("renewed", site.before), ("new", nil)] {
      for number in SweepDensity.points(site.calls, of: "failing calls", "site build, \(name)") {
        try site.restore(copy)
        let moment = "\(name), disk full at call \(number)"
        let outcome = try site.run(fault: "error:\(ENOSPC):\(number)")
        if outcome.status == 74 { failures += 1 }
        #expect([0, 74].contains(outcome.status), "\(moment): \(outcome.errors)")
        if FileManager.default.fileExists(atPath: site.directory) {
          #expect(try site.unfinished() == [], "\(moment)")
        }
        try site.expectFinished(moment)
      }
    }
    #expect(failures > 0)
  }

  @Test func `one run at a time`() throws {
    let site = try Site()
    try site.restore(site.before)
    let go = site.installation.scratch.path("go")
    let running = try site.installation.start(
      ["site", "build", site.directory], fault: "wait:\(go):3")
    #expect(RunningProgram.wait { FileManager.default.fileExists(atPath: go + ".waiting") })
    let second = try site.installation.run(["site", "build", site.directory])
    #expect(second.status == 75, "\(second.errors)")
    #expect(second.errors.contains("another process is at work in it"))
    try Data().write(to: URL(fileURLWithPath: go))
    #expect(running.wait() == 0, "\(running.errors)")
    try site.expectFinished("after the first")
  }
}
