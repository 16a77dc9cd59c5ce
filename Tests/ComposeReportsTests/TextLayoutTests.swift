import ComposeReports
import ReleaseModel
import Testing

@Suite struct TextLayoutTests {
  private let narrow = TextStyle(width: 40, hasColor: false, isVerbose: false)

  private func finding(_ code: String, _ message: String, _ remedy: String) -> Finding {
    Finding(code: code, message: message, remedy: remedy)
  }

  @Test func `entries of lists hang below their words`() {
    #expect(
      "- a sentence that is longer than one line".indented("  ", in: narrow) == """
          - a sentence that is longer than one
            line

        """)
    #expect(
      "plain words that are longer than a line".indented("    ", in: narrow) == """
            plain words that are longer than a
            line

        """)
  }

  @Test func `a command line without room stands alone, whole and without a full stop`() {
    let command = "epel-compose status 7 --from-disk --root /srv/rehearsal"
    #expect(
      "Rebuild it from the disk with: \(command)".indented("    ", in: narrow) == """
            Rebuild it from the disk with:
              \(command)

        """)
    #expect(
      "See: epel-compose help".indented("  ", in: narrow) == "  See: epel-compose help\n")
    #expect(CommandInText.ended("Look at it: epel-compose help") == "Look at it: epel-compose help")
    #expect(CommandInText.ended("Look at it") == "Look at it.")
  }

  @Test func `findings of one code are together, whatever their remedies`() {
    let text = FindingsText.section(
      "Warnings",
      of: [
        finding("unsigned", "alpha is not signed", "Sign it"),
        finding("odd", "beta is odd", "Look at beta"),
        finding("unsigned", "gamma is not signed", "Sign it"),
        finding("odd", "delta is odd", "Look at delta"),
      ], as: .attention, in: narrow)
    #expect(
      text == """
        Warnings (4)
          - alpha is not signed
          - gamma is not signed
            Sign it.
          - beta is odd
            Look at beta.
          - delta is odd
            Look at delta.


        """)
  }

  @Test func `many findings alike are counted at a terminal, and listed elsewhere`() {
    let many = (1...1_210).map { finding("unsigned", "package-\($0) is not signed", "Sign it") }
    let others = (1...12).map { finding("odd", "name-\($0) is odd", "Look at name-\($0)") }
    func section(isWhole: Bool) -> String {
      FindingsText.section(
        "Warnings", of: many + others, as: .attention,
        in: TextStyle(width: 60, hasColor: false, isVerbose: false, isWhole: isWhole))
    }
    let shown = section(isWhole: false)
    #expect(shown.hasPrefix("Warnings (1,222)\n"))
    #expect(
      shown.contains(
        "package-8 is not signed\n  … and 1,202 more like these (--all)\n    Sign it.\n"))
    #expect(shown.contains("    Look at name-8.\n  … and 4 more like these (--all)\n"))
    #expect(section(isWhole: true).contains("- package-1210 is not signed\n    Sign it.\n"))
  }

  @Test func `paths below the root are relative to it, and it is named once`() {
    let style = TextStyle(width: 100, hasColor: false, isVerbose: false, root: "/srv/try")
    func text(_ sentence: String) -> String {
      style.namingRoot { sentence.indented("", in: $0) }
    }
    #expect(
      text("/srv/try/pub/epel is not /srv/try/pub/alt") == """
        Paths are below /srv/try.
        pub/epel is not pub/alt

        """)
    // Another directory, and what is for copying.
    #expect(text("/mnt/srv/try/pub is there") == "/mnt/srv/try/pub is there\n")
    #expect(
      text("Do: epel-compose status --policies /srv/try/policies")
        == "Do: epel-compose status --policies /srv/try/policies\n")
    #expect(text("nothing") == "nothing\n")
  }

  @Test func `numbers have separators, and words their number`() {
    #expect(0.counted("file") == "0 files")
    #expect(1.counted("file") == "1 file")
    #expect(3_650.counted("repository", "repositories") == "3,650 repositories")
    #expect(1.counted("repository", "repositories") == "1 repository")
  }
}
