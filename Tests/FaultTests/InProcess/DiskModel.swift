import Foundation

/// What a disk holds: directories, files and links by number, as a value.
struct DiskImage: Hashable {
  typealias Node = Int

  struct File: Hashable {
    var contents: Data
    /// Modification time, seconds.
    var modified: Int
  }

  /// Names in each directory.
  var directories: [Node: [String: Node]] = [:]
  /// Missing for a file whose contents never reached the disk.
  var files: [Node: File] = [:]
  var links: [Node: String] = [:]
  /// The ledger, which SQLite keeps by itself.
  var ledger = Data()

  /// Writes everything below the directory `root` to `path`, which is made.
  /// A file that lost its contents is there and empty.
  func write(_ root: Node, to path: String) throws {
    var written: [Node: String] = [:]
    try write(root, to: path, &written)
  }

  private func write(_ node: Node, to path: String, _ written: inout [Node: String]) throws {
    let manager = FileManager.default
    if let names = directories[node] {
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, child) in names { try write(child, to: "\(path)/\(name)", &written) }
    } else if let target = links[node] {
      try manager.createSymbolicLink(atPath: path, withDestinationPath: target)
    } else if let other = written[node] {
      try manager.linkItem(atPath: other, toPath: path)
    } else {
      let file = files[node]
      _ = manager.createFile(atPath: path, contents: file?.contents ?? Data())
      let modified = Date(timeIntervalSince1970: Double(file?.modified ?? 0))
      try manager.setAttributes(
        [.modificationDate: modified, .posixPermissions: 0o644], ofItemAtPath: path)
      written[node] = path
    }
  }
}

/// What a disk would hold after a power cut, from the calls that were made: a
/// change of names is pending until its directory is flushed, contents until
/// their file is.
///
/// The rules are the weakest that file systems with a journal promise. A
/// rename is never half done. Flushing a directory makes every pending change
/// of its names durable, and what those changes build upon. Changes of other
/// directories may reach the disk earlier or later, in any order.
struct DiskModel {
  typealias Node = DiskImage.Node

  /// One call's change of names, all or nothing; nil removes a name.
  private struct Change {
    struct Key: Hashable {
      let directory: Node
      let name: String
    }

    var names: [Key: Node?]
  }

  /// What is certain to be on the disk.
  private(set) var durable = DiskImage()
  private var pending: [Change] = []
  private var count = 0

  mutating func makeNode() -> Node {
    count += 1
    return count
  }

  // MARK: Changes

  mutating func addDirectory(_ node: Node) { durable.directories[node] = [:] }
  mutating func addLink(_ node: Node, to target: String) { durable.links[node] = target }

  /// Sets or removes names in one instant, not durable yet.
  mutating func change(_ names: [(directory: Node, name: String, node: Node?)]) {
    pending.append(
      Change(
        names: Dictionary(
          names.map { (Change.Key(directory: $0.directory, name: $0.name), $0.node) }
        ) { _, last in last }))
  }

  // MARK: Flushes

  mutating func setContents(_ file: DiskImage.File, of node: Node) { durable.files[node] = file }
  mutating func setLedger(_ contents: Data) { durable.ledger = contents }

  /// Makes the names of `directory` durable; all names where it is nil.
  mutating func flush(_ directory: Node?) {
    var needed: Set<Change.Key> = []
    var kept: [Change] = []
    var flushed: [Change] = []
    for change in pending.reversed() {
      let keys = Set(change.names.keys)
      let isAsked = directory == nil || keys.contains { $0.directory == directory }
      if isAsked || !needed.isDisjoint(with: keys) {
        needed.formUnion(keys)
        flushed.append(change)
      } else {
        kept.append(change)
      }
    }
    pending = kept.reversed()
    for change in flushed.reversed() { Self.apply(change, to: &durable) }
  }

  // MARK: Power cuts

  /// Images that a power cut could leave now: nothing that was not flushed,
  /// all changes of names but no contents that were not flushed, and a part
  /// of the changes of names.
  func images(using generator: inout some RandomNumberGenerator) -> [DiskImage] {
    if pending.isEmpty { return [durable] }
    var all = durable
    for change in pending { Self.apply(change, to: &all) }
    var part = durable
    for change in pending.prefix(Int.random(in: 0...pending.count, using: &generator)) {
      Self.apply(change, to: &part)
    }
    return [durable, all, part]
  }

  private static func apply(_ change: Change, to image: inout DiskImage) {
    for (key, node) in change.names { image.directories[key.directory]?[key.name] = node }
  }
}
