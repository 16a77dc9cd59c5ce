/// The directory of one release in one area, such as `updates/7.06.201903`.
///
/// The same path is used below every root (staging, public, archive): mirrors
/// can only follow a tree to the archive if its path stays equal.
package struct TreeName: Hashable, Codable, Sendable {
  package let area: Area
  package let release: ReleaseID
  /// The path below a root, as the policy's template gives it.
  package let path: RelativePath

  package init(area: Area, release: ReleaseID, path: RelativePath) {
    self.area = area
    self.release = release
    self.path = path
  }
}

extension TreeName: CustomStringConvertible {
  package var description: String { path.description }
}
