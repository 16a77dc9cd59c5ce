import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// One archived tree while it is read.
struct ArchivedTree: Sendable {
  let record: TreeRecord
  private let remedy: String
  /// Nil where it is not there.
  private let directory: Directory?
  /// In the order of paths; empty where the manifest is not what was recorded.
  private let files: [(path: RelativePath, checksum: Checksum)]
  private let statuses: [FileStatus?]
  /// Files that are there, by their places in the manifest.
  let present: [Int]
  /// Nothing was read yet; nil where the manifest is not what was recorded.
  private var unread: TreeReading?
  /// What is wrong and cannot be repaired file by file.
  private(set) var findings: [Finding] = []
  /// Files that are missing, the manifest among them.
  private(set) var damage: [ArchiveVerification.Damage] = []

  /// Looks at all names of the tree, and reads its manifest.
  init(_ record: TreeRecord, in stream: StreamContext) throws {
    self.record = record
    remedy =
      "Repair it with: "
      + stream.commands.commandLine("archive verify \(stream.policy.major) --repair-from DIR")
    let path = "\(stream.locations.archive)/\(record.name.path)"
    let root = try Directory.openIfPresent(root: stream.locations.archive)
    guard let directory = try root?.openIfPresent(record.name.path) else {
      (directory, files, statuses, present) = (nil, [], [], [])
      if let root, try Self.hasOthers(than: record, in: root, stream) {
        // Its manifest is what can be fetched first; its files are known by that.
        damage = [
          ArchiveVerification.Damage(
            tree: record.name, path: try RelativePath.of(Manifest.fileName),
            expected: record.manifest,
            finding: Finding(code: "missing", message: "\(path) is missing", remedy: remedy))
        ]
      } else {
        findings = [
          Finding(
            code: "missing", message: "\(path) is missing, as all of the archive is",
            remedy: "Look whether its disk is mounted; else restore the trees from another copy of "
              + "the archive")
        ]
      }
      return
    }
    self.directory = directory
    let name = try RelativePath.of(Manifest.fileName)
    let found = try? directory.manifest()
    guard let manifest = found, manifest.checksum == record.manifest else {
      (files, statuses, present) = ([], [], [])
      damage = [
        ArchiveVerification.Damage(
          tree: record.name, path: name, expected: record.manifest,
          finding: Finding(
            code: "manifest", message: "\(path)/\(name) is not what was recorded",
            remedy: remedy))
      ]
      return
    }
    let files = manifest.manifest.sorted
    let walked = Dictionary(
      try directory.walk(skippingOdd: true).map { ($0.path, $0.status) }
    ) { first, _ in first }
    self.files = files
    statuses = files.map { walked[$0.path] }
    present = statuses.indices.filter { [statuses] in statuses[$0]?.kind == .file }
    unread = TreeReading(try TreeReading.Copy(of: directory), files: files.count)
    for (file, status) in zip(files, statuses) where status?.kind != .file {
      damage.append(Self.damage(record.name, file, path, isThere: status != nil, remedy))
    }
    findings += walked.keys.filter {
      manifest.manifest.checksums[$0] == nil && !Manifest.isOwn($0)
    }.sorted().map {
      Finding(
        code: "unknown", message: "\(path)/\($0) is in no record",
        remedy: "Find out who put it there, and remove it")
    }
  }

  /// Whether another archived tree of the stream is there: then the disk is mounted, and this one
  /// is gone.
  private static func hasOthers(
    than record: TreeRecord, in root: Directory, _ stream: StreamContext
  ) throws -> Bool {
    try stream.ledger.releases().flatMap(\.archivedTrees).contains {
      try $0.name != record.name && root.openIfPresent($0.name.path) != nil
    }
  }

  private static func damage(
    _ tree: TreeName, _ file: (path: RelativePath, checksum: Checksum), _ place: String,
    isThere: Bool, _ remedy: String
  ) -> ArchiveVerification.Damage {
    ArchiveVerification.Damage(
      tree: tree, path: file.path, expected: file.checksum,
      finding: Finding(
        code: isThere ? "changed" : "missing",
        message: "\(place)/\(file.path) "
          + (isThere ? "is no longer a regular file" : "is missing"), remedy: remedy))
  }

  /// When each file of this very copy was read; nil where the manifest is not what was recorded.
  func reading(of readings: ArchiveReadings) -> TreeReading? {
    guard let unread else { return nil }
    var reading = readings.reading(of: unread.copy, files: files.count)
    // What is not there was not read.
    for index in files.indices where statuses[index]?.kind != .file {
      reading.set(index, to: TreeReading.never)
    }
    return reading
  }

  /// Path of a file below the archive root.
  func name(of index: Int) -> String { "\(record.name)/\(files[index].path)" }

  /// Reads one file.
  ///
  /// - Parameters:
  ///   - index: its place in the manifest.
  ///   - sums: of files with several names that were read already.
  /// - Returns: what is wrong with it, and how many bytes were read for that.
  func check(
    _ index: Int, _ sums: Guarded<[FileIdentity: Checksum]>, _ pace: ReadingPace
  ) throws -> (damage: ArchiveVerification.Damage?, bytes: Int) {
    let (path, expected) = files[index]
    guard let directory else { return (nil, 0) }
    func damaged(_ code: String, _ cause: String) -> ArchiveVerification.Damage {
      ArchiveVerification.Damage(
        tree: record.name, path: path, expected: expected,
        finding: Finding(
          code: code, message: "\(directory.path)/\(path) \(cause)", remedy: remedy))
    }
    do {
      let file = try directory.openFile(path)
      let identity = file.status.identity
      let known = sums.withLock { $0[identity] }
      let found = try known ?? file.sha256FromDevice(pacing: pace.spend)
      if file.status.links > 1 { sums.withLock { $0[identity] = found } }
      let bytes = known == nil ? file.status.size : 0
      return found == expected
        ? (nil, bytes) : (damaged("changed", "has other contents than recorded"), bytes)
    } catch let error as ComposeError where error.kind == .noInput || error.kind == .cannotCreate {
      return (damaged("missing", "is missing"), 0)
    } catch let error as ComposeError where error.kind == .inputOutput {
      // A disk that cannot read a block says so, and has others.
      return (damaged("unreadable", "cannot be read: \(error.cause)"), 0)
    }
  }

  /// How it was read until now.
  func state(_ reading: TreeReading?, at now: Int) -> ArchiveVerification.Tree {
    var state = ArchiveVerification.Tree(name: record.name)
    state.files = files.count
    state.bytes = statuses.clampedSum { $0?.size ?? 0 }
    let times = reading?.times ?? []
    state.neverRead = times.count { $0 == TreeReading.never }
    state.notReadForAYear = times.count {
      $0 == TreeReading.never || now.subtractingClamped($0) >= TreeReading.patience
    }
    state.oldest = state.neverRead > 0 ? nil : times.min()
    return state
  }
}
