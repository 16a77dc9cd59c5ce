/// Everything below a directory, by path: what a command left on disk, to be
/// compared with what another left.
package enum Listing {
  /// Kind and contents of each path; a ledger, a lock and times, which differ
  /// from run to run, are left out.
  package static func of(_ directory: String) -> [String: String] {
    var listing: [String: String] = [:]
    FileTree.walk(directory) { path, kind in
      if path.hasSuffix(".lock") || path.contains(".sqlite") { return }
      let whole = "\(directory)/\(path)"
      switch kind {
      case .directory: listing[path] = "directory"
      case .link: listing[path] = "-> \(FileTree.target(of: whole) ?? "?")"
      case .file: listing[path] = FileSum.hex(of: whole) ?? "unreadable"
      }
    }
    return listing
  }

  /// How `found` differs from `wanted`, a line for each path; empty where
  /// both are equal.
  package static func differences(
    _ found: [String: String], _ wanted: [String: String]
  ) -> [String] {
    Set(found.keys).union(wanted.keys).sorted().compactMap { path in
      if found[path] == wanted[path] { return nil }
      return "\(path): \(found[path] ?? "missing") instead of \(wanted[path] ?? "nothing")"
    }
  }
}
