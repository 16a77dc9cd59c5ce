import ComposeTestSupport
import Foundation
import Testing

/// What people see at terminals of several widths.
@Suite(.waiting) struct TerminalScreenTests {
  /// Two releases, the second staged, with a package that left and some that changed.
  private func installation() throws -> Installation {
    let installation = try Installation(
      small: TemporaryDirectory(in: URL(fileURLWithPath: "/tmp")))
    // An override has the name of this machine in it.
    let policy = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try Data(text.replacing(/soak: .*/, with: "soak: 0 days").utf8)
      .write(to: URL(filePath: policy))
    for name in ["alpha", "beta", "gamma", "a-package-with-a-long-name"] {
      try RPMSpec(name).build(into: installation.pool)
    }
    try RPMSpec("delta", tags: ["Requires: gamma"]).build(into: installation.pool)
    let first = "7.06.201903"
    try installation.succeed(["compose", first, "--rpms", installation.pool, "--allow-unsigned"])
    try installation.succeed(["publish", first])
    try installation.succeed(["promote", first])
    try RPMSpec("beta", "1.1").build(into: installation.pool)
    try RPMSpec("gamma", "1.0", "2").retired("Upstream is gone.\n").build(into: installation.pool)
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    try installation.succeed(["update", "7"] + rpms)
    try RPMSpec("alpha", "2.0").withNoise(40_000).build(into: installation.pool)
    try RPMSpec("pi").build(into: installation.pool)
    return installation
  }

  @Test func `screens of 60, 80 and 132 columns`() throws {
    let installation = try installation()
    let next = ["7.07.201908", "--rpms", "pool", "--allow-unsigned"]
    _ = try installation.atTerminal(["compose"] + next, columns: 80)
    let commands: [(arguments: [String], status: Int32)] = [
      (["help"], 0), (["help", "history"], 0), (["plan", "7.08.202004"] + next.dropFirst(), 0),
      (["compose"] + next, 2),
      (["status"], 0),
      (["retirement", "7"], 0), (["retirement", "7", "gamma"], 0),
      (["check", "7.06.201903", "-n"], 0), (["diff", "7.06.201903", "7.07.201908"], 0),
      (["promote", "7.07.201908"], 2), (["plna"], 64),
    ]
    for columns in [60, 80, 132] {
      let recording = try installation.recording(of: commands, columns: columns)
      try Golden.expect(recording, matches: "screens-\(columns).txt")
    }
  }

  @Test func `a pipe to a pager is as wide as the terminal, and has all of a list`() throws {
    let installation = try installation()
    let plan = ["plan", "7.07.201908", "--rpms", "pool"]
    let shown = try installation.atTerminal(plan, columns: 60).output
    #expect(shown.contains("… and ") && shown.contains(" more like these (--all)"))
    let piped = try installation.atTerminal(plan, columns: 60, pager: "cat").output
    #expect(!piped.contains("… and "))
    let whole = try installation.atTerminal(plan + ["--all"], columns: 60).output
    #expect(piped == whole)
    // A file is no reader's terminal.
    let wide = try installation.atTerminal(plan, columns: 60, pager: "tee /dev/null").output
    #expect(wide == piped)
    let file = installation.scratch.path("plan.txt")
    _ = try installation.atTerminal(plan, columns: 60, pager: "cat > \(file)")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == piped)
  }

  @Test func `what nobody counts is shown without a number`() throws {
    let installation = try installation()
    let script = """
      "$0" plan 7.07.201908 --rpms pool --allow-unsigned --root root --policies Policies > /dev/null
      """
    let screen = try Shell.check(
      Shell.python,
      [
        "-c",
        "import pty, sys; sys.exit(pty.spawn(['sh', '-c', sys.argv[1], sys.argv[2]]) != 0)",
        script, Installation.program,
      ], environment: ["HOME": installation.scratch.path], directory: installation.scratch.url)
    #expect(screen.contains("Resolving dependencies"))
    #expect(!screen.contains("0  Resolving dependencies"))
    #expect(screen.contains("Reading RPMs"))
  }
}
