import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import MirrorDocuments
import ReleaseLedger
import ReleaseModel

/// What the disk says of ends of life.
extension DiskSurveyor {
  /// What the archive states, before its trees were asked.
  struct StatedEnds {
    /// Those that were carried out.
    var ends: [EndOfLife] = []
    /// Whether there is a document, and it cannot be read.
    var isUnreadable = false
  }

  /// Reads the document at the top of the archive root.
  func statedEnds() throws -> StatedEnds {
    let path = try RelativePath.of(EndsDocument.name(of: stream.policy.stream))
    guard let root = try Directory.openIfPresent(root: stream.locations.archive),
      let status = try root.status(of: path)
    else { return StatedEnds() }
    guard status.kind == .file, status.size <= EndsDocument.limit,
      let document = EndsDocument(
        try root.openFile(path).contents(limit: EndsDocument.limit)),
      document.stream == stream.policy.stream
    else { return StatedEnds(isUnreadable: true) }
    return StatedEnds(ends: document.ends)
  }

  /// Areas of which `trees`, those of one release, have one in the archive with the manifest of
  /// the public one.
  func copies(among trees: [FoundTree]) -> Set<Area> {
    func manifests(_ place: TreeRecord.Place) -> [Area: Checksum] {
      Dictionary(
        trees.filter { $0.place == place }.compactMap { tree in
          // One that cannot be read is found to be damaged.
          (try? tree.directory.manifest()).map { (tree.name.area, $0.checksum) }
        }
      ) { first, _ in first }
    }
    let archived = manifests(.archive)
    // Most releases are in one place alone, and manifests are long.
    guard !archived.isEmpty else { return [] }
    let originals = manifests(.public)
    return Set(archived.filter { area, checksum in originals[area] == checksum }.keys)
  }

  /// What is proven of the ends that are stated, and what is to be said of the others.
  ///
  /// - Parameter records: as the disk proves them.
  func endings(
    _ stated: StatedEnds, among records: [ReleaseRecord]
  ) throws -> ([EndOfLife], [Finding]) {
    var (endings, notes): ([EndOfLife], [Finding]) = ([], [])
    func note(_ message: String, _ remedy: String) {
      notes.append(Finding(code: "unproven", message: message, remedy: remedy))
    }
    for end in stated.ends {
      guard let done = end.done else { continue }
      guard let record = records.first(where: { $0.id == done.release }),
        !record.trees.isEmpty, record.trees.allSatisfy(\.isArchived)
      else {
        let name = end.subject.map(\.description) ?? "\(stream.policy.major)"
        note(
          "whether \(end.subject.map { "release \($0)" } ?? stream.policy.stream) ended on "
            + "\(end.day), as the archive says: the trees of \(done.release) are not there as they "
            + "are below the public root",
          "Give it again: " + stream.commands.commandLine("end \(name)"))
        continue
      }
      // What was interrupted before the first original was gone is to be done again.
      let areGone = record.trees.allSatisfy { $0.place == .archive }
      let isClosed = areGone || done.isClosed && record.state != .current
      endings.append(
        end.with(EndOfLife.Done(release: done.release, at: done.at, isClosed: isClosed)))
    }
    let major = stream.policy.major
    let notice = "\(stream.locations.public)/\(stream.endNoticeName)"
    if stated.isUnreadable {
      note(
        "what ended: \(stream.locations.archive)/\(EndsDocument.name(of: stream.policy.stream)) "
          + "cannot be read",
        "Restore it from a mirror of the archive, and try again; or give the ends again: "
          + stream.commands.commandLine("end \(major)"))
    } else if !endings.contains(where: { $0.subject == nil }),
      try Directory.openIfPresent(root: stream.locations.public)?
        .status(of: RelativePath.of(stream.endNoticeName)) != nil
    {
      note(
        "when \(stream.policy.stream) ended, as \(notice) says that it did: the archive says nothing "
          + "of it",
        records.contains { $0.state == .current }
          ? "Give it again: " + stream.commands.commandLine("end \(major)")
          : "Compose nothing; or remove that file if it is not true")
    }
    return (endings, notes)
  }
}
