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

  @Test func `columns without room are told below their row`() {
    var table = TextTable(["package", "state", "committed until", "last tree"])
    table.add(["eta", "live", "2019-08-06 (over)", "updates/7.06.201903"])
    table.add(["theta", "blocked", "-", "-"])
    #expect(
      table.text(narrow) == """
          package  state    committed until
          eta      live     2019-08-06 (over)
            last tree updates/7.06.201903
          theta    blocked  -

        """)
    #expect(
      table.text(TextStyle(width: 80, hasColor: false, isVerbose: false)) == """
          package  state    committed until    last tree
          eta      live     2019-08-06 (over)  updates/7.06.201903
          theta    blocked  -                  -

        """)
  }

  @Test func `a word that has no room stands alone, whole`() {
    var table = TextTable(["", ""])
    let digest = String(repeating: "0123456789abcdef", count: 4)
    table.add(["tag", "epel7-7.06.201903"])
    table.add(["digest", digest])
    #expect(
      table.text(narrow) == """
          tag     epel7-7.06.201903
          digest
            \(digest)

        """)
  }

  @Test func `sentences below a row have no head in front`() {
    var table = TextTable(
      ["when", "a quite long head of a column", "what"], endingIn: .sentences)
    table.add(["2019-03-14", "promote", "made current, and told to nobody at all"])
    #expect(
      table.text(narrow) == """
          when
          2019-03-14
            a quite long head of a column
              promote; made current, and told to
              nobody at all

        """)
  }

  @Test func `a long table ends with how many rows more there are`() {
    var table = TextTable(["package"])
    for number in 1...4_030 { table.add(["package-\(number)"]) }
    let shown = table.text(
      TextStyle(width: 40, hasColor: false, isVerbose: false, isWhole: false))
    #expect(shown.hasSuffix("  package-40\n  … and 3,990 more (--all)\n"))
    #expect(table.text(narrow).hasSuffix("  package-4030\n"))
    // One row is no longer than the line that counts it.
    var short = TextTable(["package"])
    for number in 1...41 { short.add(["package-\(number)"]) }
    #expect(
      short.text(TextStyle(width: 40, hasColor: false, isVerbose: false, isWhole: false))
        .hasSuffix("  package-41\n"))
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
