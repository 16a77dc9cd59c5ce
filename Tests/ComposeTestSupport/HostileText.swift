/// Texts that packagers could write to make a document, a terminal or a log say
/// something else, or run something.
package enum HostileText {
  /// What would run if it got into a page as markup.
  private static let script = "document.documentElement.className='ran'"

  /// Forms of markup; the characters before and behind join with `<` and quotation
  /// marks to one `Character`.
  package static let markup: [String] =
    ["", "\u{0600}", "\u{0D4E}", "\u{110BD}"].flatMap { mark in
      [
        "\(mark)<script>\(script)\(mark)</script>", "\(mark)<img src=x onerror=\"\(script)\">",
        "\(mark)\"\u{0301} onmouseover=\"\(script)\" x=\"", "\(mark)</pre><svg onload=\(script)>",
        "\(mark)</title><script>\(script)</script>", "\(mark)<!-- ]]> -->",
        "\(mark)&lt;b&gt; &#60;b>",
      ]
    } + ["javascript:\(script)", "{{{style}}} {{> style}}", "{{#x}}"]

  /// Sequences that terminals obey, marks of direction, and ends of lines.
  package static let terminal: [String] = [
    "\u{1B}[2J\u{1B}[31mred", "\u{1B}]0;title\u{07}", "\u{1B}]8;;http://x.example\u{1B}\\link",
    "\u{9B}2J", "\u{9D}0;x\u{9C}", "\u{90}q\u{9C}", "a\u{08}\u{08}b\u{7F}",
    "\u{202E}txt.exe\u{202C}",
    "\u{2066}x\u{2069}\u{200F}\u{061C}", "x\rINJECTED", "x\u{0B}INJECTED\u{0C}",
    "x\u{85}INJECTED", "x\u{2028}INJECTED\u{2029}INJECTED", "\u{FEFF}\u{200B}",
  ]

  /// All of them.
  package static let all = markup + terminal
}
