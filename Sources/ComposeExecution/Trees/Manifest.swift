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
      guard path.description.hasSuffix("/repodata/repomd.xml") else { return nil }
      return path.parent?.parent
    }.sorted()
  }

  /// Every file, sorted by path.
  package var sorted: [(path: RelativePath, checksum: Checksum)] {
    checksums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The bytes of the file: one line for each path, sorted by path.
  package var contents: [UInt8] {
    let files = sorted
    let size = files.reduce(0) { $0 + $1.path.description.utf8.count + Self.lineOverhead }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      for (path, checksum) in files {
        checksum.writeHex(to: UnsafeMutableBufferPointer(rebasing: buffer[count...]))
        count += 2 * Checksum.byteCount
        count = buffer[count...].update(fromContentsOf: "  ".utf8)
        count = buffer[count...].update(fromContentsOf: path.description.utf8)
        count = buffer[count...].update(fromContentsOf: "\n".utf8)
      }
    }
  }

  /// Digits, two spaces and the end of a line.
  private static let lineOverhead = 2 * Checksum.byteCount + 3

  /// Parses the bytes of the file; throws `badData` that names the line.
  package init(contents: [UInt8], file: String) throws {
    checksums = [:]
    checksums.reserveCapacity(contents.count / 120)
    try contents.withUnsafeBufferPointer { bytes in
      for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
        guard let (path, checksum) = Self.parse(line),
          checksums.updateValue(checksum, forKey: path) == nil
        else {
          throw ComposeError(
            .badData, "\(file.sanitizedForDisplay):\(index + 1)", "it is not a line of a manifest",
            remedy: "Run 'epel-compose verify' to see what else is damaged")
        }
      }
    }
  }

  private static func parse(
    _ line: Slice<UnsafeBufferPointer<UInt8>>
  ) -> (path: RelativePath, checksum: Checksum)? {
    let digits = 2 * Checksum.byteCount
    let line = UnsafeBufferPointer(rebasing: line)
    guard line.count > digits + 2, line[digits] == UInt8(ascii: " "),
      line[digits + 1] == UInt8(ascii: " "),
      let checksum = Checksum(hex: line[..<digits]),
      let text = String(validating: line[(digits + 2)...], as: UTF8.self),
      let path = RelativePath(text)
    else { return nil }
    return (path, checksum)
  }
}
