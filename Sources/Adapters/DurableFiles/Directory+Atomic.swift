import Glibc
package import ReleaseModel

extension Directory {
  /// Names that start so are ours and unfinished: recovery may remove them.
  package static let temporaryPrefix = ".epel-compose-"

  /// Puts `contents` at `path` in one instant: a temporary file, fsync,
  /// rename, fsync of the directory. Missing parents are made. Where that fails, the
  /// temporary file goes, if it can.
  package func replaceFile(_ path: RelativePath, with contents: [UInt8]) throws {
    let parent = try path.parent.map { try makeDirectories($0) } ?? self
    try parent.replaceFiles([(path.name, contents)])
  }

  /// Puts each of these contents in its place in this directory, one right after the other:
  /// all temporary files are durable before the first rename. Where that fails, the
  /// temporary files go, if they can.
  package func replaceFiles(_ files: [(name: String, contents: [UInt8])]) throws {
    let temporaries = files.map { Self.temporaryPrefix + $0.name }
    for temporary in temporaries { try removeFile(temporary) }
    do {
      for (file, temporary) in zip(files, temporaries) {
        let new = try createFile(temporary)
        try file.contents.withUnsafeBytes { try new.write($0) }
        try new.sync()
      }
      for (file, temporary) in zip(files, temporaries) {
        try replace(file.name, with: temporary)
      }
    } catch {
      for temporary in temporaries { _ = try? removeFile(temporary) }
      throw error
    }
    try sync()
  }

  /// Makes the link `path` point to `target` in one instant, whether it was
  /// there or not. Never replaces anything but a link.
  package func flipLink(_ path: RelativePath, to target: String) throws {
    let parent = try path.parent.map { try makeDirectories($0) } ?? self
    if let status = try status(of: path), status.kind != .link {
      throw ComposeError(
        .cannotCreate, "\(self.path)/\(path)", "it is not a symbolic link",
        remedy: "Move it away: a real directory is never turned into a link")
    }
    let temporary = Self.temporaryPrefix + path.name
    try parent.removeFile(temporary)
    try parent.makeLink(temporary, to: target)
    try parent.replace(path.name, with: temporary)
    try parent.sync()
  }

  /// Sets the modification time of the link `path` itself (seconds since 1970), not of what
  /// it leads to. Durable once the file system is flushed.
  package func setLinkTime(_ path: RelativePath, to seconds: Int) throws {
    let parent = try path.parent.map { try open($0) } ?? self
    try SystemCall.mutate(
      .setLinkTime(in: parent.descriptor, name: path.name, seconds: seconds),
      doing: "setting its time", at: "\(parent.path)/\(path.name)")
  }

  /// Moves `from` below this directory to `to` below `other`; fails if that
  /// name is taken. Both parents are made durable.
  ///
  /// Returns false, with nothing changed, if they are on different devices.
  package func move(_ from: RelativePath, to other: Directory, _ to: RelativePath) throws -> Bool {
    let source = try from.parent.map { try open($0) } ?? self
    let target = try to.parent.map { try other.makeDirectories($0) } ?? other
    let doing = "moving '\(from)' to it"
    let old = Mutation.Name(directory: source.descriptor, name: from.name)
    let new = Mutation.Name(directory: target.descriptor, name: to.name)
    let result = try SystemCall.mutate(
      .rename(from: old, to: new, replacing: false), doing: doing, at: target.path + "/" + to.name,
      expecting: [EXDEV, EINVAL, ENOSYS])
    if result == -EXDEV { return false }
    if result != 0 {
      // NFS and some other file systems have no RENAME_NOREPLACE. Between the
      // look and the rename, the stream's lock keeps other processes of this
      // program away.
      let name = try RelativePath.of(to.name)
      guard try target.status(of: name) == nil else {
        throw ComposeError(
          systemError: EEXIST, doing: doing, path: target.path + "/" + to.name)
      }
      try SystemCall.mutate(
        .rename(from: old, to: new, replacing: true), doing: doing, at: target.path + "/" + to.name)
    }
    try target.sync()
    try source.sync()
    return true
  }

  /// Flushes everything that was written to this directory's file system:
  /// cheaper than one fsync for each of thousands of files.
  package func syncFileSystem() throws {
    try SystemCall.mutate(.syncFileSystem(of: descriptor), doing: "making it durable", at: path)
  }
}
