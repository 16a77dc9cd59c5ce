import DurableFiles
import Foundation
package import PackageLibrary
import RPMPackages
package import ReleaseLedger
package import ReleaseModel

/// The embedded build system: directories of RPM files, at any depth, and tags
/// in the ledger.
///
/// The latest EVR of each source package is live; dates and file names do not
/// count. It reads only files named `*.rpm`.
package struct DirectoryBuildSystem: BuildSystem {
  private let directories: [RPMDirectory]
  private let library: PackageLibrary
  private let ledger: Ledger

  /// - Parameter ledger: holds the tags.
  package init(_ directories: [RPMDirectory], library: PackageLibrary, ledger: Ledger) {
    self.directories = directories
    self.library = library
    self.ledger = ledger
  }

  /// Whether its tags are in `ledger`.
  package func records(in ledger: Ledger) -> Bool { self.ledger === ledger }

  /// `directory PATH`, for messages.
  package var label: String {
    (directories.count == 1 ? "directory " : "directories ")
      + directories.map(\.path).joined(separator: ", ")
  }

  /// Reads the RPMs: nothing else tells what they are.
  package func liveVersions(
    reporting activity: any ActivityReporting
  ) async throws -> LiveVersions {
    LiveVersions(
      versions: try await liveBuilds(LiveQuery(), reporting: activity).versions, blocked: [])
  }

  /// Reads every RPM in the directories, whatever `query.known` has.
  ///
  /// Throws `badData` for a damaged RPM, with a finding for each where there
  /// are several; `permission` where a file or directory may not be read.
  package func liveBuilds(
    _ query: LiveQuery, reporting activity: any ActivityReporting
  ) async throws -> LiveBuilds {
    let library = self.library
    let entries = try entries()
    library.recall(entries.map(\.status))
    let files = try collect(
      RPMBatch.read(entries, reporting: activity) { path, status in
        try library.rpm(status, at: path) ?? library.rpm(path)
      })
    var live = BuildGrouping(files: files).liveBuilds(order: .rpm)
    if let packages = query.packages { live.builds.removeAll { !packages.contains($0.package) } }
    return live
  }

  /// What the ledger has of the tag; nil where it has none.
  package func builds(taggedInto tag: String) throws -> [NVR]? {
    try ledger.builds(taggedInto: tag)
  }

  /// One transaction: tag and builds are recorded together.
  package func tag(_ builds: [NVR], into tag: String, reopening: Bool) throws {
    try ledger.commit { change in
      try change.makeTag(tag)
      try change.tag(builds, into: tag)
    }
  }

  /// Always succeeds: whoever may write the ledger may tag.
  package func requireTagging(into tag: String) {}

  /// Nothing: nobody but the ledger's operator changes it.
  package func protection(of tag: String) -> TagProtection? { nil }

  /// Nothing: whoever may write the ledger may tag.
  package func setLocked(_ isLocked: Bool, of tag: String) {}

  /// Removes the tag from the ledger; the RPM files stay.
  package func removeTag(_ tag: String) throws {
    try ledger.commit { try $0.removeTag(tag) }
  }

  /// Every `*.rpm` below the directories, each path once, sorted in each of
  /// them, with what it is like. Links to
  /// directories are not followed, so loops are harmless; a directory that
  /// cannot be read is an error, because its packages would silently be
  /// missing.
  private func entries() throws -> [(path: String, status: FileStatus)] {
    var seen: Set<String> = []
    return try directories.flatMap(entries).filter { seen.insert($0.path).inserted }
  }

  private func entries(
    below directory: RPMDirectory
  ) throws -> [(path: String, status: FileStatus)] {
    do {
      return try Directory.open(root: directory.path).walk(skippingOdd: true)
        .filter { $0.path.description.hasSuffix(".rpm") }
        .map { Self.followed("\(directory.path)/\($0.path)", $0.status) }
    } catch let error as ComposeError where error.kind == .permission {
      throw ComposeError(
        .permission, error.thing, "it may not be read",
        remedy: "Correct its owner or mode, or take it out of the directory")
    }
  }

  /// The file that a link leads to, under its own path: several names of one file
  /// are then one. A link to nothing stays as it is, and is an error when it is
  /// read.
  private static func followed(
    _ path: String, _ status: FileStatus
  ) -> (path: String, status: FileStatus) {
    guard status.kind != .file else { return (path, status) }
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let found = FileStatus(path: real), found.kind == .file else { return (path, status) }
    return (real, found)
  }

  /// The files, or one error that lists the problems of all of them.
  private func collect(_ results: [Result<RPMFile, any Error>]) throws -> [RPMFile] {
    var files: [RPMFile] = []
    var problems: [ComposeError] = []
    for result in results {
      switch result {
      case .success(let file): files.append(file)
      case .failure(let error as ComposeError): problems.append(error)
      case .failure(let error): throw error
      }
    }
    guard let first = problems.first else { return files }
    // What the other files cannot be listed for is told now as well.
    let live = BuildGrouping(files: files).liveBuilds(order: .rpm)
    let others =
      live.builds.flatMap(\.rpms).compactMap(\.unlistableFinding)
      + live.refusals.filter { $0.code == "no-source-name" }
    let more = problems.count - 1 + others.count
    guard more > 0 else { throw first }
    throw ComposeError(
      first.kind, first.thing, "\(first.cause); \(more) more of the files are bad",
      remedy: first.remedy,
      findings: problems.map {
        Finding(code: "bad-rpm", message: "\($0.thing): \($0.cause)", remedy: $0.remedy)
      } + others)
  }
}
