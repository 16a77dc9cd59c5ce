import ComposeChecks
import ComposeStream
import DurableFiles
import ReleaseModel

/// Sound copies of damaged files, each named by its SHA-256, on the file system of the archive:
/// what was fetched is there, whole and durable, before the first file of the archive changes.
struct RepairStore {
  let stream: StreamContext
  let path: RelativePath

  init(of release: ReleaseID, in stream: StreamContext) throws {
    self.stream = stream
    path = try RelativePath.of("\(Directory.temporaryPrefix)repair-\(release)")
  }

  /// Puts `sound` into the store.
  func add(_ sound: RepairSources.Sound) throws {
    let archive = try Directory.create(root: stream.locations.archive)
    let store = try archive.makeDirectories(path)
    // Files of others are never linked: they may be written to.
    try store.replaceFile(
      named: sound.file.checksum.hex, with: sound.file, isLinked: sound.isOurs)
    try store.sync()
  }

  /// The copy of this SHA-256, read a moment ago.
  ///
  /// Throws `noInput` where the store has none.
  func file(_ checksum: Checksum) throws -> VerifiedFile {
    let store = try Directory.open(root: stream.locations.archive).open(path)
    return try VerifiedFile(
      store.openFile(RelativePath.of(checksum.hex)), expecting: checksum,
      remedy: "Run the command again: it fetches the file anew")
  }

  /// Removes the store.
  var removing: RemoveTree { RemoveTree(root: stream.locations.archive, path: path) }
}
