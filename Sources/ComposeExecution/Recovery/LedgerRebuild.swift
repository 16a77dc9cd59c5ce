import ComposePolicy
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Makes a new ledger from what the disk proves, in place of one that is
/// missing or cannot be read.
package struct LedgerRebuild: Sendable {
  private let site: Site

  /// - Parameter site: its ledger is not looked at.
  package init(site: Site) {
    self.site = site
  }

  /// Writes the ledger of `survey`; one that is there is put aside, never
  /// removed. Called again after an interruption, it begins anew.
  ///
  /// Returns the name of what was put aside, or nil where nothing was there.
  /// Throws `refused` where the disk contradicts itself.
  package func perform(_ survey: DiskSurvey) throws -> String? {
    if let first = survey.damage.first {
      throw ComposeError(
        .refused, "ledger of \(site.policy.stream)",
        "the disk does not prove all of it: \(first.message)",
        remedy: "Mend what the findings name, then try again", findings: survey.damage)
    }
    let state = try Directory.create(root: site.locations.state)
    let name = site.locations.ledgerName
    let temporary = Directory.temporaryPrefix + name
    for suffix in ["", Self.journalSuffix] { try state.removeFile(temporary + suffix) }
    try write(survey, to: "\(site.locations.state)/\(temporary)")
    let aside = try putAside(name, in: state)
    guard try state.move(RelativePath.of(temporary), to: state, RelativePath.of(name)) else {
      throw ComposeError(
        .inputOutput, site.locations.ledgerFile, "it could not be given its name",
        remedy: "Look at the directory, then try again")
    }
    return aside
  }

  private static let journalSuffix = "-journal"

  /// The old ledger goes before its journal: SQLite would apply a journal to
  /// whatever has the ledger's name.
  private func putAside(_ name: String, in state: Directory) throws -> String? {
    guard try state.status(of: RelativePath.of(name)) != nil else { return nil }
    var number = 1
    while try state.status(of: RelativePath.of("\(name).unreadable-\(number)")) != nil {
      number += 1
    }
    let aside = "\(name).unreadable-\(number)"
    for suffix in ["", Self.journalSuffix] {
      let from = try RelativePath.of(name + suffix)
      guard try state.status(of: from) != nil else { continue }
      _ = try state.move(from, to: state, RelativePath.of(aside + suffix))
    }
    return aside
  }

  private func write(_ survey: DiskSurvey, to path: String) throws {
    let ledger = try Ledger.open(path: path)
    try ledger.commit { change in
      for release in survey.releases {
        try change.restore(release.record)
        for tree in release.record.trees { try change.setTree(tree) }
        try change.addBuilds(release.builds, to: release.record.id)
        try change.addEvent(
          command: "rebuild", release: release.record.id.description,
          operatorName: site.operatorName,
          summary: "\(release.record.state.rawValue), as the disk proves", at: site.time.now)
      }
    }
    try ledger.close()
  }
}
