/// What `archive index` wrote.
package struct ArchiveIndexReport: Report, Encodable {
  /// Name of the stream.
  package let stream: String
  /// Whether nothing was written.
  package let dryRun: Bool
  /// Names below the archive root; none where all was as it should be.
  package let written: [String]

  /// - Parameter written: names below the archive root.
  package init(stream: String, dryRun: Bool, written: [String]) {
    self.stream = stream
    self.dryRun = dryRun
    self.written = written
  }

  /// One line a document.
  package func text(_ style: TextStyle) -> String {
    guard !written.isEmpty else {
      return style.paint("The archive's documents are as they should be.", .good) + "\n"
    }
    let title = dryRun ? "Dry run: would write" : "Wrote"
    return style.paint(title, dryRun ? .heading : .good) + "\n"
      + written.map { "  \($0)\n" }.joined()
  }
}
