package import DurableFiles
package import PackageLibrary
package import ReleaseModel

/// Whether a tree is what its manifest says.
extension Directory {
  /// The first file of this tree's manifest that is not there, or is no regular file; nil
  /// where all are. Looks at names alone.
  package func firstMissingFile() throws -> RelativePath? {
    let paths = try manifest().manifest.sorted.map(\.path)
    let statuses = try Concurrently.map(Concurrently.shares(of: paths.count, size: 4096)) { share in
      try self.statuses(of: Array(paths[share]))
    }
    return zip(paths, statuses.joined()).first { $0.1?.kind != .file }?.0
  }

  /// Throws `badData` for the first file whose contents are not what the manifest says.
  ///
  /// - Parameter library: knows RPMs that were read before, and whether they have
  ///   changed since.
  package func requireIntact(in library: PackageLibrary) throws {
    let files = try manifest().manifest.sorted
    _ = try Concurrently.map(files, threads: Concurrently.readers) { path, checksum in
      try Interruption.check(remaining: "reading \(self.path)")
      if path.name.hasSuffix(".rpm"), let status = try status(of: path),
        library.rpm(status, at: "\(self.path)/\(path)")?.sha256 == checksum
      {
        return
      }
      _ = try VerifiedFile(
        openFile(path), expecting: checksum, remedy: VerifiedFile.treeRemedy)
    }
  }
}
