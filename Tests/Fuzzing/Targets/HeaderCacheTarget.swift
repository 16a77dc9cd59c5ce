import Digests
import Foundation
import Glibc
import HeaderCache
import ReleaseModel

/// The file of the header cache, damaged anywhere.
struct HeaderCacheTarget: FuzzTarget {
  static let name = "header-cache"
  private let scratch: Scratch
  private static let file = FileIdentity(device: 1, inode: 2, size: 3, modified: 4, changed: 5)
  private static let kinds: [HeaderCache.Kind] = [.verifiedRPM, .primary, .lists, .chunk, .sizes]

  init() throws {
    scratch = try Scratch()
    chmod(scratch.path, 0o700)
  }

  /// The name has a number that is no concern of others: the only file there.
  private func cacheFile() throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    return names.first { $0.hasPrefix("headers-") && $0.hasSuffix(".sqlite") } ?? "headers.sqlite"
  }

  func seeds() throws -> [[UInt8]] {
    guard let cache = HeaderCache.open(directory: scratch.path, access: .writing) else { return [] }
    cache.note(Self.file, Checksum(of: [1]))
    for (index, kind) in Self.kinds.enumerated() {
      cache.keep(
        [UInt8](repeating: UInt8(index), count: 3000), as: kind, of: Checksum(of: [UInt8(index)]))
    }
    cache.close()
    let path = "\(scratch.path)/\(try cacheFile())"
    return [Array(try Data(contentsOf: URL(fileURLWithPath: path)))]
  }

  func run(_ input: [UInt8]) throws {
    let name = try cacheFile()
    try scratch.write(input, as: name)
    for access in [HeaderCache.Access.reading, .writing] {
      guard let cache = HeaderCache.open(directory: scratch.path, access: access) else { continue }
      _ = cache.sha256(of: [Self.file])
      for (index, kind) in Self.kinds.enumerated() {
        _ = cache.bytes(kind, of: [Checksum(of: [UInt8(index)])])
      }
      if access == .writing { cache.keep([1], as: .chunk, of: Checksum(of: [9])) }
      cache.close()
    }
  }
}
