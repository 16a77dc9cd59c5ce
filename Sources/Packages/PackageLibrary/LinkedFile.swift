package import DurableFiles
package import ReleaseModel

/// A file that got a further name.
package struct LinkedFile: Sendable {
  /// Below the tree that it is in now.
  package let path: RelativePath
  /// What the file was like before it got the name.
  package let before: FileIdentity
  /// Right after the name was made.
  package let made: FileStatus

  /// Both states are from `stat`, taken by whoever made the name.
  package init(path: RelativePath, before: FileIdentity, made: FileStatus) {
    self.path = path
    self.before = before
    self.made = made
  }
}
