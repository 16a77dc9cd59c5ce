package import ComposeStream
import ComposeTrees
import ComposeChecks
package import ComposeStream
import ComposePolicy
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Makes a new ledger from what the disk proves, in place of one that is
/// missing or cannot be read.
package struct LedgerRebuild: Sendable {
  private let stream: StreamContext

  /// - Parameter stream: its ledger is not looked at.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// Writes the ledger of `survey`; one that is there is put aside, never
  /// removed. Called again after an interruption, it begins anew.
  ///
  /// Returns the name of what was put aside, or nil where nothing was there.
  /// Throws `refused` where the disk contradicts itself.
  package func perform(_ survey: DiskSurvey) throws -> String? {
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
    try write(survey, to: "\(stream.locations.state)/\(temporary)")
    let aside = try putAside(name, in: state)
    _ = try state.move(RelativePath.of(temporary), to: state, RelativePath.of(name))
    return aside
  }

  private static let journalSuffix = "-journal"

  /// Puts the old ledger aside, and its journal also where the ledger itself
  /// is gone: SQLite would apply a journal to whatever has the ledger's name.
  private func putAside(_ name: String, in state: Directory) throws -> String? {
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
    func aside(_ suffix: String) -> String { "\(name).unreadable-\(number)\(suffix)" }
    while taken.contains(aside("")) || taken.contains(aside(Self.journalSuffix)) { number += 1 }
    for suffix in present {
      _ = try state.move(
        RelativePath.of(name + suffix), to: state, RelativePath.of(aside(suffix)))
    }
    return aside("")
  }

  private func write(_ survey: DiskSurvey, to path: String) throws {
    let ledger = try Ledger.open(path: path)
    try ledger.commit { change in
      for release in survey.releases {
        try change.restore(release.record)
        for tree in release.record.trees { try change.setTree(tree) }
        for (tree, files) in release.unlisted { try change.setUnlistedFiles(files, of: tree) }
        try change.addBuilds(release.builds, to: release.record.id)
        try change.addEvent(
          command: "rebuild", release: release.record.id.description,
          operatorName: stream.operatorName,
          summary: "\(release.record.state.rawValue), as the disk proves", at: stream.time.now)
      }
    }
    try ledger.close()
  }
}
