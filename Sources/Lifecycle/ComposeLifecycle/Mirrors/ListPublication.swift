import ComposePolicy
import Digests
import DurableFiles
import MirrorDocuments
import ReleaseModel

/// Lists of all modules under temporary names, and their renaming.
///
/// Archives are hard links between modules, which a mirror that works by lists sees only where
/// both lists change at once: no list is renamed before all of them are flushed.
struct ListPublication {
  private struct Prepared {
    let module: ModuleName
    let root: Directory
    let temporary: String
    let name: String
    /// Lists of paths come first: no client takes them for the signal to begin.
    let isPathsOnly: Bool
  }

  private var prepared: [Prepared] = []
  /// Directories that got a name.
  private var changed: [Directory] = []

  /// Whether lists of `module` are renamed into place.
  func isWritten(_ module: ModuleName) -> Bool { prepared.contains { $0.module == module } }

  /// Writes what differs of the lists of one module, under temporary names.
  mutating func prepare(_ lists: ModuleLists) throws {
    let (list, root) = (lists.list, lists.root)
    let name = lists.module.name.description
    let images = try RelativePath.of(FileTimeList.imagesName(of: name))
    if try root.status(of: images) == nil {
      try root.createFile(images.name).sync()
      changed.append(root)
    }
    let module = lists.module.name
    // Where the rows differ, the file need not be read to know it.
    let differs = lists.former.map { $0 != list } ?? true
    try prepare(FileTimeList.pathsName, of: module, in: root, isPathsOnly: true) { body in
      try list.writePaths(to: body)
    }
    try prepare(
      FileTimeList.name(of: name), of: module, in: root, isPathsOnly: false, differs: differs
    ) { body in
      try list.write(to: body)
    }
  }

  /// Whether each list of the module is what would be written.
  static func isUpToDate(_ lists: ModuleLists) throws -> Bool {
    let (list, root) = (lists.list, lists.root)
    let name = lists.module.name.description
    let images = try RelativePath.of(FileTimeList.imagesName(of: name))
    return try root.status(of: images) != nil
      && isWritten(FileTimeList.pathsName, in: root) { try list.writePaths(to: $0) }
      && isWritten(FileTimeList.name(of: name), in: root) { try list.write(to: $0) }
  }

  private typealias Writing = ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

  private mutating func prepare(
    _ name: String, of module: ModuleName, in root: Directory, isPathsOnly: Bool,
    differs: Bool = false, _ writing: Writing
  ) throws {
    if try !differs && Self.isWritten(name, in: root, writing) { return }
    let temporary = "\(Directory.temporaryPrefix)list-\(isPathsOnly ? 1 : 2)"
    try root.removeFile(temporary)
    prepared.append(
      Prepared(
        module: module, root: root, temporary: temporary, name: name, isPathsOnly: isPathsOnly))
    let file = try root.createFile(temporary)
    try writing { bytes in try file.write(bytes) }
    try file.sync()
  }

  /// Whether the file `name` has these very bytes.
  private static func isWritten(
    _ name: String, in root: Directory, _ writing: Writing
  ) throws -> Bool {
    let path = try RelativePath.of(name)
    guard let status = try root.status(of: path), status.kind == .file else { return false }
    var size = 0
    try writing { bytes in size += bytes.count }
    guard size == status.size else { return false }
    let digest = MessageDigest()
    try writing { bytes in digest.update(bytes) }
    return try root.openFile(path).sha256() == digest.checksum()
  }

  /// Gives all that was prepared its name.
  func publish() throws {
    for item in prepared.sorted(by: { $0.isPathsOnly && !$1.isPathsOnly }) {
      try item.root.replace(item.name, with: item.temporary)
    }
    for root in prepared.map(\.root) + changed { try root.sync() }
  }

  /// Removes what was prepared and has no name yet, as far as that is possible.
  func giveUp() {
    for item in prepared { _ = try? item.root.removeFile(item.temporary) }
  }
}
