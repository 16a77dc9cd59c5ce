package import DurableFiles
package import PackageLibrary
package import ReleaseModel

/// Gives every file of a tree's manifest a second name in another tree.
package struct TreeLinker: Sendable {
  let source: Directory
  let target: Directory
  /// Another tree beside the target that may have the same files already: the
  /// trees of a release share theirs, and go on to do so on another device.
  var twin: (tree: Directory, manifest: Manifest)?
  /// Whether the target is an unfinished tree of ours: what is in it from an
  /// earlier try, and is not right, is replaced.
  var isOurs = false
  /// What is linked instead of an RPM that would have to be copied; nil to copy.
  var held: TreeFileIndex?
  /// Learns of the RPMs that got further names, so that it knows their contents
  /// by the new times; nil to skip that.
  var library: PackageLibrary?
  let activity: any ActivityReporting

  /// Nothing is linked yet.
  package init(
    source: Directory, target: Directory, twin: (tree: Directory, manifest: Manifest)? = nil,
    isOurs: Bool = false, held: TreeFileIndex? = nil, library: PackageLibrary? = nil,
    activity: any ActivityReporting
  ) {
    self.library = library
    self.source = source
    self.target = target
    self.twin = twin
    self.isOurs = isOurs
    self.held = held
    self.activity = activity
  }

  /// Links, or copies across devices, every file of `manifest` but those in
  /// `except`. Files that are in place already are left: the call resumes.
  /// Names that share a file in the source share one in the target.
  ///
  /// - Parameter verifying: hash each source file first, and throw `badData`
  ///   if it is not what the manifest says.
  package func link(
    _ manifest: Manifest, except: Set<RelativePath> = [], verifying: Bool
  ) throws {
    let isShared = try source.canLink(to: target)
    let files = manifest.sorted.filter { !except.contains($0.path) }
    activity.begin(
      "Linking \(source.path) to \(target.path)", total: files.count, unit: "files")
    defer { activity.end() }
    let verified = verifying ? try verify(files) : nil
    let left = isShared ? try linkNames(files, verified) : Array(files.indices)
    var copies: [FileIdentity.Inode: RelativePath] = [:]
    for index in left {
      try Interruption.check(remaining: "linking \(source.path)")
      activity.advance(by: 1)
      let (path, checksum) = files[index]
      let from = try path.parent.map { try source.open($0) } ?? source
      let to = try path.parent.map { try target.makeDirectories($0, durably: false) } ?? target
      try placeFile(
        path, holding: checksum, from: from, to: to, isShared: isShared, verifying: verifying,
        &copies)
    }
  }

  /// Files in one unit of work of a thread.
  private static let share = 1024

  /// Links what can be linked by its name; returns the places of the others.
  private func linkNames(
    _ files: [(path: RelativePath, checksum: Checksum)], _ verified: [FileStatus?]?
  ) throws -> [Int] {
    let shares = Concurrently.shares(of: files.count, size: Self.share)
    // Only one thread at a time can change a directory, and neighbouring files
    // lie in one: start threads far apart.
    let half = (shares.count + 1) / 2
    let dealt = (0..<half).flatMap { [shares[$0]] + shares.dropFirst($0 + half).prefix(1) }
    let results = try Concurrently.map(dealt, threads: FaultPoint.threads) { share in
      try link(share, of: files, verified)
    }
    try library?.follow(results.flatMap(\.linked), in: target)
    return results.flatMap(\.left).sorted()
  }

  private func link(
    _ share: Range<Int>, of files: [(path: RelativePath, checksum: Checksum)],
    _ verified: [FileStatus?]?
  ) throws -> (left: [Int], linked: [LinkedFile]) {
    var left: [Int] = []
    var linked: [LinkedFile] = []
    var place: (parent: RelativePath, from: Directory, to: Directory)?
    for index in share {
      try Interruption.check(remaining: "linking \(source.path)")
      let path = files[index].path
      var (from, to) = (source, target)
      if let parent = path.parent {
        // Files are sorted, so most are in the same directory as the one before.
        if place?.parent != parent {
          place = try (
            parent, source.open(parent), target.makeDirectories(parent, durably: false)
          )
        }
        if let place { (from, to) = (place.from, place.to) }
      }
      let name = path.name
      guard let before = try from.status(named: name),
        verified?[index].map({ $0.isUnchanged(before) }) ?? (verified == nil),
        let made = try to.link(name, of: from, as: name, seenAs: before)
      else {
        left.append(index)
        continue
      }
      activity.advance(by: 1)
      if library != nil, name.hasSuffix(".rpm") {
        linked.append(LinkedFile(path: path, before: before.identity, made: made))
      }
    }
    return (left, linked)
  }

  /// Links through the file itself, or copies, and tells what is in the way.
  private func placeFile(
    _ path: RelativePath, holding checksum: Checksum, from: Directory, to: Directory,
    isShared: Bool, verifying: Bool, _ copies: inout [FileIdentity.Inode: RelativePath]
  ) throws {
    let file = try from.openFile(RelativePath.of(path.name))
    var verified =
      try verifying
      ? VerifiedFile(file, expecting: checksum, remedy: VerifiedFile.treeRemedy)
      : VerifiedFile(alreadyHashed: file, checksum: checksum)
    let inode = file.status.identity.file
    var isHeld = false
    if let copy = try copies[inode] ?? (isShared ? nil : twinPath(of: path, checksum)) {
      let directory = copies[inode] == nil ? twin?.tree ?? target : target
      verified = VerifiedFile(alreadyHashed: try directory.openFile(copy), checksum: checksum)
    } else if !isShared, path.name.hasSuffix(".rpm"), let file = try held?.file(checksum) {
      verified = file
      isHeld = true
    }
    if try to.place(verified, as: path.name, isOurs: isOurs) == .copied || isHeld {
      // Further names of the file are links to this one.
      copies[inode] = path
    }
  }

  /// What each file was like when its contents were as the manifest says; nil
  /// for those that cannot be linked without opening them again.
  ///
  /// Throws `badData` for the first one that differs.
  private func verify(
    _ files: [(path: RelativePath, checksum: Checksum)]
  ) throws -> [FileStatus?] {
    guard try source.canLink(to: target) else { return files.map { _ in nil } }
    let sums = Guarded<[FileIdentity.Inode: Checksum]>([:])
    return try Concurrently.map(files, threads: Concurrently.readers) { path, checksum in
      try Interruption.check(remaining: "reading \(source.path)")
      let file = try source.openFile(path)
      let inode = file.status.identity.file
      // Read a file with several names once.
      if sums.withLock({ $0[inode] }) == checksum { return file.status }
      _ = try VerifiedFile(file, expecting: checksum, remedy: VerifiedFile.treeRemedy)
      sums.withLock { $0[inode] = checksum }
      return file.status
    }
  }

  /// Where the twin has this very file.
  private func twinPath(of path: RelativePath, _ checksum: Checksum) throws -> RelativePath? {
    guard let twin, twin.manifest.checksums[path] == checksum,
      try twin.tree.status(of: path)?.kind == .file
    else { return nil }
    return path
  }
}
