import ComposePolicy
package import ComposeStream
package import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Copies archived trees to a directory of choice, such as another disk: every file is read and
/// compared, and what is copied is read back. Files that are one in the archive are one there.
///
/// It changes nothing below the policy's roots. Interrupted and called again, it goes on.
package struct ArchiveCopy {
  private let stream: StreamContext
  /// Absolute path.
  private let directory: String

  /// Throws `refused` for a directory that lies within a root of the stream, or holds one.
  ///
  /// - Parameter directory: absolute path.
  package init(to directory: String, in stream: StreamContext) throws {
    self.stream = stream
    self.directory = directory
    for root in stream.locations.roots.map(\.path) + [stream.locations.state]
    where "\(directory)/".hasPrefix("\(root)/") || "\(root)/".hasPrefix("\(directory)/") {
      throw ComposeError(
        .refused, directory.sanitizedForDisplay, "it lies within \(root), or holds it",
        remedy: "Name a directory outside of the policy's roots")
    }
  }

  /// What happened to one tree.
  package enum Outcome: String, Sendable {
    /// It was there, whole.
    case present
    /// It shares its files with the archive: no second copy of the data.
    case linked
    /// Every file was read back.
    case copied
  }

  /// What would be done with a tree.
  ///
  /// Throws `cannotCreate` where another tree has its place.
  package func outcome(of tree: TreeRecord) throws -> Outcome {
    if try isThere(tree) { return .present }
    let archived = try stream.locations.open(tree)
    return try archived.canLink(to: Directory.openNearest(to: directory)) ? .linked : .copied
  }

  private func isThere(_ tree: TreeRecord) throws -> Bool {
    guard let root = try Directory.openIfPresent(root: directory),
      try root.status(of: tree.name.path) != nil
    else { return false }
    guard let found = try? root.open(tree.name.path).manifest(), found.checksum == tree.manifest
    else {
      throw ComposeError(
        .cannotCreate, "\(directory.sanitizedForDisplay)/\(tree.name)", "another tree is there",
        remedy: "Move it away, then run the command again")
    }
    return true
  }

  /// Copies `trees`, each located in the archive, and notes what was read on the way.
  ///
  /// - Parameter present: trees of the stream that may be in the directory already, whose files
  ///   further trees share.
  package func perform(
    _ trees: [TreeRecord], beside present: [TreeRecord], noting readings: inout ArchiveReadings
  ) throws -> [(tree: TreeName, outcome: Outcome)] {
    let root = try Directory.create(root: directory)
    var done: [(tree: TreeName, outcome: Outcome)] = []
    for tree in trees {
      let outcome = try outcome(of: tree)
      done.append((tree.name, outcome))
      if outcome == .present { continue }
      let source = try stream.locations.open(tree)
      guard try source.manifest().checksum == tree.manifest else {
        throw ComposeError(
          .badData, "\(source.path)/\(Manifest.fileName)", "it is not what was recorded",
          remedy: "Repair the archive with: "
            + stream.commands.commandLine(
              "archive verify \(stream.policy.major) --repair-from DIR"))
      }
      let held = try present.compactMap { try root.openIfPresent($0.name.path) }
      try TreeCopy(
        source: source, root: root, path: tree.name.path,
        twins: stream.policy.twins(of: tree.name),
        held: TreeFileIndex(trees: held, activity: stream.activity), library: stream.library,
        activity: stream.activity
      ).perform()
      try note(source, root.open(tree.name.path), outcome, in: &readings)
    }
    return done
  }

  /// A copy was read back a moment ago; a link is the file that it was.
  private func note(
    _ source: Directory, _ target: Directory, _ outcome: Outcome,
    in readings: inout ArchiveReadings
  ) throws {
    let files = try target.manifest().manifest.checksums.count
    let copy = try TreeReading.Copy(of: target)
    let times =
      outcome == .copied
      ? Array(repeating: stream.time.now, count: files)
      : readings.reading(of: try TreeReading.Copy(of: source), files: files).times
    readings.set(TreeReading(copy, times: times))
  }
}
