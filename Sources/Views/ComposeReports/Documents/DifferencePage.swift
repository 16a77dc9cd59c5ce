package import ComposePlanning
import ReleaseModel

/// The values of the template of the page of `diff --html`.
private struct DifferencePage: Sendable {
  let names: PageNames
  /// The day on which the two were compared, `YYYY-MM-DD`.
  let date: String
  let from: Side
  let to: Side
  let removed: [Row]
  let added: [Row]
  let updated: [Row]
  let downgraded: [Row]
  let changed: [Row]
  let unchanged: String

  struct Side: Sendable {
    let release: String
    let state: String
    let packages: String
    let rpms: String
    let size: String

    init(_ side: ReleaseDifference.Side) {
      release = side.release.description
      state = side.state.rawValue
      packages = side.packages.grouped
      rpms = side.rpms.grouped
      size = ByteCount.text(side.bytes)
    }
  }

  struct Row: Sendable {
    let package: String
    let from: String
    let to: String
    /// In the release that has it; in the second, where both have it.
    let size: String
    let change: String
    let isRetired: Bool
    /// Names of RPMs that came and went, in words; empty for none.
    let rpms: String

    init(_ entry: ReleaseDifference.Entry) {
      package = entry.package
      from = entry.from ?? ""
      to = entry.to ?? ""
      size = (entry.bytesTo ?? entry.bytesFrom).map(ByteCount.text) ?? ""
      change = entry.growth
      isRetired = entry.isRetired
      rpms = [("new: ", entry.rpmsAdded), ("gone: ", entry.rpmsRemoved)]
        .filter { !$0.1.isEmpty }.map { $0.0 + $0.1.joined(separator: ", ") }
        .joined(separator: "; ")
    }
  }

  init(_ difference: ReleaseDifference, names: PageNames, date: String) {
    self.names = names
    self.date = date
    from = Side(difference.from)
    to = Side(difference.to)
    removed = difference.removed.map(Row.init)
    added = difference.added.map(Row.init)
    updated = difference.updated.map(Row.init)
    downgraded = difference.downgraded.map(Row.init)
    changed = difference.changed.map(Row.init)
    unchanged = difference.unchanged.counted("package is", "packages are")
  }
}

extension ReleaseDocuments {
  /// What differs between two releases: one page without anything from elsewhere.
  ///
  /// - Parameters:
  ///   - names: of the stream of the second, or of both.
  ///   - date: the day on which they were compared, `YYYY-MM-DD`.
  ///
  /// Throws `noInput` where no directory has the template, `badData` where it is not valid.
  package func differencePage(
    _ difference: ReleaseDifference, names: PageNames, date: String
  ) throws -> String {
    try library.render("diff.html", DifferencePage(difference, names: names, date: date))
  }
}
