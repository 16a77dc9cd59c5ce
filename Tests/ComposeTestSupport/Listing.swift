import Foundation

/// Everything below a directory, by path: what a command left on disk, to be
/// compared with what another left.
package enum Listing {
  /// Kind and contents of each path; a ledger, a lock and times, which differ
  /// from run to run, are left out.
  package static func of(_ directory: String) -> [String: String] {
    let manager = FileManager.default
    var listing: [String: String] = [:]
    for case let path as String in manager.enumerator(atPath: directory) ?? .init() {
      if path.hasSuffix(".lock") || path.contains(".sqlite") { continue }
      let whole = "\(directory)/\(path)"
      if let target = try? manager.destinationOfSymbolicLink(atPath: whole) {
        listing[path] = "-> \(target)"
      } else {
        listing[path] = FileSum.hex(of: whole) ?? "directory"
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
