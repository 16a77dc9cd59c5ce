package import DurableFiles
import PackageLibrary
package import ReleaseModel

/// Files of a tree, together with RPMs that are on their way into it.
///
/// Metadata of a push is made, and judged, before any of its RPMs is in the
/// tree: until then they are where the build system has them.
package struct TreeFiles: Sendable {
  /// As it is on disk.
  package let tree: Directory
  /// RPMs that the tree does not have yet, by the path that they will have.
  package let arriving: [RelativePath: RPMFile]

  /// - Parameter arriving: by path below the tree.
  package init(_ tree: Directory, arriving: [RelativePath: RPMFile] = [:]) {
    self.tree = tree
    self.arriving = arriving
  }

  /// Of the tree, for messages.
  package var path: String { tree.path }

  /// Nil for each that is not there.
  package func statuses(of paths: [RelativePath]) throws -> [FileStatus?] {
    guard !arriving.isEmpty else { return try tree.statuses(of: paths) }
    let present = paths.filter { arriving[$0] == nil }
    let known = Dictionary(
      zip(present, try tree.statuses(of: present)).map { ($0, $1) }
    ) { first, _ in first }
    return paths.map { path in
      if let rpm = arriving[path] { return FileStatus(path: rpm.path) }
      return known[path] ?? nil
    }
  }

  /// Opens the file that is, or will be, at `path`; throws `noInput` where there
  /// is none.
  package func openFile(_ path: RelativePath) throws -> ReadableFile {
    guard let rpm = arriving[path] else { return try tree.openFile(path) }
    return try ReadableFile(path: rpm.path)
  }

  /// The RPM at `path`, as it is known, else read and verified.
  ///
  /// - Parameter status: of that file.
  func rpm(_ path: RelativePath, _ status: FileStatus, in library: PackageLibrary) throws -> RPMFile
  {
    if let rpm = arriving[path] { return rpm }
    return try tree.rpm(Directory.TreeEntry(path: path, status: status), in: library)
  }
}
