/// What changes a stream: each kind has a command, and its raw value is its name
/// in the ledger, in JSON and in the history.
package enum OperationKind: String, CaseIterable, Codable, Sendable {
  /// Tags a release's builds and makes its trees in staging.
  case compose
  /// Moves the trees to their public paths.
  case publish
  /// Brings a published release what clients of the current one may ask for.
  case prepare
  /// Moves the links to a published release.
  case promote
  /// Pushes into the current updates tree, or takes builds out of it.
  case update
  /// Gives a release a testing tree that was composed without one.
  case beginTesting = "begin-testing"
  /// Brings the testing tree of a release to what its tag has.
  case testing
  /// Moves the links back to the superseded release.
  case rollback
  /// Copies a superseded release below the archive root.
  case archive
  /// Removes what `archive` copied, after the grace time.
  case removeOriginal = "remove-original"
  /// Brings an archived release back to its public paths.
  case restore
  /// Puts sound copies in the place of damaged files of an archived release.
  case repair
  /// Makes equal files of archived releases one file.
  case linkArchive = "link-archive"
  /// Drops a release that is staged or published.
  case abandon
  /// Moves one link that has a moment of its own, forth or back.
  case moveLink = "move-link"
  /// Ends a stream or one of its releases: archives it and says that nothing comes any more.
  case end
  /// Takes an end back within its grace time.
  case undoEnd = "undo-end"
  /// Removes what `end` archived, and the links to it, after the grace time.
  case removeEnded = "remove-ended"
}
