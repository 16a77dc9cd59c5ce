import ComposeTestSupport
import Foundation
import Testing

/// RPMs whose metadata cannot be written are told before anything is done, all at once.
@Suite(.waiting) struct UnlistableCommandTests {
  private let installation: Installation

  init() throws { installation = try Installation(small: TemporaryDirectory.inMemory()) }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  private func build(_ name: String, _ version: String = "1.0", says text: String = "words") throws
  {
    var spec = RPMSpec(name, version)
    spec.changelogWords = (author: "Ann Packager", text: text)
    try spec.build(into: installation.pool)
  }

  private func said(_ outcome: Shell.Outcome) -> String {
    (outcome.output + outcome.errors).replacing(/\s+/, with: " ")
  }

  @Test func `a plan tells all of them, with a cold cache and a warm one`() throws {
    try build("alpha", says: "pasted \u{1B}[200~")
    try build("beta", says: "bell \u{07}")
    try build("gamma")
    let before = try installation.snapshot()
    for command in [["plan"], ["plan"], ["compose", "--dry-run"], ["compose"]] {
      let outcome = try installation.run([command[0], "7.06.201903"] + command.dropFirst() + rpms)
      #expect(outcome.status == 2, "\(command): \(outcome.errors)")
      let text = said(outcome)
      for (name, character) in [("alpha", "U+001B"), ("beta", "U+0007")] {
        #expect(
          text.contains(
            "\(name)-1.0-1.noarch.rpm cannot be listed in metadata: the changelog of 2019-03-07 has "
              + "the control character \(character)"), "\(command): \(text)")
      }
      #expect(!text.contains("gamma-1.0-1.noarch.rpm cannot"))
      #expect(text.contains("Correct the text in the spec file"))
    }
    #expect(try installation.snapshot() == before)
    // A newer build without it is live instead.
    try build("alpha", "1.1")
    try build("beta", "1.1")
    try installation.succeed(["plan", "7.06.201903"] + rpms)
  }

  @Test func `a push tells them, and can leave them out`() throws {
    try build("alpha")
    try build("gamma")
    try installation.succeed(["compose", "7.06.201903"] + rpms)
    try installation.succeed(["publish", "7.06.201903"])
    try installation.succeed(["promote", "7.06.201903", "--skip-soak"])
    try build("alpha", "1.1", says: "pasted \u{1B}[200~")
    try build("beta", says: "bell \u{07}")
    try build("gamma", "1.1")
    for dryRun in [["--dry-run"], []] {
      let outcome = try installation.run(["update", "7"] + dryRun + rpms)
      #expect(outcome.status == 2, "\(outcome.errors)")
      for name in ["alpha-1.1-1", "beta-1.0-1"] {
        #expect(said(outcome).contains("\(name).noarch.rpm cannot be listed"))
      }
    }
    try installation.succeed(
      ["update", "7", "--skip", "alpha-1.1-1", "--skip", "beta-1.0-1", "--dry-run"] + rpms)
    let named = try installation.succeed(["update", "7", "gamma-1.1-1"] + rpms)
    #expect(named.contains("gamma-1.1-1"))
  }

  @Test func `names that are none are told with the others`() throws {
    try build("alpha", says: "pasted \u{1B}[200~")
    let rpm = try RPMSpec("zetabeta").build(
      into: installation.scratch.path("clean"), sources: false)[0]
    let data = try Data(contentsOf: URL(fileURLWithPath: rpm))
    for (file, old, new) in [
      ("name", "zetabeta-1.0-1.src.rpm", "../../ta-1.0-1.src.rpm"),
      ("path", "zetabeta", "zeta/../"), ("space", "zetabeta", "zeta eta"),
    ] {
      try RenamedRPM.data(data, old, by: new)
        .write(to: URL(fileURLWithPath: installation.pool + "/\(file).rpm"))
    }
    let outcome = try installation.run(["plan", "7.06.201903"] + rpms)
    #expect(outcome.status == 65, "\(outcome.errors)")
    let text = said(outcome)
    for part in [
      "its name is 'zeta/../'", "its name is 'zeta eta'", "alpha-1.0-1.noarch.rpm cannot be listed",
      "says that it is from '../../ta-1.0-1.src.rpm', which is no file name of a source RPM",
    ] {
      #expect(text.contains(part), "\(part) in: \(text)")
    }
  }
}
