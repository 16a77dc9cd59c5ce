package import DurableFiles
import Glibc
import ReleaseModel

/// Tells whether any name in a tree was added, removed or renamed since an
/// earlier look, by the change time (ctime) of each directory: the kernel updates
/// it with every change of a name, and nobody can set it back. There are far
/// fewer directories than files, so this is quick.
package struct DirectoryTimes: Hashable, Sendable {
  /// Nanoseconds since 1970, by path below the tree: when it last changed. Of
  /// the tree itself, when its names did: `publish` renames it.
  package let times: [String: Int64]

  /// Of an earlier look, as the ledger has kept it.
  package init(times: [String: Int64]) {
    self.times = times
  }

  /// The times of `tree` now; nil where a directory of the manifest is missing.
  package init?(of tree: Directory, _ manifest: Manifest) throws {
    var directories: Set<RelativePath> = []
    for path in manifest.checksums.keys {
      var above = path.parent
      while let directory = above, directories.insert(directory).inserted {
        above = directory.parent
      }
    }
    // Wait for the next tick of the file system's clock: a second change within
    // one tick would not show in the times.
    usleep(UInt32(FileIdentity.tick / 1000))
    guard let times = try Self.times(of: directories.map(\.description) + ["."], in: tree) else {
      return nil
    }
    self.times = times
  }

  /// Whether the directories of `tree` still have these times.
  package func areUnchanged(in tree: Directory) throws -> Bool {
    let names = times.keys.filter { $0 != Manifest.fileName }
    return try Self.times(of: names, in: tree) == times
  }

  private static func times(of names: [String], in tree: Directory) throws -> [String: Int64]? {
    var times: [String: Int64] = [:]
    for name in names + [Manifest.fileName] {
      let found = try name == "." ? tree.status(named: name) : tree.status(of: .of(name))
      guard let status = found,
        status.kind == (name == Manifest.fileName ? .file : .directory)
      else { return nil }
      let identity = status.identity
      times[name] = name == "." ? identity.modified : identity.changed
    }
    return times
  }
}
