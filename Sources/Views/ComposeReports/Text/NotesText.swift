import ReleaseModel

/// What a verdict does not cover.
enum NotesText {
  /// One line a note, after the name of its check; empty where there are none.
  static func lines(_ notes: [Finding]?, of check: String, _ style: TextStyle) -> String {
    (notes ?? []).map { "\(check): \($0.message)".indented("", in: style, as: .faint) }.joined()
  }
}
