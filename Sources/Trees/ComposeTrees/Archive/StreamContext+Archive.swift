import ComposePolicy
package import ComposeStream
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// All trees that are below the archive root, located there, in the order of releases.
  ///
  /// Throws `refused` where there are none.
  package func archivedTrees() throws -> [TreeRecord] {
    let trees = try ledger.releases().sorted { $0.id < $1.id }.flatMap(\.archivedTrees)
    guard !trees.isEmpty else {
      throw ComposeError(
        .refused, policy.stream, "no release of it is archived",
        remedy: "Archive a superseded release first")
    }
    return trees
  }

  /// Archived releases that were not read back for a year, or since they are there: disks lose bits
  /// of files that nobody reads. Only names are looked at, so a tree that is not there is not
  /// among them; that is for whoever reads it.
  package func unreadFindings() throws -> [Finding] {
    let before = time.now.subtractingClamped(TreeReading.patience)
    let archived = try ledger.releases().filter { $0.state == .archived && $0.since <= before }
    guard !archived.isEmpty,
      let root = try Directory.openIfPresent(root: locations.archive)
    else { return [] }
    let readings = try ArchiveReadings(of: self) { _ in }
    let late = try archived.sorted { $0.id < $1.id }.filter { release in
      try release.archivedTrees.contains { tree in
        guard let directory = try root.openIfPresent(tree.name.path),
          let copy = try TreeReading.Copy(of: directory, recorded: tree.manifest)
        else { return false }
        return readings.oldest(of: copy) <= before
      }
    }.map(\.id.description)
    guard !late.isEmpty else { return [] }
    return [
      Finding(
        code: "archive-unread",
        message: "the archive was not read back for a year, or never: "
          + late.joined(separator: ", "),
        remedy: "Read it, best from cron: "
          + commands.commandLine("archive verify \(policy.major)"))
    ]
  }
}
