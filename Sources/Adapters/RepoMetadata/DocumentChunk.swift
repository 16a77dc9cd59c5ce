import Digests
import ReleaseModel

/// A part of a document that is compressed by itself, or with the end of the part
/// before it at hand.
///
/// It begins as a list of packages, or as text; what a store has of it, or the
/// packages' elements, make the rest.
final class DocumentChunk: @unchecked Sendable {
  // @unchecked: it belongs to one thread at a time.
  private(set) var packages: [PackageRecord] = []
  /// Packages right before it whose text it may refer to; none where it stands for
  /// itself.
  let before: [PackageRecord]
  /// The end of their text; nil while it is not known.
  var window: [UInt8]?
  /// Bytes of the packages' elements.
  private(set) var elementSize = 0
  /// What stands in the document; nil while only packages are known.
  var text: [UInt8]?
  /// The text, compressed; nil while it is not.
  private(set) var compressed: [UInt8]?
  /// CRC-32 of the text, where the form has a use for it.
  private(set) var sum: UInt = 0
  var problem: (any Error)?

  /// A part that is no packages.
  init(text: [UInt8]) {
    self.text = text
    before = []
  }

  /// A part that has no packages yet.
  ///
  /// - Parameter before: packages right before it.
  init(after before: [PackageRecord] = []) { self.before = before }

  func append(_ package: PackageRecord, size: Int) {
    packages.append(package)
    elementSize += size
  }

  /// Its last packages, as far as `size` bytes at its end reach into them.
  func ending(_ size: Int, of kind: MetadataKind) -> [PackageRecord] {
    var count = 0
    var reached = 0
    while reached < size, count < packages.count {
      count += 1
      reached += packages[packages.count - count].sizes.size(for: kind)
    }
    return packages.suffix(count)
  }

  /// What it is kept as: `prefix` names all that its bytes depend on besides the
  /// packages.
  func key(prefix: [UInt8]) -> Checksum {
    let digest = MessageDigest()
    digest.update(prefix)
    for package in before { digest.update(package.identity) }
    digest.update(Array("after \(before.count)\n".utf8))
    for package in packages { digest.update(package.identity) }
    return digest.checksum()
  }

  func compress(by compression: MetadataCompression) throws {
    guard let text else { return }
    compressed = try Compressor.compress(text, by: compression, after: window ?? [])
    if compression == .gz { sum = Compressor.sum(0, text) }
  }

  // MARK: In a store

  /// The sum stands behind the compressed bytes.
  private static let sumSize = 4

  /// What a store keeps of it.
  var kept: [UInt8] {
    (compressed ?? []) + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
  }

  /// Takes what a store has of it, unless that is something else; ``window`` is known. gzip gives the
  /// text as well: to put it together from elements takes longer.
  func take(kept: [UInt8], by compression: MetadataCompression) {
    guard kept.count > Self.sumSize else { return }
    let bytes = Array(kept.dropLast(Self.sumSize))
    let sum = kept.suffix(Self.sumSize).reduce(0) { $0 << 8 | UInt($1) }
    if compression == .gz {
      guard
        let text = Compressor.decompress(
          bytes, size: elementSize, sum: sum, after: window ?? [])
      else { return }
      self.text = text
    }
    compressed = bytes
    self.sum = sum
  }
}
