import CDeflate
import GRDB
package import ReleaseModel

/// What was made of contents.
extension HeaderCache {
  /// What is kept of contents.
  package enum Kind: Int, Sendable {
    /// What was read and found to hold of an RPM.
    case verifiedRPM
    /// Its element in primary metadata.
    case primary
    /// Its elements in the documents of files and changelogs.
    case lists
    /// A compressed part of a document.
    case chunk
    /// A repository in libsolv's form.
    case solv
    /// How long its elements are.
    case sizes
    /// What a file of primary metadata lists, and its parts.
    case listing
    /// SHA-256 of what a compressed file has in it.
    case opened
    /// That a client has loaded a repository.
    case loaded
    /// Which packages of a repository have certain files.
    case owners
    /// What the closure of certain repositories is.
    case closure
  }

  /// What was kept as `kind` of each key.
  package func bytes(_ kind: Kind, of keys: [Checksum]) -> [[UInt8]?] {
    var found = pending.withLock { pending in
      keys.map { pending.kept(Pending.Key(kind: kind, key: $0)) }
    }
    let missing = found.indices.filter { found[$0] == nil }
    var touched: [Int64] = []
    reading(missing.isEmpty) { db in
      let lookup = try Lookup(
        db, "SELECT id, used, sum, bytes FROM content WHERE key = ? AND kind = ?")
      for index in missing {
        let row = try lookup.row {
          $0.bind(keys[index], at: 1)
          $0.bind(Int64(kind.rawValue), at: 2)
          return ($0.number(at: 0), $0.number(at: 1), $0.number(at: 2), $0.blob(at: 3))
        }
        guard let (id, used, sum, blob) = row, Self.sum(of: kind, keys[index], blob) == sum else {
          continue
        }
        found[index] = blob
        if used < today { touched.append(id) }
      }
    }
    if isWritable, !touched.isEmpty { pending.withLock { $0.touched += touched } }
    return found
  }

  /// Keeps `bytes` as `kind` of `key`, in place of what was kept before.
  package func keep(_ bytes: [UInt8], as kind: Kind, of key: Checksum) {
    guard isWritable else { return }
    let isFull = pending.withLock { pending in
      pending.keep(bytes, Pending.Key(kind: kind, key: key))
      return pending.bytes > Self.flushLimit
    }
    if isFull { flush(withFiles: false) }
  }

  /// The sum covers the key, so that a damaged index that leads to another row is
  /// noticed.
  static func sum(of kind: Kind, _ key: Checksum, _ bytes: [UInt8]) -> Int {
    var name = key.withBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    name = withUnsafeBytes(of: UInt8(kind.rawValue)) { libdeflate_crc32(name, $0.baseAddress, 1) }
    return Int(libdeflate_crc32(name, bytes, bytes.count))
  }
}
