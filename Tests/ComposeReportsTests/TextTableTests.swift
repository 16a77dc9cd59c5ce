import ComposeReports
import Testing

@Suite struct TextTableTests {
  private let narrow = TextStyle(width: 40, hasColor: false, isVerbose: false)

  @Test func `columns align and the last one wraps within the width`() {
    var table = TextTable(["package", "text"])
    table.add(["eta", "a text that is too long for one line of forty columns"])
    table.add(["a-long-name", "short"])
    #expect(
      table.text(narrow) == """
          package      text
          eta          a text that is too long
                       for one line of forty
                       columns
          a-long-name  short

        """)
  }

  @Test func `wide characters take two columns`() {
    #expect("日本".displayWidth == 4)
    #expect("žluť".displayWidth == 4)
    #expect("e\u{301}".displayWidth == 1)
  }

  @Test func `control characters never reach the terminal`() {
    var table = TextTable(["", ""])
    table.add(["a\u{1B}[2J", "b\nc"])
    #expect(!table.text(narrow).contains("\u{1B}"))
    #expect(table.text(narrow).split(separator: "\n").count == 1)
  }

  @Test func `colour is only there when it is asked for`() {
    #expect(narrow.paint("x", .bad) == "x")
    let painted = TextStyle(width: 40, hasColor: true, isVerbose: false).paint("x", .bad)
    #expect(painted == "\u{1B}[31mx\u{1B}[0m")
  }
}
