import ReleaseModel

/// What became of the files of a stream.
package struct SiteReport: Report, Encodable {
  let directory: String
  let dryRun: Bool
  let streams: [String]
  let files: Int
  let written: Int
  let removed: Int

  /// - Parameters:
  ///   - files: how many files the site has.
  ///   - written: how many of them are new or changed.
  ///   - removed: how many files of an earlier run are not part of it any more.
  package init(
    directory: String, dryRun: Bool, streams: [String], files: Int, written: Int, removed: Int
  ) {
    self.directory = directory
    self.dryRun = dryRun
    self.streams = streams
    self.files = files
    self.written = written
    self.removed = removed
  }

  /// One sentence with the counts.
  package func text(_ style: TextStyle) -> String {
    let verb = dryRun ? "Would write" : "Wrote"
    return "\(verb) \(written.grouped) of \(files.counted("file")) of the site "
      + directory.sanitizedForDisplay
      + (removed == 0
        ? "" : ", \(removed.grouped) of an earlier one \(dryRun ? "would go" : "went")")
      + "\n"
  }
}
