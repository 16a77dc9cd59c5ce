import ComposePolicy
import DurableFiles
import MirrorDocuments
import ReleaseModel

/// Reads a module, or parts of it, for its list. What is listed and how follows what
/// list-driven mirrors expect; Docs/Mirrors.md, "File lists".
struct ModuleScan {
  private let root: Directory
  /// Not listed, at the top of the module alone.
  private let lists: [[UInt8]]
  /// Names that cannot stand in a list, as people read them.
  private(set) var odd: [String] = []
  /// Every repomd.xml that is listed.
  private(set) var indexes: [RelativePath] = []
  /// Directories that not everybody may read, with a slash at their ends.
  private var restricted: [[UInt8]] = []

  init(_ root: Directory, of module: ModuleName) {
    self.root = root
    lists = Self.listNames(of: module).map { Array($0.utf8) }
  }

  /// The lists themselves.
  static func listNames(of module: ModuleName) -> [String] {
    [
      FileTimeList.name(of: module.description), FileTimeList.pathsName,
      FileTimeList.imagesName(of: module.description),
    ]
  }

  /// Everything in the module.
  ///
  /// - Parameter former: a list of it, to know how much room is needed.
  mutating func whole(like former: FileListing?) throws -> FileListing {
    var listing = FileListing()
    listing.reserve(
      rows: (former?.count ?? 0) + 1024, bytes: (former?.text.count ?? 0) + (1 << 16))
    try walk(root, below: "", into: &listing)
    return listing
  }

  /// The directory `path` and everything below it; nothing where it is not there.
  mutating func tree(_ path: RelativePath) throws -> FileListing {
    var listing = try entry(path)
    guard !listing.isEmpty, let directory = try root.openIfPresent(path) else { return listing }
    var parents: [RelativePath] = []
    var parent: RelativePath? = path
    while let path = parent {
      parents.append(path)
      parent = path.parent
    }
    restricted = try parents.filter { path in
      (try root.status(of: path)?.mode ?? 0) & 0o004 == 0
    }.map { Array("\($0)/".utf8) }
    try walk(directory, below: "\(path)/", into: &listing)
    restricted = []
    return listing
  }

  /// The row of `path` alone; nothing where it is not listed.
  mutating func entry(_ path: RelativePath) throws -> FileListing {
    var listing = FileListing()
    var isWithinRestricted = false
    var parent = path.parent
    while let path = parent {
      guard let status = try root.status(of: path), status.mode & 0o040 != 0 else { return listing }
      if status.mode & 0o004 == 0 { isWithinRestricted = true }
      parent = path.parent
    }
    guard let status = try root.status(of: path) else { return listing }
    let bytes = Array(path.description.utf8)
    try bytes.withUnsafeBufferPointer {
      _ = try list($0, status, isWithinRestricted: isWithinRestricted, into: &listing)
    }
    return listing
  }

  private mutating func walk(
    _ directory: Directory, below prefix: String, into listing: inout FileListing
  ) throws {
    var scan = self
    let isWhole = prefix.isEmpty
    try directory.walk(below: prefix) { entry in
      if Self.isNeverListed(entry.name) { return false }
      if isWhole, entry.isAtTop, scan.lists.contains(where: { entry.name.elementsEqual($0) }) {
        return false
      }
      guard !entry.name.contains(where: { $0 < 0x20 || $0 == 0x7F }),
        String(validating: entry.name, as: UTF8.self) != nil
      else {
        scan.odd.append(String(decoding: entry.path, as: UTF8.self).sanitizedForDisplay)
        return false
      }
      let isWithin = scan.restricted.contains { entry.path.starts(with: $0) }
      let isListed = try scan.list(
        entry.path, entry.status, isWithinRestricted: isWithin, into: &listing)
      guard isListed, entry.status.kind == .directory else { return false }
      if entry.status.mode & 0o004 == 0 {
        scan.restricted.append(Array(entry.path) + [UInt8(ascii: "/")])
      }
      return true
    }
    self = scan
  }

  private static let temporary = Array(Directory.temporaryPrefix.utf8)

  /// What rsync, NFS and this program leave unfinished.
  private static func isNeverListed(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.first == UInt8(ascii: ".") else { return false }
    return name.elementsEqual(".~tmp~".utf8) || name.starts(with: ".nfs".utf8)
      || name.starts(with: temporary)
  }

  /// Appends the row of what is at `path`; false where it is left out.
  private mutating func list(
    _ path: UnsafeBufferPointer<UInt8>, _ status: FileStatus, isWithinRestricted: Bool,
    into listing: inout FileListing
  ) throws -> Bool {
    let kind: FileListing.Kind
    var access: FileListing.Access = isWithinRestricted ? .withinRestricted : .everybody
    switch status.kind {
    case .special: return false
    case .file, .directory:
      guard status.mode & 0o040 != 0 else { return false }
      kind = status.kind == .file ? .file : .directory
      if status.mode & 0o004 == 0 { access = .restricted }
    case .link:
      guard let path = RelativePath(String(decoding: path, as: UTF8.self)),
        let target = try root.statusFollowing(path), target.mode & 0o040 != 0
      else { return false }
      kind = .link
    }
    listing.append(
      time: status.newestSecond, kind: kind, access: access, size: status.size, path: path)
    if kind == .file, path.count >= 10, path.suffix(10).elementsEqual("repomd.xml".utf8),
      path.count == 10 || path[path.count - 11] == UInt8(ascii: "/"),
      let index = RelativePath(String(decoding: path, as: UTF8.self))
    {
      indexes.append(index)
    }
    return true
  }
}
