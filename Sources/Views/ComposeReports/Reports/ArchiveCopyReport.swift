package import ReleaseModel

/// What `archive copy` and `restore --to` copied.
package struct ArchiveCopyReport: Report, Encodable {
  /// Name of the stream.
  package let stream: String
  /// Where the copy is.
  package let directory: String
  /// Whether nothing was written.
  package let dryRun: Bool
  /// In the order of releases.
  package let trees: [Tree]

  /// One tree.
  package struct Tree: Encodable, Sendable {
    /// Whose tree it is.
    package let release: ReleaseID
    /// Below the directory.
    package let path: String
    /// `present`, `linked` or `copied`.
    package let outcome: String

    /// - Parameter outcome: `present`, `linked` or `copied`.
    package init(release: ReleaseID, path: String, outcome: String) {
      self.release = release
      self.path = path
      self.outcome = outcome
    }
  }

  /// - Parameter directory: absolute path.
  package init(stream: String, directory: String, dryRun: Bool, trees: [Tree]) {
    self.stream = stream
    self.directory = directory
    self.dryRun = dryRun
    self.trees = trees
  }

  /// One line a tree.
  package func text(_ style: TextStyle) -> String {
    let title = (dryRun ? "Dry run: would copy " : "Copied ") + "the archive to \(directory)"
    var table = TextTable(["", "", ""])
    for tree in trees { table.add(["", tree.path, tree.outcome]) }
    let linked =
      trees.contains { $0.outcome == "linked" }
      ? "What is linked shares its files with the archive: it is no second copy of the data.\n" : ""
    return style.paint(title, dryRun ? .heading : .good) + "\n" + table.text(style) + linked
  }
}
