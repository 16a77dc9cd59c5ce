import ComposeTestSupport
import Foundation
import Testing

/// What pages show is what the program prints: every command of them is given.
@Suite(.waiting) struct RecordingTests {
  private static let recordings = "\(Fixtures.checkout)/Tests/Recordings"

  private func record(_ page: String, _ more: [String] = []) throws -> Shell.Outcome {
    let rewrites = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    return try Shell.run(
      "\(Self.recordings)/record",
      [Installation.program, page] + more + (rewrites ? ["--write"] : []))
  }

  @Test func `the tutorial`() throws {
    let outcome = try record("\(Fixtures.checkout)/Docs/Tutorial.md")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test func `README, and its timeline`() throws {
    let outcome = try record(
      "\(Fixtures.checkout)/README.md", ["--prepare", "\(Self.recordings)/prepare-readme"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test func `a page that shows something else is told`() throws {
    let scratch = try TemporaryDirectory()
    func page(_ text: String) throws -> Shell.Outcome {
      try Shell.run(
        "\(Self.recordings)/record",
        [Installation.program, scratch.write(text, to: "page.md")])
    }
    let begin = "```console\n$ printf 'one\\ntwo\\nthree\\n'\n"
    #expect(try page(begin + "one\ntwo\nthree\n```\n").status == 0)
    #expect(try page(begin + "one\n…\n```\n").status == 0)
    let wrong = try page(begin + "one\n2\nthree\n```\n")
    #expect(wrong.status == 1 && wrong.output.contains("-2\n+two"), "\(wrong.output)")
    #expect(try page(begin + "one\n```\n").status == 1)
    // An exit status that the page does not show, days that differ, and a failing script.
    #expect(try page("```console\n$ false\n```\n").status == 1)
    #expect(try page("```console\n$ false\n[1]\n```\n").status == 0)
    #expect(
      try page("```console\n$ echo at 2019-01-02 03:04 UTC\nat 2026-11-29 15:00 UTC\n```\n").status
        == 0)
    #expect(try page("```sh\nfalse\n```\n").status == 1)
    #expect(try page("no commands\n").status == 1)
  }
}
