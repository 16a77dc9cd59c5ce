package import DurableFiles
package import PackageLibrary
package import RPMPackages
package import ReleaseModel
package import RepoMetadata

/// Files of a tree for readers that belong to other libraries: they get the
/// very file that was opened beneath the tree, whatever its path leads to by
/// then.
extension Directory {
  /// repomd.xml of one repository of this tree.
  package func repomd(of repository: RelativePath) throws -> Repomd {
    let file = try openFile(RepositoryMetadata.repomdPath(of: repository))
    return try file.withDescriptor { try Repomd(path: file.path, openedAs: $0) }
  }

  /// The RPM at `path`, read and verified.
  package func rpm(_ path: RelativePath, by reader: RPMReader) throws -> RPMFile {
    let file = try openFile(path)
    return try file.withDescriptor { try reader.read(file.path, openedAs: $0) }
  }

  /// The RPM that was found at `entry`, as it is known, else read and verified.
  package func rpm(_ entry: TreeEntry, in library: PackageLibrary) throws -> RPMFile {
    if let known = library.rpm(entry.status, at: "\(path)/\(entry.path)") { return known }
    let file = try openFile(entry.path)
    return try file.withDescriptor { try library.rpm(file.path, openedAs: $0) }
  }

  /// What the primary metadata of one repository lists.
  package func packages(of repository: RelativePath, _ repomd: Repomd) throws -> [ListedPackage] {
    try primary(of: repository, repomd) { path, descriptor, checksum in
      try PrimaryReader.packages(in: path, openedAs: descriptor, openChecksum: checksum)
    }
  }

  /// The same, of a document that `library` may know.
  ///
  /// - Parameter reading: whether the document is read whatever is known of it.
  package func packages(
    of repository: RelativePath, _ repomd: Repomd, by library: PackageLibrary,
    reading: Bool = false
  ) throws -> [ListedPackage] {
    let (file, record) = try primaryFile(of: repository, repomd)
    return try library.packages(in: file, openChecksum: record.openChecksum, reading: reading)
  }

  /// What the packages of one repository say of themselves.
  package func descriptions(
    of repository: RelativePath, _ repomd: Repomd
  ) throws -> [DescribedPackage] {
    try primary(of: repository, repomd) { path, descriptor, checksum in
      try PrimaryReader.descriptions(in: path, openedAs: descriptor, openChecksum: checksum)
    }
  }

  private func primary<Value>(
    of repository: RelativePath, _ repomd: Repomd,
    _ read: (_ path: String, _ descriptor: Int32, _ openChecksum: Checksum?) throws -> Value
  ) throws -> Value {
    let (file, record) = try primaryFile(of: repository, repomd)
    return try file.withDescriptor { try read(file.path, $0, record.openChecksum) }
  }

  private func primaryFile(
    of repository: RelativePath, _ repomd: Repomd
  ) throws -> (file: ReadableFile, record: MetadataRecord) {
    guard let primary = repomd.records.first(where: { $0.type == "primary" }) else {
      throw ComposeError(
        .badData, "\(path)/\(repository)", "its repomd.xml lists no primary metadata",
        remedy: "Compose again")
    }
    let name = try RelativePath.of("repodata/\(primary.fileName)")
    return (try openFile(repository.appending(name)), primary)
  }
}
