/// What users are told of a stream that ended; its stored properties are the values of the
/// templates `ended.txt` and `end.txt`.
package struct EndNotice: Sendable {
  /// What people call the stream, or the release.
  package let title: String
  /// The first day without updates, `YYYY-MM-DD`.
  package let day: String
  /// The release that users have, or had.
  package let release: String
  /// Addresses of its trees in the archive; paths where the policy has no URL.
  package let archive: [String]
  /// The last day on which old addresses work, `YYYY-MM-DD`; nil once they do not.
  package let until: String?
  /// Paths that clients were given, below the public root.
  package let paths: [String]

  /// - Parameters:
  ///   - day: `YYYY-MM-DD`.
  ///   - until: `YYYY-MM-DD`; nil once old addresses do not work any more.
  package init(
    title: String, day: String, release: String, archive: [String], until: String?, paths: [String]
  ) {
    self.title = title
    self.day = day
    self.release = release
    self.archive = archive
    self.until = until
    self.paths = paths
  }
}
