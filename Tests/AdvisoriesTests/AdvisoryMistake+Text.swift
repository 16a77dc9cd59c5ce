extension AdvisoryMistake {
  private static let kinds = "Use security, bugfix, enhancement, newpackage."

  /// Keys, words and text.
  static let ofText = [
    AdvisoryMistake(
      "id: X-1\n", "",
      "1: 'id' is missing. Add the key: what the advisory is called: up to 64 letters, digits and "
        + "`-`, `_`, `.`, `:`."
    ),
    AdvisoryMistake(
      "id: X-1", "id:",
      "1: 'id' is missing. Add the key: what the advisory is called: up to 64 letters, digits and "
        + "`-`, `_`, `.`, `:`."
    ),
    AdvisoryMistake(
      "id: X-1", "id: a b",
      "1: 'a b' cannot be the id of an advisory. "
        + "Use up to 64 letters, digits and '-', '_', '.', ':'."
    ),
    AdvisoryMistake(
      "id: X-1", "id: [X-1]", "1: 'id' must be text. Write one value after the colon."),
    AdvisoryMistake(
      "type: security\n", "",
      "1: 'type' is missing. Add the key: `security`, `bugfix`, `enhancement` or `newpackage`."),
    AdvisoryMistake(
      "type: security", "type: securty",
      "2: 'securty' is not a value of 'type'; did you mean 'security'. \(kinds)"),
    AdvisoryMistake(
      "type: security", "type: unspecified", "2: 'unspecified' is not a value of 'type'. \(kinds)"),
    AdvisoryMistake(
      "severity: important", "severity: urgent",
      "3: 'urgent' is not a value of 'severity'. Use critical, important, moderate, low."),
    AdvisoryMistake(
      "severity: important", "severity: Important",
      "3: 'Important' is not a value of 'severity'; did you mean 'important'. "
        + "Use critical, important, moderate, low."
    ),
    AdvisoryMistake(
      "severity:", "severety:", "3: unknown key 'severety'. Write 'severity' if that was meant."),
    AdvisoryMistake(
      "severity:", "colour:",
      "3: unknown key 'colour'. Known keys here: id, type, severity, title, "
        + "description, issued, updated, builds, bugs, cves, references, suggest."
    ),
    AdvisoryMistake(
      "severity:", "[a]:", "3: a key of an advisory is not text. Write a plain word as the key."),
    AdvisoryMistake(
      "title: beta closes a hole", "title: \"\"",
      "4: 'title' is empty. Write one value after the colon."),
    AdvisoryMistake(
      "title: beta closes a hole", "title: \"a\\nb\"",
      "4: 'title' is not one line of text. Write it on one line, without tabs."),
    AdvisoryMistake(
      "title: beta closes a hole", "title: |\n  a\n  b",
      "4: 'title' is not one line of text. Write it on one line, without tabs."),
    AdvisoryMistake(
      "title: beta closes a hole\n", "",
      "1: 'title' is missing. Add the key: what the update is, one line."),
    AdvisoryMistake(
      "One line", "One \u{1}line",
      "6: it has the character U+0001, which XML cannot carry. Take it out."),
    AdvisoryMistake(
      "One line", "One \u{FFFF}line",
      "6: it has the character U+FFFF, which XML cannot carry. Take it out."),
    AdvisoryMistake(
      "One line", "One \u{9D}line",
      "6: it is not YAML: control characters are not allowed. Correct the line."),
    AdvisoryMistake(
      "description: |\n  One line.", "description: \"a\\x0bb\"",
      "5: 'description' has the character U+000B, which XML cannot carry. Take it out."),
    AdvisoryMistake(
      "description: |\n  One line.", "description: \"a\\0b\"",
      "5: 'description' has the character U+0000, which XML cannot carry. Take it out."),
    AdvisoryMistake(
      "description: |\n  One line.", "description: {a: b}",
      "5: 'description' must be text. Write one value after the colon."),
    AdvisoryMistake(
      "suggest: reboot", "suggest: rebot",
      "13: 'rebot' is not a value of 'suggest'; did you mean 'reboot'. Use reboot, relogin."),
    AdvisoryMistake(
      "suggest: reboot", "suggest: reboot\nsuggest: relogin",
      "14: the key 'suggest' is there twice. Remove one of the two."),
    AdvisoryMistake(
      "suggest: reboot", "suggest: [",
      "14: it is not YAML: did not find expected node content. Correct the line."),
    AdvisoryMistake(
      "suggest: reboot", "---\nid: Y",
      "13: it is not YAML: but found another document. Correct the line."),
  ]
}
