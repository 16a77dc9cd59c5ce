import Digests
import ReleaseModel

/// A part of a document that is compressed by itself.
///
/// It begins as a list of packages, or as text; what a store has of it, or the
/// packages' elements, make the rest.
final class DocumentChunk: @unchecked Sendable {
  // @unchecked: it belongs to one thread at a time.
  private(set) var packages: [PackageRecord] = []
  /// Bytes of the packages' elements.
  private(set) var elementSize = 0
  /// What stands in the document; nil while only packages are known.
  var text: [UInt8]?
  /// The text, compressed; nil while it is not.
  private(set) var compressed: [UInt8]?
  /// CRC-32 of the text, where the form has a use for it.
  private(set) var sum: UInt = 0
  var problem: (any Error)?

  init(text: [UInt8]? = nil) { self.text = text }

  func append(_ package: PackageRecord, size: Int) {
    packages.append(package)
    elementSize += size
  }

  /// What it is kept as: `prefix` names all that its bytes depend on besides the
  /// packages.
  func key(prefix: [UInt8]) -> Checksum {
    let digest = MessageDigest()
    digest.update(prefix)
    for package in packages { digest.update(package.identity) }
    return digest.checksum()
  }

  func compress(by compression: MetadataCompression) throws {
    guard let text else { return }
    compressed = try Compressor.compress(text, by: compression)
    if compression == .gz { sum = Compressor.sum(0, text) }
  }

  // MARK: In a store

  /// The sum stands behind the compressed bytes.
  private static let sumSize = 4

  /// What a store keeps of it.
  var kept: [UInt8] {
    (compressed ?? []) + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
  }

  /// Takes what a store has of it, unless that is something else. gzip gives the
  /// text as well: to put it together from elements takes longer.
  func take(kept: [UInt8], by compression: MetadataCompression) {
    guard kept.count > Self.sumSize else { return }
    let bytes = Array(kept.dropLast(Self.sumSize))
    let sum = kept.suffix(Self.sumSize).reduce(0) { $0 << 8 | UInt($1) }
    if compression == .gz {
      guard let text = Compressor.decompress(bytes, size: elementSize, sum: sum) else { return }
      self.text = text
    }
    compressed = bytes
    self.sum = sum
  }
}
