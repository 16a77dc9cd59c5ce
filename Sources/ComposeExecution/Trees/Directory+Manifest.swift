package import DurableFiles
package import ReleaseModel

extension Directory {
  /// Half a gibibyte: a manifest of a hundred thousand files is 15 MB.
  private static let manifestLimit = 1 << 29

  /// Reads the manifest of this tree; `noInput` where it has none.
  package func manifest() throws -> (manifest: Manifest, checksum: Checksum) {
    let file = try openFile(RelativePath.of(Manifest.fileName))
    let contents = try file.contents(limit: Self.manifestLimit)
    return (try Manifest(contents: contents, file: file.path), try file.sha256())
  }

  /// Replaces the manifest of this tree in one instant.
  func write(_ manifest: Manifest) throws {
    try replaceFile(RelativePath.of(Manifest.fileName), with: manifest.contents)
  }
}
