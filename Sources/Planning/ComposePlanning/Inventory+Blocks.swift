import ReleaseModel

extension Inventory {
  /// What is blocked, each with whether it was not when the current release was
  /// composed.
  var blockedWithNews: [BlockedEntry] {
    (blocked ?? []).map { entry in
      var entry = entry
      entry.isNew = isNews(entry) ? true : nil
      return entry
    }
  }

  /// Whether a block is new: nobody was told of it with the current release.
  func isNews(_ entry: BlockedEntry) -> Bool {
    blockedBefore.map { !$0.contains(entry.package) } ?? true
  }
}
