package import ComposeChecks
import ComposeLifecycle
import ComposePolicy
package import ComposeStream
import ComposeTestSupport
import ComposeTrees
package import DurableFiles
import Foundation
import ReleaseLedger
package import ReleaseModel

/// The archive of a stage, and what can happen to it.
extension Stage {
  /// Ends the stream, or one release.
  ///
  /// - Parameters:
  ///   - release: nil for the whole stream.
  ///   - day: nil for today.
  package func end(_ release: String? = nil, on day: String? = nil) throws {
    let record = try release.map(record) ?? stream.servedRelease()
    guard let record else {
      throw ComposeError(.refused, policy.stream, "no release is current", remedy: "Promote one")
    }
    try Executor(stream: stream).run(
      EndOperation(
        record, isWholeStream: release == nil, on: day.flatMap { CalendarDate($0) }, in: stream))
  }

  /// Files below an archived tree, sorted.
  package func archivedFiles(_ tree: String) throws -> [String] {
    try contents(of: "\(locations.archive)/\(tree)").keys.sorted()
  }

  /// Gives every file of an archived tree an inode of its own.
  package func unlink(_ tree: String) throws {
    for name in try archivedFiles(tree) {
      let path = "\(locations.archive)/\(tree)/\(name)"
      try Shell.check("cp", ["-p", path, path + ".new"])
      try Shell.check("mv", [path + ".new", path])
    }
  }

  /// Flips a bit in an archived file, which keeps its times. Other names of the file keep
  /// what they have.
  package func flipBit(_ file: String) throws {
    let path = "\(locations.archive)/\(file)"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path + ".new"))
    try Shell.check("chmod", ["644", path + ".new"])
    try Shell.check("touch", ["-r", path, path + ".new"])
    try Shell.check("mv", [path + ".new", path])
  }

  /// Flips a bit in an RPM and in repomd.xml of an archived tree, and removes another file.
  package func damageArchive(_ tree: String) throws {
    let files = try archivedFiles(tree)
    for suffix in [".rpm", "repomd.xml"] {
      if let file = files.first(where: { $0.hasSuffix(suffix) }) { try flipBit("\(tree)/\(file)") }
    }
    try FileManager.default.removeItem(atPath: "\(locations.archive)/\(tree)/.composeinfo")
  }

  /// Reads the archive as `archive verify` does.
  package func verifyArchive(
    _ limits: ArchiveVerification.Limits = .init()
  ) throws -> ArchiveVerification.Result {
    var readings = try ArchiveReadings(of: stream) { _ in }
    return try ArchiveVerification(stream: stream, limits: limits).run(&readings) {
      try $0.save(in: stream)
    }
  }

  /// Repairs what that finds; returns what was repaired, as paths below the archive root, and
  /// what was noted.
  package func repairArchive(
    from place: String?
  ) throws -> (files: [String], notes: [String]) {
    let damage = try verifyArchive().damage
    var (files, notes): ([String], [String]) = ([], [])
    for release in Set(damage.map(\.tree.release)).sorted() {
      let own = damage.filter { $0.tree.release == release }
      let operation = try RepairOperation(
        release, own,
        from: RepairSources(
          for: own, and: place.map { TreePlace($0, fetching: NoFetching()) }, in: stream),
        in: stream
      ) { notes.append($0) }
      if operation.files.isEmpty { continue }
      try Executor(stream: stream).run(operation)
      files += operation.files.map { "\($0.tree)/\($0.path)" }
    }
    return (files.sorted(), notes)
  }

  /// Device and inode of an archived file.
  package func inode(_ file: String, below root: String? = nil) throws -> String {
    try Shell.check("stat", ["-c", "%d %i", "\(root ?? locations.archive)/\(file)"])
  }
}

/// No server is there.
package struct NoFetching: WebFetching {
  package init() {}

  package func fetch(_ path: RelativePath, below url: String) throws -> ScratchFile? { nil }

  package func page(_ path: String, query: [(String, String)], below url: String) throws
    -> [UInt8]
  { [] }

  package func answer(to url: String, limit: Int, seconds: Int) throws -> WebAnswer { .missing }

  package func checksum(at url: String, limit: Int) throws -> WebChecksum { .missing }
}
