import CDurable
import Glibc
package import ReleaseModel

/// Owner of one open directory; the way to everything below it.
///
/// All paths are relative to the descriptor and are opened beneath it without
/// following links, so nothing outside the directory can be reached, whatever
/// is swapped in meanwhile.
package final class Directory: Sendable {
  let descriptor: Int32
  /// For messages only.
  package let path: String

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  private static let openFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC

  // MARK: Opening

  /// Opens a root: its own path may lead through links, nothing below may.
  package static func open(root path: String) throws -> Directory {
    let descriptor = try SystemCall.inspect(doing: "opening the directory", at: path) {
      Glibc.open(path, openFlags)
    }
    return Directory(descriptor: descriptor, path: path)
  }

  /// Opens a root, or nil where there is none yet.
  ///
  /// Throws `cannotCreate` for a symbolic link to nothing: no directory can be made there.
  package static func openIfPresent(root path: String) throws -> Directory? {
    do {
      return try open(root: path)
    } catch let error as ComposeError where error.kind == .noInput {
      var buffer = stat()
      guard lstat(path, &buffer) == 0 else { return nil }
      // Another thread or program has made it between the two calls.
      guard buffer.st_mode & S_IFMT == S_IFLNK else { return try open(root: path) }
      throw ComposeError(
        .cannotCreate, path.sanitizedForDisplay, "it is a symbolic link to nothing",
        remedy: "Make what it leads to, or remove it")
    }
  }

  /// Opens the nearest directory that exists at `path` or above it: where a
  /// root would be made.
  package static func openNearest(to path: String) throws -> Directory {
    if let directory = try openIfPresent(root: path) { return directory }
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    return try openNearest(to: parent.isEmpty ? "/" : parent)
  }

  /// Opens a root after making it and its missing parents.
  package static func create(root path: String) throws -> Directory {
    if let directory = try openIfPresent(root: path) { return directory }
    try openNearest(to: path).requireWritable(toMake: path)
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let above = try create(root: parent.isEmpty ? "/" : parent)
    guard let name = RelativePath(String(path.split(separator: "/").last ?? "")) else {
      throw ComposeError(
        .usage, path.sanitizedForDisplay, "it is not a path for a directory",
        remedy: "Name a directory")
    }
    return try above.makeDirectories(name)
  }

  /// Opens the directory `path` below this one.
  package func open(_ path: RelativePath) throws -> Directory {
    if let directory = openBeneath(path) { return directory }
    // An old kernel, or a path that cannot be opened: one component at a time
    // gives the same directory, or an error that names the component.
    var current = self
    for name in path.components { current = try current.openChild(name) }
    return current
  }

  /// Opens the directory `path` below this one, or nil where there is none.
  package func openIfPresent(_ path: RelativePath) throws -> Directory? {
    if let directory = openBeneath(path) { return directory }
    guard try status(of: path) != nil else { return nil }
    return try open(path)
  }

  /// All components in one call; nil where that is not possible.
  private func openBeneath(_ path: RelativePath) -> Directory? {
    let opened = durable_open_beneath(descriptor, path.description, Self.openFlags)
    return opened < 0 ? nil : Directory(descriptor: opened, path: "\(self.path)/\(path)")
  }

  private func openChild(_ name: String) throws -> Directory {
    let childPath = self.path + "/" + name
    let child = try SystemCall.inspect(doing: "opening the directory", at: childPath) {
      openat(descriptor, name, Self.openFlags | O_NOFOLLOW)
    }
    return Directory(descriptor: child, path: childPath)
  }

  private func opensParent<Value>(
    of path: RelativePath, _ body: (Directory, String) throws -> Value
  ) throws -> Value {
    let parent = try path.parent.map { try open($0) } ?? self
    return try body(parent, path.name)
  }

  // MARK: Looking

  /// What is at `path`, or nil if nothing is.
  package func status(of path: RelativePath) throws -> FileStatus? {
    do {
      return try opensParent(of: path) { parent, name in
        var buffer = stat()
        try SystemCall.inspect(doing: "looking at it", at: parent.path + "/" + name) {
          fstatat(parent.descriptor, name, &buffer, AT_SYMLINK_NOFOLLOW)
        }
        return FileStatus(buffer)
      }
    } catch let error as ComposeError where error.kind == .noInput {
      return nil
    }
  }

  /// What the directory itself is like.
  package func status() throws -> FileStatus {
    guard let status = FileStatus(descriptor: descriptor) else {
      throw ComposeError(systemError: errno, doing: "looking at it", path: path)
    }
    return status
  }

  /// What has `name` in this very directory, or nil if nothing has.
  package func status(named name: String) throws -> FileStatus? {
    var buffer = stat()
    if fstatat(descriptor, name, &buffer, AT_SYMLINK_NOFOLLOW) == 0 { return FileStatus(buffer) }
    return errno == ENOENT ? nil : try status(of: RelativePath.of(name))
  }

  /// What is at each of `paths`, in their order; nil where nothing is. Sorted
  /// paths are cheapest: each directory is opened once.
  package func statuses(of paths: [RelativePath]) throws -> [FileStatus?] {
    var place: (parent: RelativePath, directory: Directory?)?
    return try paths.map { path in
      guard let parent = path.parent else { return try status(named: path.name) }
      if place?.parent != parent { place = (parent, try openIfPresent(parent)) }
      return try place?.directory?.status(named: path.name)
    }
  }

  /// The target of the link at `path`, or nil if no link is there.
  package func linkTarget(of path: RelativePath) throws -> String? {
    guard try status(of: path)?.kind == .link else { return nil }
    return try opensParent(of: path) { parent, name in
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let length = try SystemCall.inspect(doing: "reading the link", at: parent.path + "/" + name) {
        Int32(clamping: readlinkat(parent.descriptor, name, &buffer, buffer.count))
      }
      return String(decoding: buffer[..<Int(length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// Names in this directory, sorted by bytes.
  ///
  /// Throws `badData` for a name that is not UTF-8 or has control characters:
  /// nothing of ours makes such names.
  ///
  /// - Parameter skippingOdd: leave such names out instead.
  package func names(skippingOdd: Bool = false) throws -> [String] {
    let copy = try SystemCall.inspect(doing: "reading the directory", at: path) {
      openat(descriptor, ".", Self.openFlags)
    }
    guard let stream = fdopendir(copy) else {
      let code = errno
      close(copy)
      throw ComposeError(systemError: code, doing: "reading the directory", path: path)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 {
          throw ComposeError(systemError: errno, doing: "reading the directory", path: path)
        }
        break
      }
      let name = Self.name(of: entry)
      if name == "." || name == ".." { continue }
      guard let name, RelativePath.isSafe(name) else {
        if skippingOdd { continue }
        throw ComposeError(
          .badData, path.sanitizedForDisplay, "it holds a file whose name is not printable UTF-8",
          remedy: "Find it with 'ls -b' and remove or rename it")
      }
      names.append(name)
    }
    return names.sorted { $0.precedesByBytes($1) }
  }

  /// Nil for one that is not UTF-8. An entry is only as long as its name: the
  /// rest of the array that its type declares may not be mapped.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
    let start = UnsafeRawPointer(entry).advanced(by: offset)
    let bytes = UnsafeRawBufferPointer(
      start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
    return String(validating: bytes, as: UTF8.self)
  }

  /// Opens the regular file `path` for reading.
  package func openFile(_ path: RelativePath) throws -> ReadableFile {
    try opensParent(of: path) { parent, name in
      let filePath = parent.path + "/" + name
      let file = try SystemCall.inspect(doing: "opening it", at: filePath) {
        openat(parent.descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      }
      return try ReadableFile(descriptor: file, path: filePath)
    }
  }

  // MARK: Changing

  /// Opens `path` after making it and its missing parents, mode 0755.
  ///
  /// - Parameter durably: flush each parent that got a new name; callers that
  ///   flush the whole file system later need not.
  @discardableResult
  package func makeDirectories(
    _ path: RelativePath, durably: Bool = true
  ) throws -> Directory {
    if let directory = openBeneath(path) { return directory }
    var current = self
    for name in path.components {
      let parent = current
      let result = try SystemCall.mutate(
        .makeDirectory(in: parent.descriptor, name: name), doing: "making the directory",
        at: parent.path + "/" + name, expecting: [EEXIST])
      current = try parent.openChild(name)
      if result == 0 {
        try Self.publish(current.descriptor, as: PublishedMode.directory, current.path)
        if durably { try parent.sync() }
      }
    }
    return current
  }

  /// Makes a new, empty file, mode 0644; fails if the name is taken.
  package func createFile(_ name: String) throws -> WritableFile {
    let filePath = path + "/" + name
    let file = try SystemCall.mutate(
      .createFile(in: descriptor, name: name), doing: "creating it", at: filePath)
    let writable = WritableFile(descriptor: file, path: filePath)
    try Self.publish(file, as: PublishedMode.file, filePath)
    return writable
  }

  /// Gives what was just made its mode, where the directory above has given it
  /// another.
  private static func publish(_ file: Int32, as mode: UInt32, _ path: String) throws {
    guard let status = FileStatus(descriptor: file), status.mode != mode else { return }
    try SystemCall.mutate(.setMode(file, mode: mode), doing: "setting its mode", at: path)
  }

  /// What came of an attempt to link.
  enum Linking {
    case made
    /// Something has the name.
    case taken
    /// The file system cannot: another device, too many links, not our file.
    case impossible
  }

  /// Gives the very inode behind `file` a second name.
  func link(_ file: ReadableFile, as name: String) throws -> Linking {
    let result = try SystemCall.mutate(
      .link(file.descriptor, in: descriptor, name: name), doing: "linking it",
      at: path + "/" + name,
      expecting: [EEXIST, EXDEV, EMLINK, EPERM, EOPNOTSUPP])
    return result == 0 ? .made : result == -EEXIST ? .taken : .impossible
  }

  /// Gives the file `source` a further name in this directory, if it is the one
  /// that `expected` tells of, as it was then, and has the mode of what is published.
  ///
  /// Nothing is opened: it is looked at right before and right after the name is
  /// made. Returns what it is like then, or nil, with nothing left, where it was
  /// another file, or where no link could be made: callers then find out why.
  package func link(
    _ source: String, of other: Directory? = nil, as name: String, ifStill expected: FileIdentity
  ) throws -> FileStatus? {
    let before = try other.map { try $0.status(named: source) } ?? FileStatus(path: source)
    guard let before, before.identity == expected else { return nil }
    return try link(source, of: other, as: name, seenAs: before)
  }

  /// The same, for a caller that has looked at the file a moment ago.
  package func link(
    _ source: String, of other: Directory?, as name: String, seenAs expected: FileStatus
  ) throws -> FileStatus? {
    guard expected.kind == .file, expected.mode == PublishedMode.file else { return nil }
    let result = try SystemCall.mutate(
      .linkName(
        from: .init(directory: other?.descriptor ?? AT_FDCWD, name: source),
        to: .init(directory: descriptor, name: name)),
      doing: "linking it", at: path + "/" + name,
      expecting: [EEXIST, ENOENT, EXDEV, EMLINK, EPERM, EOPNOTSUPP])
    guard result == 0 else { return nil }
    if let made = try status(named: name), expected.isUnchanged(made) { return made }
    try removeFile(name)
    return nil
  }

  /// Makes the symbolic link `name`; throws `cannotCreate` where the name is
  /// taken.
  package func makeLink(_ name: String, to target: String) throws {
    try SystemCall.mutate(
      .makeLink(in: descriptor, name: name, target: target), doing: "making the link",
      at: path + "/" + name)
  }

  /// Renames over whatever is at `to`: one instant, old or new.
  package func replace(_ to: String, with from: String) throws {
    try SystemCall.mutate(
      .rename(
        from: .init(directory: descriptor, name: from), to: .init(directory: descriptor, name: to),
        replacing: true), doing: "renaming to it", at: path + "/" + to)
  }

  /// Removes the file or link `name`; true if it was there.
  @discardableResult
  package func removeFile(_ name: String) throws -> Bool {
    let result = try SystemCall.mutate(
      .removeFile(in: descriptor, name: name), doing: "removing it", at: path + "/" + name,
      expecting: [ENOENT])
    return result == 0
  }

  /// Removes the directory `name` in this one if nothing is in it; whether it did.
  @discardableResult
  package func removeDirectoryIfEmpty(_ name: String) throws -> Bool {
    let result = try SystemCall.mutate(
      .removeDirectory(in: descriptor, name: name), doing: "removing it", at: path + "/" + name,
      expecting: [ENOENT, ENOTEMPTY, EEXIST])
    return result == 0
  }

  func removeEmptyDirectory(_ name: String) throws {
    try SystemCall.mutate(
      .removeDirectory(in: descriptor, name: name), doing: "removing the directory",
      at: path + "/" + name)
  }

  /// Makes the names in this directory durable.
  package func sync() throws {
    try SystemCall.mutate(.syncDirectory(descriptor), doing: "making it durable", at: path)
  }
}
