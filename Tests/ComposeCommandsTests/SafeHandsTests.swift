import ComposeTestSupport
import Foundation
import Testing

/// What keeps hands from the wrong trees and hubs.
@Suite(.waiting) struct SafeHandsTests {
  @Test func `the environment names root and policies, and status says so`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    func run(_ arguments: [String]) throws -> Shell.Outcome {
      try Shell.run(
        Installation.program, arguments,
        environment: [
          "EPEL_COMPOSE_ROOT": installation.root,
          "EPEL_COMPOSE_POLICIES": installation.policies, "HOME": installation.scratch.path,
          "PATH": "/usr/bin:/bin",
        ])
    }
    let composed = try run([
      "compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned",
    ])
    #expect(composed.status == 0, "\(composed.errors)")
    // What is suggested names the places, whatever shell it is copied into.
    #expect(composed.output.contains("--root \(installation.root)"))
    let status = try run(["status", "7"])
    #expect(status.output.contains("root \(installation.root) ($EPEL_COMPOSE_ROOT)"))
    #expect(status.output.contains("policies \(installation.policies) ($EPEL_COMPOSE_POLICIES)"))
    #expect(status.output.contains("7.06.201903"))
    // An option comes first.
    let other = try run(["status", "7", "--root", installation.scratch.path("other")])
    #expect(other.output.contains("no releases yet"))
    #expect(!other.output.contains("EPEL_COMPOSE_ROOT"))
  }

  /// Command lines of `text`, up to where a sentence goes on.
  private func commandLines(_ text: String) -> [String] {
    text.matches(of: /(?:: |'|\(|\n *)(epel-compose [a-z][^;)\n"]*)/).map { String($0.output.1) }
      .filter { !$0.contains(" help") && !$0.contains("--help") }
  }

  @Test func `whatever is suggested in a rehearsal stays in it`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    try RPMSpec("alpha").build(into: installation.pool)
    try RPMSpec("beta").build(into: installation.pool)
    try installation.release("7.06.201903")
    try RPMSpec("beta", "1.1").retired("Upstream is gone.\n")
      .build(into: installation.pool)
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    for (arguments, status) in [
      (["abandon", "7.06.201903"], Int32(2)), (["archive", "7.06.201903", "--remove-original"], 2),
      (["promote", "7.07.201908"], 2), (["compose", "7.07.201908"] + rpms, 2),
      (["compose", "7.08.202004", "--plan", "none.json"], 66),
      (["plan", "7.08.202004"] + rpms, 0),
    ] {
      for format in ["text", "json"] {
        let outcome = try installation.run(arguments + ["--format", format])
        #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
        let found = commandLines(outcome.output + outcome.errors)
        #expect(!found.isEmpty, "\(arguments): \(outcome.output)\(outcome.errors)")
        for line in found {
          #expect(line.contains("--root \(installation.root)"), "\(line)")
          #expect(line.contains("--policies \(installation.policies)"), "\(line)")
          let takesBuilds = line.contains("retirement acknowledge") && arguments.contains("--rpms")
          #expect(!takesBuilds || line.contains("--rpms \(installation.pool)"), "\(line)")
        }
      }
    }
  }

  @Test func `what was allowed is not proposed again`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    try RPMSpec("alpha").build(into: installation.pool)
    let plan = ["plan", "7.06.201903", "--rpms", installation.pool]
    #expect(try installation.succeed(plan).contains("or rehearse with --allow-unsigned"))
    let allowed = try installation.succeed(plan + ["--allow-unsigned"])
    #expect(allowed.contains("Sign it.") && !allowed.contains("rehearse with"), "\(allowed)")
  }

  @Test func `below a root, a hub is refused before its login matters`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    let outcome = try installation.run(["compose", "7.06.201903"])
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("--hub") && outcome.errors.contains("--rpms"))
    #expect(!outcome.errors.contains("is made in"))
  }

  @Test func `a directory that other commands refuse is no valid one`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    let text = try String(contentsOfFile: installation.policies + "/epel-7.yaml", encoding: .utf8)
    try Data(text.replacing("stream: epel-7", with: "stream: other-7").utf8)
      .write(to: URL(fileURLWithPath: installation.policies + "/other.yaml"))
    let outcome = try installation.run(["policy", "check", installation.policies])
    #expect(outcome.status == 65, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains("has the major version 7"))
  }

  @Test func `plan tells by its status whether anything changes`() throws {
    let installation = try Installation.withoutClients()
    let pool = ["--rpms", installation.pool, "--allow-unsigned", "--detailed-exitcode"]
    try RPMSpec("alpha").build(into: installation.pool)
    #expect(try installation.run(["plan", "7.06.201903"] + pool).status == 3)
    try installation.release("7.06.201903")
    #expect(try installation.run(["plan", "7.07.201908"] + pool).status == 0)
    try RPMSpec("beta").build(into: installation.pool)
    #expect(try installation.run(["plan", "7.07.201908"] + pool).status == 3)
    let unsigned = try installation.run([
      "plan", "7.07.201908", "--rpms", installation.pool, "--detailed-exitcode",
    ])
    #expect(unsigned.status == 2, "\(unsigned.errors)")
  }

  /// Runs the program at a terminal of its own, where somebody types `answer`; policies
  /// whose roots are in `directory`, and no `--root`.
  private func atTerminal(
    _ directory: TemporaryDirectory, _ arguments: [String], answer: String
  ) throws -> Shell.Outcome {
    let script = """
      import os, pty, select, sys
      answer, program, arguments = sys.argv[1], sys.argv[2], sys.argv[3:]
      pid, terminal = pty.fork()
      if pid == 0: os.execv(program, [program] + arguments)
      text, sent = b"", False
      while select.select([terminal], [], [], 60)[0]:
          try: data = os.read(terminal, 4096)
          except OSError: break
          if not data: break
          text += data
          if b"[y/N]" in text and not sent:
              os.write(terminal, answer.encode() + b"\\n"); sent = True
      status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
      sys.stdout.write(text.decode("utf-8", "replace")); sys.exit(status)
      """
    return try Shell.run(
      Shell.python,
      ["-c", script, answer, Installation.program] + arguments + [
        "--policies", directory.path("Policies"),
      ], environment: ["HOME": directory.path, "TERM": "dumb", "PATH": "/usr/bin:/bin"])
  }

  @Test func `at a terminal, a change of public trees asks first`() throws {
    let directory = try TemporaryDirectory()
    let installation = try Installation(small: directory)
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing(/: (\/(pub|var)\/[a-z\/-]*)/) { ": \(directory.path("root"))\($0.output.1)" }
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try RPMSpec("alpha").build(into: installation.pool)
    let compose = [
      "compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned",
    ]
    // Staging is not public: nobody is asked.
    let composed = try atTerminal(directory, compose, answer: "n")
    #expect(composed.status == 0 && !composed.output.contains("[y/N]"), "\(composed.output)")
    let refused = try atTerminal(directory, ["publish", "7.06.201903"], answer: "n")
    #expect(refused.status == 2, "\(refused.output)")
    #expect(refused.output.contains("publish 7.06.201903 changes what users get"))
    #expect(refused.output.contains("it was not confirmed; nothing was changed"))
    let tree = directory.path("root/pub/epel/releases/7.06.201903")
    #expect(!FileManager.default.fileExists(atPath: tree))
    let published = try atTerminal(directory, ["publish", "7.06.201903"], answer: "y")
    #expect(published.status == 0, "\(published.output)")
    #expect(FileManager.default.fileExists(atPath: tree))
    let promoted = try atTerminal(
      directory, ["promote", "7.06.201903", "--skip-soak", "--yes"], answer: "n")
    #expect(promoted.status == 0 && !promoted.output.contains("[y/N]"), "\(promoted.output)")
    try RPMSpec("beta").build(into: installation.pool)
    let update = ["update", "7", "--rpms", installation.pool, "--allow-unsigned"]
    let asked = try atTerminal(directory, update, answer: "")
    #expect(asked.status == 2 && asked.output.contains("beta-1.0-1"), "\(asked.output)")
    // Without a terminal, as by cron, nobody is asked.
    let cron = try Shell.run(
      Installation.program, update + ["--policies", installation.policies],
      environment: ["HOME": directory.path, "PATH": "/usr/bin:/bin"])
    #expect(cron.status == 0, "\(cron.errors)")
  }

  @Test func `the policy can say that nobody need be asked`() throws {
    let directory = try TemporaryDirectory()
    let installation = try Installation(small: directory)
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing(/: (\/(pub|var)\/[a-z\/-]*)/) { ": \(directory.path("root"))\($0.output.1)" }
    try Data((text + "\nconfirm: false\n").utf8).write(to: URL(fileURLWithPath: file))
    try RPMSpec("alpha").build(into: installation.pool)
    for arguments in [
      ["compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned"],
      ["publish", "7.06.201903"],
    ] {
      let outcome = try atTerminal(directory, arguments, answer: "n")
      #expect(outcome.status == 0, "\(outcome.output)")
    }
  }
}
