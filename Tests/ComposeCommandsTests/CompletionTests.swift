import ComposeTestSupport
import Foundation
import Testing

/// What a shell offers while a command line is typed.
@Suite(.waiting) struct CompletionTests {
  /// The candidates for the last of `words`, as the shell's script asks for them: the
  /// word that an argument of `command` is completed by.
  private func offered(
    _ installation: Installation, _ command: [String], argument: String, prefix: String = ""
  ) throws -> [String] {
    let words =
      ["epel-compose"] + command
      + ["--root", installation.root, "--policies", installation.policies, prefix]
    let outcome = try Shell.run(
      Installation.program,
      ["---completion"] + command.prefix { !$0.hasPrefix("-") && Int($0) == nil }
        + ["--", argument, "\(words.count - 1)", "\(prefix.count)"] + words,
      environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test func `releases, states, packages and builds come from the ledger`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    for name in ["alpha", "beta", "alphabet"] { try RPMSpec(name).build(into: installation.pool) }
    try installation.release("7.06.201903")
    try installation.succeed([
      "compose", "7.07.201908", "--rpms", installation.pool, "--allow-unsigned",
    ])
    #expect(
      try offered(installation, ["verify"], argument: "positional@0")
        == ["7.06.201903", "7.07.201908"])
    #expect(try offered(installation, ["publish"], argument: "positional@0") == ["7.07.201908"])
    #expect(try offered(installation, ["promote"], argument: "positional@0") == [])
    #expect(
      try offered(installation, ["verify"], argument: "positional@0", prefix: "7.07")
        == ["7.07.201908"])
    #expect(
      try offered(
        installation, ["retirement", "show", "7"], argument: "positional@1", prefix: "al")
        == ["alpha", "alphabet"])
    #expect(
      try offered(installation, ["update", "7"], argument: "--withdraw", prefix: "b")
        == ["beta-1.0-1"])
    #expect(try offered(installation, ["update", "7"], argument: "--again") == [])
    #expect(try offered(installation, ["rollback"], argument: "positional@0") == ["7", "epel-7"])
    #expect(
      try offered(installation, ["history"], argument: "positional@0")
        == ["7", "7.06.201903", "7.07.201908", "epel-7"])
  }

  @Test func `where nothing can be read, nothing is offered and nothing is said`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    #expect(try offered(installation, ["verify"], argument: "positional@0") == [])
    try installation.scratch.write(
      "no ledger", to: "root/var/lib/epel-compose/epel-7.sqlite")
    #expect(try offered(installation, ["verify"], argument: "positional@0") == [])
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `the scripts offer directories, states and what is asked`(shell: String) throws {
    let script = try Shell.check(Installation.program, ["--generate-completion-script", shell])
    for state in ["live", "retiring", "retired", "blocked"] { #expect(script.contains(state)) }
    #expect(script.contains("---completion"))
    if shell == "bash" {
      let read = try Shell.run("bash", ["-n", "-c", script])
      #expect(read.status == 0, "\(read.errors)")
      #expect(script.contains("'--root')\n        __epel-compose_add_completions -d\n"))
      #expect(script.contains("'--rpms')\n        __epel-compose_add_completions -d\n"))
    }
  }
}
