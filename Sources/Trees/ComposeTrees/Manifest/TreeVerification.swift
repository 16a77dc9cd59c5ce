package import DurableFiles
package import ReleaseModel

/// Compares a tree with its manifest, and the manifest with the ledger.
package struct TreeVerification: Sendable {
  let activity: any ActivityReporting

  /// - Parameter activity: hears of every file.
  package init(activity: any ActivityReporting) {
    self.activity = activity
  }

  /// Everything that is missing, changed or unknown.
  ///
  /// - Parameters:
  ///   - recorded: the manifest's SHA-256 in the ledger; nil skips that.
  ///   - fromDevice: drop what the page cache has of each file first.
  package func findings(
    in tree: Directory, recorded: Checksum?, fromDevice: Bool = false
  ) throws -> [Finding] {
    let manifest: Manifest
    do {
      let (found, checksum) = try tree.manifest()
      manifest = found
      if let recorded, recorded != checksum {
        return [
          Finding(
            code: "manifest", message: "\(tree.path)/\(Manifest.fileName) is not what was recorded",
            remedy: "Restore the tree from a mirror or backup")
        ]
      }
    } catch let error as ComposeError where error.kind == .noInput || error.kind == .badData {
      return [
        Finding(code: "manifest", message: "\(error.thing): \(error.cause)", remedy: error.remedy)
      ]
    }
    let entries = try tree.walk()
    activity.begin("Verifying \(tree.path)", total: entries.count, unit: "files")
    defer { activity.end() }
    var unseen = manifest.checksums
    unseen.removeValue(forKey: try RelativePath.of(Manifest.fileName))
    let known = entries.filter { !Manifest.isOwn($0.path) }
    let expected = known.map { unseen.removeValue(forKey: $0.path) }
    let sums = Guarded<[FileIdentity: Checksum]>([:])
    let findings = try Concurrently.map(
      Array(zip(known, expected)), threads: Concurrently.readers
    ) { entry, expected in
      try Interruption.check(remaining: "verifying \(tree.path)")
      activity.advance(by: 1)
      return try self.findings(of: entry, expected: expected, in: tree, fromDevice, sums)
    }.flatMap { $0 }
    return findings
      + unseen.keys.sorted().map {
        Finding(
          code: "missing", message: "\(tree.path)/\($0) is missing",
          remedy: "Restore it from a mirror or backup")
      }
  }

  private func findings(
    of entry: Directory.TreeEntry, expected: Checksum?, in tree: Directory, _ fromDevice: Bool,
    _ sums: Guarded<[FileIdentity: Checksum]>
  ) throws -> [Finding] {
    let shown = "\(tree.path)/\(entry.path)"
    guard let expected else {
      return [
        Finding(
          code: "unknown", message: "\(shown) is in no record",
          remedy: "Find out who put it there, and remove it")
      ]
    }
    guard entry.status.kind == .file else {
      return [
        Finding(
          code: "changed", message: "\(shown) is no longer a regular file",
          remedy: "Restore it from a mirror or backup")
      ]
    }
    // Read a file with several names once.
    let identity = entry.status.identity
    if sums.withLock({ $0[identity] }) == expected { return [] }
    let file = try tree.openFile(entry.path)
    let found = try fromDevice ? file.sha256FromDevice() : file.sha256()
    if file.status.identity == identity { sums.withLock { $0[identity] = found } }
    guard found != expected else { return [] }
    return [
      Finding(
        code: "changed", message: "\(shown) has other contents than recorded",
        remedy: "Restore it from a mirror or backup")
    ]
  }
}
