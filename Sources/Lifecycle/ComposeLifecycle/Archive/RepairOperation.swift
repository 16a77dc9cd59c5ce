package import ComposeChecks
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Puts sound copies in the place of damaged or missing files of one archived release.
package struct RepairOperation: Operation {
  package static let kind = OperationKind.repair

  package let release: ReleaseID
  /// What is replaced.
  package let files: [File]

  /// One file of an archived tree.
  package struct File: Hashable, Codable, Sendable {
    /// Whose file it is.
    package let tree: TreeName
    /// Below the tree.
    package let path: RelativePath
    /// What its contents should be.
    package let sha256: Checksum

    /// Its path below the archive root.
    package var place: String { "\(tree)/\(path)" }

    /// What will be repaired of `damage`.
    package init(_ damage: ArchiveVerification.Damage) {
      (tree, path, sha256) = (damage.tree, damage.path, damage.expected)
    }
  }

  /// What can be repaired of `damage` in `release`: those files that `sources` has. Their copies
  /// are fetched now, unless it is for a dry run; nothing of the archive changes yet.
  ///
  /// Throws `unavailable` where a server gives no answer.
  ///
  /// - Parameters:
  ///   - note: told where each file comes from, and of those that nobody has.
  package init(
    _ release: ReleaseID, _ damage: [ArchiveVerification.Damage], from sources: RepairSources,
    in stream: StreamContext, note: (String) -> Void
  ) throws {
    self.release = release
    let store = try RepairStore(of: release, in: stream)
    var (files, known): ([File], Set<Checksum>) = ([], [])
    for damage in damage where damage.tree.release == release {
      let file = File(damage)
      // Repaired meanwhile, or by an interrupted command.
      if try RepairFile(file: file).isDone(in: stream) { continue }
      if !known.contains(file.sha256) {
        guard let sound = try sources.sound(damage) else {
          note("\(damage.place) is sound nowhere: it stays as it is")
          continue
        }
        note("\(damage.place) is taken from \(sound.place)")
        if stream.isForChanges { try store.add(sound) }
        known.insert(file.sha256)
      }
      files.append(file)
    }
    self.files = files
  }

  /// The damage is just that its trees are not what they should be.
  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] { [] }

  package func preflight(in stream: StreamContext) throws {
    let archive = try Directory.open(root: stream.locations.archive)
    for tree in Set(files.map(\.tree)) {
      try (archive.openIfPresent(tree.path) ?? archive).requireWritable()
    }
  }

  package var title: String { "repair \(release)" }
  package var summary: String {
    let names = files.prefix(3).map(\.place).joined(separator: ", ")
    return "repaired \(names)" + (files.count > 3 ? " and \(files.count - 3) more" : "")
  }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    files.map { RepairFile(file: $0) as any Step }
      + [try RepairStore(of: release, in: stream).removing]
  }

  /// Each file is damaged or repaired, and the next command repairs what is left.
  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    try RepairStore(of: release, in: stream).removing.perform(in: stream)
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    { _ in }
  }
}

/// Puts one sound copy in the place of a damaged file, in one instant.
struct RepairFile: Step {
  let file: RepairOperation.File

  var title: String { "put a sound copy in the place of \(file.place)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    guard
      let tree = try Directory.openIfPresent(root: stream.locations.archive)?
        .openIfPresent(file.tree.path),
      try tree.status(of: file.path)?.kind == .file
    else { return false }
    // A block that cannot be read is damage.
    return (try? tree.openFile(file.path).sha256FromDevice()) == file.sha256
  }

  func perform(in stream: StreamContext) throws {
    let sound = try RepairStore(of: file.tree.release, in: stream).file(file.sha256)
    let tree = try Directory.create(root: stream.locations.archive).makeDirectories(file.tree.path)
    let parent = try file.path.parent.map { try tree.makeDirectories($0) } ?? tree
    if let status = try parent.status(named: file.path.name), status.kind != .file {
      throw ComposeError(
        .cannotCreate, "\(tree.path)/\(file.path)", "it is not a regular file",
        remedy: "Look at what is there, and move it away")
    }
    // Names that shared the damaged file share the sound one.
    try parent.replaceFile(named: file.path.name, with: sound)
    try parent.sync()
  }
}
