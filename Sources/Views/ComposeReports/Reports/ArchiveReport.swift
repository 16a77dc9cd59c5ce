package import ReleaseModel

/// What `archive verify` read and found, and what was repaired.
package struct ArchiveReport: Report, Encodable {
  /// Name of the stream.
  package let stream: String
  /// Whether nothing was written.
  package let dryRun: Bool
  /// Whether all that was read is as recorded, or was repaired.
  package let passed: Bool
  /// Whether all was read that was due.
  package let complete: Bool
  /// Files that were read now.
  package let filesRead: Int
  /// Bytes that were read now.
  package let bytesRead: Int
  /// Archived trees in the order of releases.
  package let trees: [Tree]
  /// What is missing, changed, unreadable or unknown.
  package let findings: [Finding]
  /// Paths below the archive root of the files that were, or would be, repaired.
  package let repaired: [String]

  /// How one tree was read until now.
  package struct Tree: Encodable, Sendable {
    /// Whose tree it is.
    package let release: ReleaseID
    /// Below the archive root.
    package let path: String
    /// Files of its manifest.
    package let files: Int
    /// Bytes of them.
    package let bytes: Int
    /// Files that were never read and found sound.
    package let neverRead: Int
    /// Files that were not read and found sound for a year, those never read included.
    package let notReadForAYear: Int
    /// When the file was read that was not read for longest; null where one never was.
    @OrNull package private(set) var oldest: Moment?

    /// - Parameter oldest: nil where a file was never read.
    package init(
      release: ReleaseID, path: String, files: Int, bytes: Int, neverRead: Int,
      notReadForAYear: Int, oldest: Moment?
    ) {
      self.release = release
      self.path = path
      self.files = files
      self.bytes = bytes
      self.neverRead = neverRead
      self.notReadForAYear = notReadForAYear
      self.oldest = oldest
    }
  }

  /// - Parameters:
  ///   - passed: false where a finding is not repaired.
  ///   - repaired: paths below the archive root.
  package init(
    stream: String, dryRun: Bool, passed: Bool, complete: Bool, filesRead: Int, bytesRead: Int,
    trees: [Tree], findings: [Finding], repaired: [String]
  ) {
    self.stream = stream
    self.dryRun = dryRun
    self.passed = passed
    self.complete = complete
    self.filesRead = filesRead
    self.bytesRead = bytesRead
    self.trees = trees
    self.findings = findings
    self.repaired = repaired
  }

  /// A table of trees, what was found, and the verdict.
  package func text(_ style: TextStyle) -> String {
    var text = style.paint("Archive of \(stream)", .heading) + "\n"
    var table = TextTable(["tree", "files", "not read for a year", "never", "read since"])
    for tree in trees {
      table.add([
        tree.path, tree.files.grouped, tree.notReadForAYear.grouped, tree.neverRead.grouped,
        tree.oldest.map { "\($0)" } ?? "-",
      ])
    }
    text += table.text(style) + "\n"
    text += FindingsText.section("Findings", of: findings, as: .bad, in: style)
    if !repaired.isEmpty {
      text += style.paint(dryRun ? "Would be repaired" : "Repaired", .good) + "\n"
      for path in repaired { text += "  \(path)\n" }
      text += "\n"
    }
    text +=
      "Read \(filesRead.counted("file")), \(bytesRead >> 20) MiB"
      + (complete ? "" : "; the time was over before all was read that was due") + ".\n"
    return text
      + (passed ? style.paint("All as recorded.", .good) : style.paint("Not as recorded.", .bad))
      + "\n"
  }
}
