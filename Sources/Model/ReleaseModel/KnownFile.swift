/// An RPM file that was behind a public URL and is not any more: who still has it must
/// not get other contents by that URL.
package struct KnownFile: Hashable, Codable, Sendable {
  /// Of the tree that had it.
  package let area: Area
  /// Below the tree.
  package let path: RelativePath
  package let sha256: Checksum

  package init(area: Area, path: RelativePath, sha256: Checksum) {
    self.area = area
    self.path = path
    self.sha256 = sha256
  }
}
