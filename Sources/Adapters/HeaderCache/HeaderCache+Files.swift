import CDeflate
import GRDB
package import ReleaseModel

/// Which contents a file had when it was looked at.
extension HeaderCache {
  /// SHA-256 of each file that is as it was when somebody noted it; nil for the
  /// others.
  package func sha256(of files: [FileIdentity]) -> [Checksum?] {
    var found = pending.withLock { pending in
      files.map { file in pending.files[file.file].map { $0.identity == file ? $0.sha256 : nil } }
    }
    let missing = found.indices.filter { found[$0] == nil }
    reading(missing.isEmpty) { db in
      let lookup = try Lookup(
        db, "SELECT size, modified, changed, sum, sha256 FROM file WHERE device = ? AND inode = ?")
      for index in missing {
        let file = files[index]
        let row = try lookup.row {
          $0.bind(Int64(bitPattern: file.device), at: 1)
          $0.bind(Int64(bitPattern: file.inode), at: 2)
          let isSame =
            $0.number(at: 0) == file.size && $0.number(at: 1) == file.modified
            && $0.number(at: 2) == file.changed
          return (isSame, $0.number(at: 3), $0.blob(at: 4))
        }
        guard let (isSame, sum, blob) = row, isSame else { continue }
        let sha256 = Checksum(digest: blob)
        if sum == Self.sum(file, sha256) { found[index] = .some(sha256) }
      }
    }
    return found.map { $0 ?? nil }
  }

  /// Remembers what a file has in it.
  package func note(_ file: FileIdentity, _ sha256: Checksum) {
    guard isWritable else { return }
    pending.withLock { $0.files[file.file] = (file, sha256) }
  }

  static func sum(_ file: FileIdentity, _ sha256: Checksum) -> Int {
    let words = (
      file.device, file.inode, UInt64(bitPattern: file.size), UInt64(bitPattern: file.modified),
      UInt64(bitPattern: file.changed)
    )
    let sum = withUnsafeBytes(of: words) { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    return Int(sha256.withBytes { libdeflate_crc32(sum, $0.baseAddress, $0.count) })
  }
}
