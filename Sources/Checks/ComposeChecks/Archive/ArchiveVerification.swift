import ComposePolicy
package import ComposeStream
package import ComposeTrees
import DurableFiles
import ReleaseLedger
package import ReleaseModel

/// `archive verify`: reads archived trees back from the device, what was not read for longest
/// first, and remembers what was read.
package struct ArchiveVerification: Sendable {
  /// How much is read.
  package struct Limits: Sendable {
    /// Nil for as fast as the device is, with several readers.
    package var bytesPerSecond: Int?
    /// After which no further file is begun; nil for no end.
    package var seconds: Int?
    /// Only files that were not read for so long; nil for all.
    package var unreadFor: Int?
    /// Paths below the archive root of the only files that are read; nil for all.
    package var only: Set<String>?

    /// All of the archive, as fast as it goes.
    package init(
      bytesPerSecond: Int? = nil, seconds: Int? = nil, unreadFor: Int? = nil,
      only: Set<String>? = nil
    ) {
      self.bytesPerSecond = bytesPerSecond
      self.seconds = seconds
      self.unreadFor = unreadFor
      self.only = only
    }
  }

  /// A file that is not what the manifest says, or not there.
  package struct Damage: Hashable, Sendable {
    /// Whose file it is.
    package let tree: TreeName
    /// Below the tree.
    package let path: RelativePath
    /// What its contents should be.
    package let expected: Checksum
    /// What is wrong, for people.
    package let finding: Finding

    /// Its path below the archive root.
    package var place: String { "\(tree)/\(path)" }

    /// Whether it is the manifest, by which alone the tree's files are known.
    package var isManifest: Bool { path.description == Manifest.fileName }
  }

  /// How one tree was read until now.
  package struct Tree: Sendable {
    /// Which one.
    package let name: TreeName
    /// Files of its manifest, and of its repositories' metadata.
    package var files = 0
    /// Bytes of those that are there.
    package var bytes = 0
    /// Files that were never read and found sound.
    package var neverRead = 0
    /// Files that were not read for ``TreeReading/patience``; those never read as well.
    package var notReadForAYear = 0
    /// When the file was read that was not read for longest; nil where one never was.
    package var oldest: Int?
  }

  /// What came of it.
  package struct Result: Sendable {
    /// In the order of releases.
    package var trees: [Tree] = []
    /// All that is missing, changed or unknown.
    package var findings: [Finding] = []
    /// What of that can be repaired.
    package var damage: [Damage] = []
    /// Files that were read now; of several names of one file, each.
    package var filesRead = 0
    /// Bytes that were read now.
    package var bytesRead = 0
    /// Whether all was read that was due.
    package var isComplete = true
  }

  private let stream: StreamContext
  private let limits: Limits

  /// Trees are those that the ledger of `stream` has as archived.
  package init(stream: StreamContext, limits: Limits = Limits()) {
    self.stream = stream
    self.limits = limits
  }

  /// Seconds between two times that what was read is written down.
  private static let interval: Double = 30
  /// Reads what is due.
  ///
  /// Throws `refused` where nothing is archived, and what reading a directory throws.
  ///
  /// - Parameters:
  ///   - readings: what was read before; has what was read now as well, whatever is thrown.
  ///   - save: writes them down; called now and then, and at the end.
  package func run(
    _ readings: inout ArchiveReadings, save: (ArchiveReadings) throws -> Void
  ) throws -> Result {
    var result = Result()
    let trees = try opened(&result)
    var times = trees.map { $0.reading(of: readings) }
    readings.keep(manifests: Set(trees.map(\.record.manifest)))
    let due = due(in: trees, times)
    stream.activity.begin(
      "Reading the archive of \(stream.policy.stream)", total: due.count, unit: "files")
    defer { stream.activity.end() }
    let pace = ReadingPace(bytesPerSecond: limits.bytesPerSecond)
    let sums = Guarded<[FileIdentity: Checksum]>([:])
    var (next, saved) = (0, pace.elapsed)
    do {
      while next < due.count {
        if let seconds = limits.seconds, pace.elapsed >= Double(seconds) {
          result.isComplete = false
          break
        }
        let files = Array(due[next..<min(next + batch, due.count)])
        let read = try Concurrently.map(files, threads: threads) { file in
          try Interruption.check(remaining: "reading the archive")
          stream.activity.advance(by: 1)
          return try trees[file.tree].check(file.index, sums, pace)
        }
        for (file, outcome) in zip(files, read) {
          times[file.tree]?.set(
            file.index, to: outcome.damage == nil ? stream.time.now : TreeReading.never)
          result.filesRead += 1
          result.bytesRead += outcome.bytes
          if let damage = outcome.damage {
            result.damage.append(damage)
            result.findings.append(damage.finding)
          }
        }
        next += files.count
        guard pace.elapsed - saved >= Self.interval else { continue }
        saved = pace.elapsed
        for reading in times.compactMap({ $0 }) { readings.set(reading) }
        try save(readings)
      }
    } catch let error as ComposeError where error.kind == .interrupted {
      for reading in times.compactMap({ $0 }) { readings.set(reading) }
      try save(readings)
      throw error
    }
    for reading in times.compactMap({ $0 }) { readings.set(reading) }
    try save(readings)
    result.trees = zip(trees, times).map { $0.state($1, at: stream.time.now) }
    return result
  }

  /// Files that are read between two looks at the clock.
  private var batch: Int { limits.bytesPerSecond == nil ? 64 : 1 }
  private var threads: Int { limits.bytesPerSecond == nil ? Concurrently.readers : 1 }

  /// The archived trees. Names are looked at in all of them, whatever is due.
  private func opened(_ result: inout Result) throws -> [ArchivedTree] {
    var trees: [ArchivedTree] = []
    for record in try stream.archivedTrees() {
      try Interruption.check(remaining: "looking at the archive")
      let tree = try ArchivedTree(record, in: stream)
      result.findings += tree.findings
      result.damage += tree.damage
      result.findings += tree.damage.map(\.finding)
      trees.append(tree)
    }
    return trees
  }

  /// One file that is to be read.
  private struct DueFile: Sendable {
    let tree: Int
    let index: Int
    let time: Int
  }

  /// What was not read for longest first; files of one time in the order of trees and paths.
  private func due(in trees: [ArchivedTree], _ times: [TreeReading?]) -> [DueFile] {
    let limit = limits.unreadFor.map { stream.time.now.subtractingClamped($0) }
    return zip(trees, times).enumerated().flatMap { tree, archived in
      let (archived, reading) = archived
      return archived.present.compactMap { index -> DueFile? in
        guard let time = reading?.times[index], limit.map({ time <= $0 }) ?? true,
          limits.only?.contains(archived.name(of: index)) ?? true
        else { return nil }
        return DueFile(tree: tree, index: index, time: time)
      }
    }.sorted { ($0.time, $0.tree, $0.index) < ($1.time, $1.tree, $1.index) }
  }
}
