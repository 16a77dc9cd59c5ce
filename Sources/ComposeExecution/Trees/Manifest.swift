import DurableFiles
import Glibc
package import ReleaseModel

/// SHA-256 of every file of a tree, as `MANIFEST.sha256` at its top: the form
/// that `sha256sum --check` reads. The ledger holds the manifest's own.
package struct Manifest: Hashable, Sendable {
  package static let fileName = "MANIFEST.sha256"

  package var checksums: [RelativePath: Checksum]

  package init(checksums: [RelativePath: Checksum] = [:]) {
    self.checksums = checksums
  }

  /// Repositories that the tree has, by their repomd.xml, sorted: what it was
  /// made with, whatever the policy says by now.
  package var repositories: [RelativePath] {
    checksums.keys.compactMap { path in
      let suffix = ["repodata", "repomd.xml"]
      guard path.components.suffix(2) == suffix[...] else { return nil }
      return RelativePath(path.components.dropLast(2).joined(separator: "/"))
    }.sorted()
  }

  /// The bytes of the file: one line for each path, sorted by path.
  package var contents: [UInt8] {
    var text = ""
    for (path, checksum) in checksums.sorted(by: { $0.key < $1.key }) {
      text += "\(checksum.hex)  \(path)\n"
    }
    return Array(text.utf8)
  }

  /// Parses the bytes of the file; throws `badData` that names the line.
  package init(contents: [UInt8], file: String) throws {
    checksums = [:]
    let text = String(decoding: contents, as: UTF8.self)
    for (index, line) in text.split(separator: "\n").enumerated() {
      let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1].hasPrefix(" "),
        let checksum = Checksum(hex: String(parts[0])),
        let path = RelativePath(String(parts[1].dropFirst())), checksums[path] == nil
      else {
        throw ComposeError(
          .badData, "\(file.sanitizedForDisplay):\(index + 1)", "it is not a line of a manifest",
          remedy: "Run 'epel-compose verify' to see what else is damaged")
      }
      checksums[path] = checksum
    }
  }
}
