/// The directory of one release in one area, such as `updates/7.06.201903`.
///
/// The same path is used below every root (staging, public, archive): mirrors
/// can only follow a tree to the archive if its path stays equal.
package struct TreeName: Hashable, Codable, Sendable {
  /// Which of the release's trees it is.
  package let area: Area
  /// Whose tree it is.
  package let release: ReleaseID
  /// The path below a root, as the policy's template gives it.
  package let path: RelativePath

  /// `path` is the area's template of the policy, filled for `release`.
  package init(area: Area, release: ReleaseID, path: RelativePath) {
    self.area = area
    self.release = release
    self.path = path
  }
}

extension TreeName: CustomStringConvertible {
  /// The path below a root.
  package var description: String { path.description }
}
