package import ComposePlanning
package import DurableFiles
package import PackageLibrary
package import ReleaseModel

/// Puts the RPMs of builds into the repositories of a tree.
package struct PackagePlacer: Sendable {
  let tree: Directory
  let assignment: RepositoryAssignment
  let library: PackageLibrary
  /// Whether no user can read the tree yet. Then files whose contents are known
  /// are linked by name, which is fast, and compared afterwards. Into a tree that
  /// users read, only files that were opened and verified are linked.
  let isUnfinished: Bool
  let activity: any ActivityReporting

  /// - Parameter isUnfinished: whether no user can read the tree yet.
  package init(
    tree: Directory, assignment: RepositoryAssignment, library: PackageLibrary, isUnfinished: Bool,
    activity: any ActivityReporting
  ) {
    self.tree = tree
    self.assignment = assignment
    self.library = library
    self.isUnfinished = isUnfinished
    self.activity = activity
  }

  /// Links or copies every RPM; returns the paths below the tree that it
  /// made or found, with their checksums.
  @discardableResult
  package func place(_ builds: [Build]) throws -> [RelativePath: Checksum] {
    let rpms = builds.flatMap(\.rpms)
    activity.begin("Linking RPMs into \(tree.path)", total: rpms.count, unit: "RPMs")
    defer { activity.end() }
    let shares = Concurrently.shares(of: rpms.count, size: Self.share)
    let results = try Concurrently.map(shares, threads: FaultPoint.threads) { share in
      try place(Array(rpms[share]))
    }
    try library.follow(results.flatMap(\.linked), in: tree)
    return Dictionary(results.flatMap(\.placed)) { first, _ in first }
  }

  /// RPMs in one unit of work of a thread.
  private static let share = 512

  private func place(
    _ rpms: [RPMFile]
  ) throws -> (
    placed: [(RelativePath, Checksum)], linked: [LinkedFile]
  ) {
    var directories: [RelativePath: Directory] = [:]
    var placed: [(RelativePath, Checksum)] = []
    var linked: [LinkedFile] = []
    for rpm in rpms {
      try Interruption.check(remaining: "linking RPMs into \(tree.path)")
      let repositories = assignment.repositories(of: rpm)
      activity.advance(by: 1)
      if repositories.isEmpty { continue }
      let location = try rpm.location
      let paths = repositories.map { $0.appending(location) }
      placed += paths.map { ($0, rpm.sha256) }
      // After an interruption the downloaded RPMs may be gone, so look first
      // whether the RPM is in place.
      if try paths.allSatisfy({ try isPlaced($0, holding: rpm.sha256, &directories) }) { continue }
      if isUnfinished, let seen = rpm.seenAs ?? seenNow(rpm),
        let made = try link(rpm.path, to: paths, ifStill: seen, &directories)
      {
        linked.append(LinkedFile(path: paths[0], before: seen, made: made))
        continue
      }
      try place(rpm, at: paths, &directories)
    }
    return (placed, linked)
  }

  /// What a file is like whose reader could not tell, if it is known to be the
  /// RPM.
  private func seenNow(_ rpm: RPMFile) -> FileIdentity? {
    guard let status = FileStatus(path: rpm.path), library.sha256(of: status) == rpm.sha256 else {
      return nil
    }
    return status.identity
  }

  /// Links a file whose contents are known; returns what it is like then, or
  /// nil where that cannot be done for all of `paths`.
  private func link(
    _ file: String, to paths: [RelativePath], ifStill seen: FileIdentity,
    _ directories: inout [RelativePath: Directory]
  ) throws -> FileStatus? {
    // Each link changes the file's ctime, which the next one compares.
    var last: FileStatus?
    for path in paths {
      let directory = try directory(of: path, &directories)
      let expected = last?.identity ?? seen
      guard let made = try directory.link(file, as: path.name, ifStill: expected) else {
        return nil
      }
      last = made
    }
    return last
  }

  /// Links or copies what was opened and found to be the RPM.
  private func place(
    _ rpm: RPMFile, at paths: [RelativePath], _ directories: inout [RelativePath: Directory]
  ) throws {
    var source = try verified(ReadableFile(path: rpm.path), rpm.sha256)
    for path in paths {
      let directory = try directory(of: path, &directories)
      if try directory.place(source, as: path.name) == .copied {
        // The source is on another device: link later names to this copy.
        source = VerifiedFile(
          alreadyHashed: try directory.openFile(RelativePath.of(path.name)),
          checksum: rpm.sha256)
      }
    }
  }

  private func directory(
    of path: RelativePath, _ directories: inout [RelativePath: Directory]
  ) throws -> Directory {
    guard let parent = path.parent else { return tree }
    if let known = directories[parent] { return known }
    let made = try tree.makeDirectories(parent, durably: false)
    directories[parent] = made
    return made
  }

  private func verified(_ file: ReadableFile, _ sha256: Checksum) throws -> VerifiedFile {
    if library.sha256(of: file.status) == sha256 {
      return VerifiedFile(alreadyHashed: file, checksum: sha256)
    }
    let verified = try VerifiedFile(file, expecting: sha256)
    library.note(file.status, sha256)
    return verified
  }

  private func isPlaced(
    _ path: RelativePath, holding checksum: Checksum, _ directories: inout [RelativePath: Directory]
  ) throws -> Bool {
    guard let parent = path.parent,
      let directory = try directories[parent] ?? tree.openIfPresent(parent)
    else { return false }
    guard let status = try directory.status(named: path.name), status.kind == .file else {
      return false
    }
    if library.sha256(of: status) == checksum { return true }
    return try directory.openFile(RelativePath.of(path.name)).sha256() == checksum
  }
}
