package import ReleaseModel

/// A file whose contents were hashed through the very descriptor that will
/// be linked or copied.
package struct VerifiedFile {
  /// Open, so that no other file can take its place.
  package let file: ReadableFile
  /// What its contents were found, or are known, to be.
  package let checksum: Checksum

  /// What helps where a file of a tree is damaged.
  package static let treeRemedy = "Restore it from a mirror or from another copy, then try again"

  /// Throws `badData` unless the contents of `file` have `checksum`.
  ///
  /// - Parameter remedy: what helps; by default where `file` is of the build system.
  package init(
    _ file: ReadableFile, expecting checksum: Checksum,
    remedy: String = "Find out what changed it, then plan again"
  ) throws {
    let found = try file.sha256()
    guard found == checksum else {
      throw ComposeError(
        .badData, file.path.sanitizedForDisplay,
        "its SHA-256 is \(found.hex.prefix(12))…, but \(checksum.hex.prefix(12))… was expected",
        remedy: remedy)
    }
    self.file = file
    self.checksum = checksum
  }

  /// For a file of a tree that was hashed a moment ago by the same operation.
  package init(alreadyHashed file: ReadableFile, checksum: Checksum) {
    self.file = file
    self.checksum = checksum
  }
}

extension Directory {
  /// How a file got its second name.
  package enum Placement: Sendable {
    /// Whether both names now share one inode.
    case linked, copied
  }

  /// Puts `source` at `name` in this directory: a hard link where possible
  /// and where the file has the mode of what is published, else a copy with the same time
  /// that is read back from the device and compared.
  ///
  /// A name that already holds these very contents is left as it is, so the
  /// call can be repeated after an interruption. Throws `cannotCreate` when
  /// the name holds anything else.
  ///
  /// - Parameter isOurs: this directory is an unfinished one of ours: what
  ///   else has the name is left from an earlier try, and goes.
  @discardableResult
  package func place(
    _ source: VerifiedFile, as name: String, isOurs: Bool = false
  ) throws -> Placement {
    let path = try RelativePath.of(name)
    let hasMode = source.file.status.mode == PublishedMode.file
    if hasMode, try link(source.file, as: name) == .made { return .linked }
    if let present = try status(of: path) {
      if present.isSameFile(as: source.file.status) { return .linked }
      if present.kind == .file, try openFile(path).sha256() == source.checksum { return .copied }
      guard isOurs, present.kind != .directory else {
        throw ComposeError(
          .cannotCreate, "\(self.path)/\(name)", "another file has that name",
          remedy: "Find out where it comes from; nothing was overwritten")
      }
      try removeFile(name)
    }
    // What was in the way has gone.
    if hasMode, try link(source.file, as: name) == .made { return .linked }
    try copy(source, as: name)
    return .copied
  }

  /// Removes what a copy to `name` that was interrupted has left. Where the file can be
  /// linked the next time, nothing else does.
  package func removeUnfinishedCopy(of name: String) throws {
    try removeFile(Self.temporaryPrefix + name)
  }

  /// Copies under a temporary name, so that an interrupted copy is never
  /// taken for the file.
  ///
  /// - Parameter modified: seconds since 1970; nil for the time of `source`.
  private func copy(_ source: VerifiedFile, as name: String, modified: Int? = nil) throws {
    let temporary = Self.temporaryPrefix + name
    try removeUnfinishedCopy(of: name)
    let target = try createFile(temporary)
    try target.copy(from: source.file)
    try target.setModified(modified ?? source.file.status.modified)
    try target.sync()
    guard try openFile(RelativePath.of(temporary)).sha256FromDevice() == source.checksum else {
      try removeFile(temporary)
      throw ComposeError(
        .inputOutput, "\(path)/\(name)", "the copy read back differs from the original",
        remedy: "Check the disk, then run the command again; the original is untouched")
    }
    try replace(name, with: temporary)
  }

  /// Puts `source` in the place of whatever has `name` in this directory, in one instant: a
  /// further name for the very file where that is possible, else a copy that is read back. What
  /// has the name already is left as it is where it is that very file. The name is durable once
  /// the directory or its file system is flushed.
  ///
  /// - Parameter isLinked: false for a copy in any case, such as of a file that others may write
  ///   to.
  /// - Parameter modified: time of a copy, seconds since 1970; nil for that of `source`.
  /// - Returns: how the name came to be.
  @discardableResult
  package func replaceFile(
    named name: String, with source: VerifiedFile, isLinked: Bool = true, modified: Int? = nil
  ) throws -> Placement {
    if isLinked {
      // A rename from one name of a file to another of the same does nothing at all.
      if try status(named: name)?.isSameFile(as: source.file.status) == true { return .linked }
      try removeUnfinishedCopy(of: name)
      let temporary = Self.temporaryPrefix + name
      if source.file.status.mode == PublishedMode.file,
        try link(source.file, as: temporary) == .made
      {
        try replace(name, with: temporary)
        return .linked
      }
    }
    try copy(source, as: name, modified: modified)
    return .copied
  }
}
