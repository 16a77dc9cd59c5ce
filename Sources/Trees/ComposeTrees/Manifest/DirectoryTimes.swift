package import DurableFiles
import Glibc
import ReleaseModel

/// What tells whether any name in a tree has changed since somebody looked at
/// all of them: the time of a directory's last change moves on with each of its
/// names, and nobody can set it back. There are as many as directories, not as
/// files.
package struct DirectoryTimes: Hashable, Sendable {
  /// Nanoseconds since 1970, by path below the tree: when it last changed. Of
  /// the tree itself, when its names did: `publish` renames it.
  package let times: [String: Int64]

  /// Of an earlier look, as the ledger has kept it.
  package init(times: [String: Int64]) {
    self.times = times
  }

  /// What `tree` is like now; nil where something is not there.
  package init?(of tree: Directory, _ manifest: Manifest) throws {
    var directories: Set<RelativePath> = []
    for path in manifest.checksums.keys {
      var above = path.parent
      while let directory = above, directories.insert(directory).inserted {
        above = directory.parent
      }
    }
    // What changes within a tick can change again unseen.
    usleep(UInt32(FileIdentity.tick / 1000))
    guard let times = try Self.times(of: directories.map(\.description) + ["."], in: tree) else {
      return nil
    }
    self.times = times
  }

  /// Whether all of it is so still.
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
