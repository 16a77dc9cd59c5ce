package import DurableFiles
package import ReleaseModel

/// When each file of one archived tree was last read back from the device and found to be what
/// the manifest says.
package struct TreeReading: Hashable, Sendable {
  /// Which copy of a tree was read. What was read on one disk says nothing of another: a copy has
  /// another inode, and the time of the manifest tells a copy that got the same one.
  package struct Copy: Hashable, Sendable {
    /// SHA-256 of the manifest: what the files should be.
    package let manifest: Checksum
    /// Inode of the manifest's file.
    package let inode: UInt64
    /// When that file was last written, nanoseconds since 1970.
    package let modified: Int64

    /// As it was recorded.
    package init(manifest: Checksum, inode: UInt64, modified: Int64) {
      self.manifest = manifest
      self.inode = inode
      self.modified = modified
    }

    /// The copy that `tree` is, if its manifest is what was recorded: its file is not read.
    ///
    /// Nil where it has none.
    init?(of tree: Directory, recorded manifest: Checksum) throws {
      let path = try RelativePath.of(Manifest.fileName)
      guard let status = try tree.status(of: path), status.kind == .file else { return nil }
      self.init(
        manifest: manifest, inode: status.identity.inode, modified: status.identity.modified)
    }

    /// The copy that `tree` is.
    ///
    /// Throws `noInput` where it has no manifest.
    package init(of tree: Directory) throws {
      let file = try tree.openFile(RelativePath.of(Manifest.fileName))
      let identity = file.status.identity
      self.init(
        manifest: try file.sha256(), inode: identity.inode, modified: identity.modified)
    }
  }

  /// What was read.
  package let copy: Copy
  /// For each file of the manifest, in its order: seconds since 1970, or ``never``.
  package private(set) var times: [Int]

  /// Seconds after which a file counts as not read for a year.
  package static let patience = 365 * 86_400

  /// The time of a file that was never read, or was damaged when it was.
  package static let never = 0

  /// Nothing was read yet.
  ///
  /// - Parameter files: how many the manifest has.
  package init(_ copy: Copy, files: Int) {
    self.init(copy, times: Array(repeating: Self.never, count: files))
  }

  /// - Parameter times: one for each file of the manifest.
  package init(_ copy: Copy, times: [Int]) {
    self.copy = copy
    self.times = times
  }

  /// - Parameters:
  ///   - file: its place in the manifest.
  ///   - time: seconds since 1970, or ``never``.
  package mutating func set(_ file: Int, to time: Int) { times[file] = time }

  /// The same times as runs of equal ones.
  var runs: [(count: Int, time: Int)] {
    var runs: [(count: Int, time: Int)] = []
    for time in times {
      if runs.last?.time == time {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((1, time))
      }
    }
    return runs
  }
}
