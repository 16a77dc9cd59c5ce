import ComposeTestSupport
import Foundation
import Testing

/// Standard error for programs, and standard output that cannot be written.
@Suite(.waiting) struct DiagnosticTests {
  private func installation() throws -> Installation {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    try RPMSpec("alpha").build(into: installation.pool)
    return installation
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  @Test func `errors, warnings and notes are objects where programs read`() throws {
    let installation = try installation()
    let json = ["--format", "json"]
    let unsigned = try installation.run(
      ["compose", "7.06.201903", "--rpms", installation.pool] + json)
    #expect(unsigned.status == 2 && unsigned.output.isEmpty)
    let error = try #require(try objects(unsigned.errors).last?["error"] as? [String: Any])
    #expect(error["status"] as? Int == 2 && error["kind"] as? String == "refused")
    #expect(Set(error.keys) == ["status", "kind", "thing", "cause", "remedy", "findings"])
    let findings = try #require(error["findings"] as? [[String: Any]])
    #expect(findings.contains { $0["code"] as? String == "unsigned" })

    let composed = try installation.run(
      ["compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned"] + json)
    #expect(composed.status == 0)
    #expect(
      try objects(composed.errors).contains {
        ($0["warning"] as? String)?.contains("UNSIGNED") == true
      })
    let usage = try installation.run(["promote", "--format=json"])
    #expect(usage.status == 64)
    let wrong = try #require(try objects(usage.errors).first?["error"] as? [String: Any])
    #expect(wrong["kind"] as? String == "usage" && wrong["status"] as? Int == 64)
    let unknown = try installation.run(["verify", "7.09.202009"] + json)
    #expect(
      (try objects(unknown.errors).first?["error"] as? [String: Any])?["kind"] as? String
        == "noInput")
    // For people it stays one line.
    let text = try installation.run(["verify", "7.09.202009"])
    #expect(text.errors.hasPrefix("epel-compose: release 7.09.202009: "))
  }

  /// A command of each kind that writes results.
  private static let commands = [
    "help", "help plan", "--version", "plan --help", "--generate-completion-script bash",
    "status PLACES", "history PLACES", "retirement 7 PLACES", "policy show 7 PLACES",
    "policy check POLICIES", "verify 7.06.201903 PLACES", "check 7.06.201903 -n PLACES",
    "diff 7.06.201903 7.06.201903 PLACES",
    "plan 7.07.201908 --rpms POOL --allow-unsigned PLACES",
    "update 7 -n --rpms POOL --allow-unsigned PLACES", "archive 7.06.201903 -n PLACES",
    "retirement announce 7 alpha PLACES",
  ]

  @Test func `whatever cannot be written ends with 74, and a reader that went is no message`()
    throws
  {
    let installation = try installation()
    try installation.release("7.06.201903")
    try installation.release("7.07.201908")
    for command in Self.commands {
      let arguments = command.split(separator: " ").flatMap { word -> [String] in
        switch word {
        case "PLACES":
          [
            "--root", installation.root, "--policies", installation.policies, "--no-progress",
            "--cache", installation.scratch.path("cache"),
          ]
        case "POLICIES": [installation.policies]
        case "POOL": [installation.pool]
        default: [String(word)]
        }
      }
      let full = try Shell.run(
        "sh", ["-c", "\"$0\" \"$@\" > /dev/full", Installation.program] + arguments)
      #expect(full.status == 74, "\(command): \(full.errors)")
      #expect(full.errors.contains("standard output: it cannot be written"), "\(command)")
      #expect(!full.errors.contains("itself is done"), "\(command)")
      let gone = try Shell.run(
        Shell.python, ["-c", Self.withoutReader, Installation.program] + arguments)
      #expect(gone.status == 74, "\(command): \(gone.errors)")
      #expect(!gone.errors.contains("standard output"), "\(command): \(gone.errors)")
    }
  }

  @Test func `what was changed is told although nobody reads the result`() throws {
    let installation = try installation()
    let gone = try Shell.run(
      Shell.python,
      [
        "-c", Self.withoutReader, Installation.program, "compose", "7.06.201903", "--rpms",
        installation.pool, "--allow-unsigned", "--root", installation.root, "--policies",
        installation.policies, "--no-progress",
      ])
    #expect(gone.status == 74)
    #expect(gone.errors.contains("the command itself is done"))
    #expect(try installation.succeed(["status", "7"]).contains("staged"))
  }

  /// Runs a program whose standard output is a pipe that nobody reads.
  private static let withoutReader = """
    import os, subprocess, sys
    reader, writer = os.pipe()
    os.close(reader)
    sys.exit(subprocess.run(sys.argv[1:], stdout=writer).returncode)
    """
}
