/// What the index page of a stream's archive says; its stored properties are the values of the
/// template.
package struct ArchivePage: Sendable {
  /// What people call the stream.
  package let title: String
  /// Name of the file with the checksums of all manifests.
  package let manifest: String
  /// Name of its signature; nil where nothing is signed.
  package let signature: String?
  /// Newest first.
  package let releases: [Release]

  /// One archived release.
  package struct Release: Sendable {
    /// Its ID.
    package let release: String
    /// The day on which it was archived, `YYYY-MM-DD`; nil where that is not known.
    package let archived: String?
    /// `releases` before `updates`.
    package let trees: [Tree]

    /// - Parameter archived: `YYYY-MM-DD`.
    package init(release: String, archived: String?, trees: [Tree]) {
      self.release = release
      self.archived = archived
      self.trees = trees
    }
  }

  /// One archived tree.
  package struct Tree: Sendable {
    /// Below the archive root.
    package let path: String
    /// The same for an address.
    package let address: String
    /// RPM files, with their word.
    package let packages: String
    /// SHA-256 of its manifest, hexadecimal.
    package let sha256: String

    /// A tree as the ledger has it.
    package init(path: RelativePath, packages: Int, sha256: Checksum) {
      self.path = path.description
      address = path.description.percentEncodedPath
      self.packages = packages.counted("RPM")
      self.sha256 = sha256.hex
    }
  }

  /// - Parameter releases: newest first.
  package init(title: String, manifest: String, signature: String?, releases: [Release]) {
    self.title = title
    self.manifest = manifest
    self.signature = signature
    self.releases = releases
  }
}
