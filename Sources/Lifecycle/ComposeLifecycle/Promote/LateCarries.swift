import ComposePolicy
package import ComposeStream
package import ReleaseLedger
package import ReleaseModel

/// Files that mirrors would get only together with the link: a push came after the release
/// was published.
package struct LateCarries: Hashable, Sendable {
  /// How many; at least one.
  package let files: Int
  /// The release whose clients may ask for them.
  package let current: ReleaseID

  /// Nil for none.
  init?(_ files: Int, from current: ReleaseID) {
    guard files > 0 else { return nil }
    self.files = files
    self.current = current
  }

  /// What is wrong, as the end of a sentence.
  package var cause: String {
    "\(files.counted("file")) that clients of \(current) may ask for "
      + "\(files == 1 ? "is" : "are") not on mirrors yet"
  }
}

extension StreamContext {
  /// What keeps `record` from being promoted however long it soaks; nil where nothing does,
  /// where the policy has no `mirrors`, and where trees cannot be read: other gates say that.
  package func lateCarries(of record: ReleaseRecord) -> LateCarries? {
    guard record.state == .published, let current = try? ledger.currentRelease(),
      current.id < record.id
    else { return nil }
    return lateCarries(of: record, leaving: current)
  }

  /// What mirrors would get only with a link that leaves `former` for `record`; nil as above.
  package func lateCarries(of record: ReleaseRecord, leaving former: ReleaseRecord) -> LateCarries?
  {
    guard policy.mirrors != nil,
      let carries = try? CarryOver.all(from: former, to: record, in: self),
      let refreshes = try? RefreshRevision.all(of: record, after: former, in: self),
      let late = try? LinkChange.lateFiles(carries, refreshes, in: self)
    else { return nil }
    return LateCarries(late, from: former.id)
  }

  /// Published releases that a push has made wait anew, oldest first.
  package func lateReleases() throws -> [(record: ReleaseRecord, late: LateCarries)] {
    guard policy.mirrors != nil else { return [] }
    return try ledger.releases().sorted { $0.id < $1.id }.compactMap { record in
      lateCarries(of: record).map { (record, $0) }
    }
  }
}
