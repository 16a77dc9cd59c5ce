import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Texts of packagers, advisories and operators stay text wherever they are shown.
@Suite(.waiting) struct HostileTextTests {
  private let scratch: TemporaryDirectory
  private let installation: Installation

  init() throws {
    scratch = try TemporaryDirectory()
    installation = try Installation(small: scratch)
    let policy = installation.policies + "/epel-7.yaml"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try (text + "\nadvisories: {directory: adv}\n").write(
      toFile: policy, atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      atPath: installation.policies + "/adv", withIntermediateDirectories: true)
  }

  /// A YAML string in double quotation marks, every character by its number.
  private static func yaml(_ text: String) -> String {
    "\""
      + text.unicodeScalars.map { scalar in
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }.joined() + "\""
  }

  private func expectHarmless(_ text: String, _ what: String) {
    let hidden = text.unicodeScalars.filter { $0.isHidden && $0 != "\n" && $0 != "\t" }
    #expect(hidden.isEmpty, "\(what): \(hidden.map(\.value))")
    let injected = text.split(separator: "\n").filter { $0.hasPrefix("INJECTED") }
    // In a page, the lines of a text are no lines of the page.
    #expect(injected.isEmpty || what.hasSuffix(".html"), "\(what)")
  }

  @Test func `nothing that is printed or written obeys them`() throws {
    // A name with U+0600 before a slash is none of a file; markers have text alone.
    try RPMSpec("gamma").retired(HostileText.all.joined(separator: "\n"))
      .build(into: installation.pool)
    for name in ["alpha", "beta"] { try RPMSpec(name).build(into: installation.pool) }
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    let plan = scratch.path("plan.html")
    func run(_ arguments: [String], status: Int32 = 0) throws {
      for format in ["text", "json"]
      where format == "text" || arguments.contains("--dry-run")
        || ["plan", "status", "history", "retirement"].contains(arguments[0])
      {
        let outcome = try installation.run(arguments + ["--format", format])
        #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
        expectHarmless(outcome.output, "\(arguments) \(format)")
        expectHarmless(outcome.errors, "\(arguments) \(format)")
        if format == "json" {
          #expect(throws: Never.self) {
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
          }
        }
      }
    }
    try run(["plan", "7.06.201903", "--html", plan] + rpms)
    try installation.succeed(["compose", "7.06.201903"] + rpms)
    try installation.succeed(["publish", "7.06.201903"])
    try installation.succeed(["promote", "7.06.201903", "--skip-soak"])

    // Advisories with control characters or several lines in a title are refused by
    // their reader.
    let titles = HostileText.all.filter { text in
      text.unicodeScalars.allSatisfy { scalar in
        scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
          && !(0x2028...0x2029).contains(scalar.value)
      }
    }
    for (index, text) in titles.enumerated() {
      try """
      id: EPEL-\(index)
      type: bugfix
      title: \(Self.yaml(text))
      description: \(Self.yaml(text))
      issued: 2019-03-08
      builds: [alpha-1.0-1]
      references: [{id: "1", url: "https://example.invalid/", title: \(Self.yaml(text))}]

      """.write(
        toFile: installation.policies + "/adv/\(index).yaml", atomically: true, encoding: .utf8)
    }
    try RPMSpec("beta", "1.1").retired(HostileText.all.joined(separator: "\n"))
      .build(into: installation.pool)
    let (push, mail) = (scratch.path("push.html"), scratch.path("push.txt"))
    try run(["update", "7", "--dry-run"] + rpms)
    try run(["update", "7", "--html", push, "--announcement", mail] + rpms)
    try run(["history"])
    try run(["status", "7"])
    try run(["retirement", "7"])
    try run(["retirement", "7", "beta"])
    let reason =
      (HostileText.terminal + HostileText.markup).joined(separator: " ")
      + "\nINJECTED\r\nINJECTED"
    try run(["update", "7", "--withdraw", "beta-1.1-1", "--reason", reason, "--dry-run"])
    let (back, letter) = (scratch.path("back.html"), scratch.path("back.txt"))
    try run(
      [
        "update", "7", "--withdraw", "beta-1.1-1", "--reason", reason, "--html", back,
        "--announcement", letter,
      ])
    try run(["history"])
    try run(["status", "7"])
    // Words of the command line come back in errors.
    let wrong = try installation.run(["retirement", "7", "x\(reason)"])
    #expect(wrong.status != 0)
    expectHarmless(wrong.errors, "an error")
    for file in [plan, push, mail, back, letter] {
      expectHarmless(try String(contentsOfFile: file, encoding: .utf8), file)
    }
    guard Shell.has("chromium") else { return }
    let checker = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Browser/check-text").standardizedFileURL.path
    let seen = try Shell.run(checker, [scratch.path("Templates"), plan, push, back])
    #expect(seen.status == 0, "\(seen.output)\(seen.errors)")
    // The same page with one text that was not escaped: with its policy nothing runs,
    // without it the script does.
    let page = try String(contentsOfFile: plan, encoding: .utf8)
    let raw = page.replacing("<h1>", with: "\(HostileText.markup[0])<h1>")
    let bare = raw.replacing(/<meta http-equiv=[^>]*>/, with: "")
    for (text, runs) in [(raw, false), (bare, true)] {
      let file = try scratch.write(text, to: "raw.html")
      let outcome = try Shell.run(checker, [scratch.path("Templates"), file])
      #expect(outcome.output.contains("ran a script") == runs, "\(outcome.output)")
      #expect(outcome.output.contains("has no Content Security Policy") == runs)
    }
  }

  @Test(arguments: [
    "a b", "it's", "$(id)", "`id`", "a;b", "a\nb", "\u{0D4E}$(id)", "'\u{0301}", "", "~", "-x",
    "a*", "!!", "é",
  ])
  func `a word of a shell is one word`(text: String) throws {
    #expect(try Shell.check("sh", ["-c", "printf '%s|' \(text.shellWord)"]) == text + "|")
    #expect(try Shell.check("bash", ["-c", "printf '%s|' \(text.shellWord)"]) == text + "|")
  }
}
