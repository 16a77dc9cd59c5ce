import Digests
package import DocumentSigning
package import DurableFiles
package import ReleaseModel

extension Directory {
  /// Half a gibibyte: a manifest of a hundred thousand files is 15 MB.
  private static let manifestLimit = 1 << 29

  /// Reads the manifest of this tree; `noInput` where it has none.
  package func manifest() throws -> (manifest: Manifest, checksum: Checksum) {
    let file = try openFile(RelativePath.of(Manifest.fileName))
    let contents = try file.contents(limit: Self.manifestLimit)
    let checksum = Checksum(of: contents)
    return (try Manifest.parsed(contents, checksum, file: file.path), checksum)
  }

  /// Throws `refused` where this tree holds a file that its manifest lacks:
  /// it would be lost with the tree.
  package func requireNothingUnknown() throws {
    let known = try manifest().manifest.checksums
    let unknown = try walk().map(\.path).first {
      known[$0] == nil && !Manifest.isOwn($0)
    }
    guard let unknown else { return }
    throw ComposeError(
      .refused, "\(path)/\(unknown)", "it is in no record of the release",
      remedy: "Find out who put it there, and remove it")
  }

  /// Replaces the manifest of this tree in one instant, and its signature right before.
  ///
  /// Throws what signing does, with nothing changed.
  ///
  /// - Parameter signer: nil where the policy has nothing signed; then no signature stays.
  package func write(_ manifest: Manifest, signedBy signer: DocumentSigner?) throws {
    let contents = manifest.contents
    let name = try RelativePath.of(Manifest.signatureName)
    if let signer {
      let signature = try signer.signature(of: contents, named: "\(path)/\(Manifest.fileName)")
      try replaceFile(name, with: Array(signature.utf8))
    } else if try status(of: name) != nil {
      // It would not be over what is written.
      try removeFile(name.name)
    }
    try replaceFile(RelativePath.of(Manifest.fileName), with: contents)
    Manifest.remember(manifest, as: Checksum(of: contents))
  }
}
