import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Whether there is room for trees on another device, before they are copied.
struct SpaceCheck {
  let site: Site

  /// Room for directories and metadata that are made whatever is linked.
  static let reserve = 64 << 20

  /// Throws `inputOutput` where the device of `root` has not the space or the
  /// inodes for a copy of `trees`; on their own device hard links take none.
  func require(_ trees: [TreeRecord], at root: String) throws {
    let target = try Directory.openNearest(to: root)
    var bytes = 0
    var seen: Set<UInt> = []
    for tree in trees {
      let directory = try site.locations.open(tree)
      if try directory.isOnSameDevice(as: target) { continue }
      for entry in try directory.walk() where seen.insert(entry.status.inode).inserted {
        bytes += entry.status.size
      }
    }
    guard bytes > 0 else { return }
    try Self.require(bytes: bytes + Self.reserve, inodes: seen.count, in: target, root)
  }

  /// Throws `inputOutput` where `directory`'s file system has less left.
  static func require(
    bytes: Int, inodes: Int, in directory: Directory, _ root: String
  ) throws {
    let capacity = try directory.capacity()
    guard capacity.freeBytes >= bytes else {
      throw ComposeError(
        .inputOutput, root,
        "\(bytes >> 20) MiB are needed there, and \(capacity.freeBytes >> 20) MiB are free",
        remedy: "Free space, or put the roots on one device")
    }
    if let free = capacity.freeInodes, free < inodes {
      throw ComposeError(
        .inputOutput, root, "\(inodes) inodes are needed there, and \(free) are free",
        remedy: "Free inodes, or put the roots on one device")
    }
  }
}
