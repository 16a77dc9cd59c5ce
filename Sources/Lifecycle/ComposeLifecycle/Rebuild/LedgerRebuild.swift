import ComposePolicy
package import ComposeStream
import DurableFiles
package import ReleaseLedger
import ReleaseModel

/// Makes a new ledger from what the disk proves, in place of one that is
/// missing, cannot be read, or is an older copy.
package struct LedgerRebuild: Sendable {
  private let stream: StreamContext

  /// - Parameter stream: its ledger is not looked at.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// Writes the ledger of `survey`; one that is there is put aside, never
  /// removed. Called again after an interruption, it begins anew.
  ///
  /// - Parameter old: the ledger that is there, where it can be read: what the disk
  ///   does not prove is taken from it.
  ///
  /// Returns the name of what was put aside, or nil where nothing was there.
  /// Throws `refused` where the disk contradicts itself.
  package func perform(_ survey: DiskSurvey, from old: Ledger? = nil) throws -> String? {
    if let first = survey.damage.first {
      throw ComposeError(
        .refused, "ledger of \(stream.policy.stream)",
        "the disk does not prove all of it: \(first.message)",
        remedy: "Mend what the findings name, then try again", findings: survey.damage)
    }
    let state = try Directory.create(root: stream.locations.state)
    let name = stream.locations.ledgerName
    let temporary = Directory.temporaryPrefix + name
    for suffix in ["", Self.journalSuffix] { try state.removeFile(temporary + suffix) }
    try write(survey, from: old, to: "\(stream.locations.state)/\(temporary)")
    let aside = try putAside(name, as: old == nil ? "unreadable" : "behind", in: state)
    _ = try state.move(RelativePath.of(temporary), to: state, RelativePath.of(name))
    return aside
  }

  private static let journalSuffix = "-journal"

  /// Puts the old ledger aside, and its journal also where the ledger itself
  /// is gone: SQLite would apply a journal to whatever has the ledger's name.
  private func putAside(_ name: String, as word: String, in state: Directory) throws -> String? {
    let present = try ["", Self.journalSuffix].filter {
      try state.status(of: RelativePath.of(name + $0)) != nil
    }
    if present.isEmpty { return nil }
    for suffix in present
    where try state.status(of: RelativePath.of(name + suffix))?.kind != .file {
      throw ComposeError(
        .cannotCreate, "\(stream.locations.state)/\(name)\(suffix)", "it is not a regular file",
        remedy: "Look at what is there, and move it away")
    }
    let taken = Set(try state.names())
    var number = 1
    func aside(_ suffix: String) -> String { "\(name).\(word)-\(number)\(suffix)" }
    while taken.contains(aside("")) || taken.contains(aside(Self.journalSuffix)) { number += 1 }
    for suffix in present {
      _ = try state.move(
        RelativePath.of(name + suffix), to: state, RelativePath.of(aside(suffix)))
    }
    return aside("")
  }

  private func write(_ survey: DiskSurvey, from old: Ledger?, to path: String) throws {
    if let old {
      let ledger = try old.copy(to: path)
      try ledger.commit { change in
        try LedgerAmendment(stream: stream, survey: survey, old: old, change: change).perform()
        try owe(change)
      }
      return try ledger.close()
    }
    let ledger = try Ledger.open(path: path)
    try ledger.commit { change in
      for release in survey.releases {
        try change.restore(release.record)
        try Self.writeContents(of: release, change)
        try change.addEvent(
          command: "rebuild", release: release.record.id.description,
          operatorName: stream.operatorName,
          summary: "\(release.record.state.rawValue), as the disk proves", at: stream.time.now)
      }
      try change.hold(survey.holds)
      for link in survey.links { try change.setLink(link) }
      for ending in survey.endings { try change.setEnding(ending) }
      try owe(change)
    }
    try ledger.close()
  }

  /// No disk proves that mirrors were told all that is there.
  private func owe(_ change: LedgerChange) throws {
    try change.owe(stream.moduleNames, by: "status --from-disk", at: stream.time.now)
  }

  /// Trees and builds of a release that was just recorded.
  static func writeContents(of release: SurveyedRelease, _ change: LedgerChange) throws {
    let id = release.record.id
    for tree in release.record.trees { try change.setTree(tree) }
    for (tree, files) in release.unlisted { try change.setUnlistedFiles(files, of: tree) }
    try change.addBuilds(release.builds, to: id)
    for (cause, builds) in Dictionary(grouping: release.builds, by: \.unlisted) {
      guard let cause else { continue }
      try change.setUnlisted(
        builds.map(\.nvr), because: cause, by: release.record.pushes, of: id)
    }
  }
}
