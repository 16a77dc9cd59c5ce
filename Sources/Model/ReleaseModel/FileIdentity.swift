/// What tells whether a file is still the one that was looked at: a write
/// changes the times, a rename or a restored backup the inode.
package struct FileIdentity: Hashable, Sendable {
  /// Number of the device, as `stat` has it.
  package let device: UInt64
  /// Number within the device; the file system may give it to a later file.
  package let inode: UInt64
  /// Bytes.
  package let size: Int64
  /// Nanoseconds since 1970: of the contents.
  package let modified: Int64
  /// Nanoseconds since 1970: of anything about the file. Nobody can set it back.
  package let changed: Int64

  /// From the fields of `stat`, times in nanoseconds since 1970.
  package init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  /// Which file it is, whatever has happened to it.
  package struct Inode: Hashable, Sendable {
    /// Number of the device, as `stat` has it.
    package let device: UInt64
    /// Number within the device.
    package let inode: UInt64

    /// From the fields of `stat`.
    package init(device: UInt64, inode: UInt64) {
      self.device = device
      self.inode = inode
    }
  }

  /// The file without its times and size: the same after a write.
  package var file: Inode { Inode(device: device, inode: inode) }

  /// Whether `later` is the same file with the same contents, which has got or
  /// lost a name, or another mode.
  package func hasContents(of later: FileIdentity) -> Bool {
    file == later.file && size == later.size && modified == later.modified
  }

  /// Nanoseconds: the longest interval between two ticks of the clock that file
  /// systems take times from. A file that changed less than one tick before it
  /// was looked at can change again without getting another time.
  package static let tick: Int64 = 50_000_000
}
