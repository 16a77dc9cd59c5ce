import Digests
import ReleaseModel

/// Writes one document of a repository: takes packages in order, gives
/// compressed bytes to a sink, and counts and hashes both sides.
///
/// Packages are put together to chunks whose ends are told by the names of
/// files, so that one more package changes one chunk. Chunks are compressed
/// each by itself. The output depends on the packages alone: not on how they
/// were handed over, how many threads there are, or what a store has kept.
///
/// Each round is ``take(_:)``, then its jobs on any thread, then
/// ``drain(_:)``; two rounds do not overlap.
final class DocumentWriter: @unchecked Sendable {
  // @unchecked: in a round, `hash` and each chunk belong to one job.
  let kind: MetadataKind
  private let form: MetadataForm
  private let store: (any ChunkStore)?
  /// What the key of each chunk begins with.
  private let keyPrefix: [UInt8]
  private let openDigest = MessageDigest()
  private let digest = MessageDigest()
  private var openSize = 0
  private var openSum: UInt = 0
  private var size = 0
  /// Packages of the chunk that is not at its end.
  private var waiting = Chunk()
  /// Chunks of this round, in order.
  private var round: [Chunk] = []
  /// Compressed bytes that were given to the sink and are not hashed yet.
  private var written: [[UInt8]] = []

  /// A chunk has about this many bytes. The more there are, the better they
  /// compress, and the more must be compressed again for one package that is
  /// new. A package whose element is longer is a chunk of its own: it is most of
  /// the bytes that would be done again for its neighbours.
  private static let chunkMean = 40 << 10
  /// Bytes after which a chunk ends whatever the names say.
  private static let chunkLimit = 4 << 20

  final class Chunk: @unchecked Sendable {
    fileprivate var packages: [PackageRecord] = []
    fileprivate var bytes = 0
    /// Not of packages: the beginning and the end of a document.
    fileprivate var text: [UInt8]?
    /// What it came to: compressed bytes, and CRC-32 of what they unpack to.
    fileprivate var output: Result<(bytes: [UInt8], sum: UInt), any Error> = .success(([], 0))
  }

  init(kind: MetadataKind, form: MetadataForm, packageCount: Int, store: (any ChunkStore)?) {
    self.kind = kind
    self.form = form
    self.store = store
    keyPrefix = Array(
      "\(kind.rawValue), summed, \(form.identity), \(Compressor.identity(form.compression))\n".utf8)
    add(text: Array(kind.opening(packageCount: packageCount).utf8))
  }

  private func add(text: [UInt8]) {
    hashOpen(text)
    guard form.compression != .xz else {
      waiting.text = (waiting.text ?? []) + text
      return
    }
    let chunk = Chunk()
    chunk.text = text
    round.append(chunk)
  }

  /// Begins a round with further packages; returns what there is to do.
  func take(_ packages: [PackageRecord]) -> [@Sendable () -> Void] {
    if form.compression == .xz {
      return [
        { [self] in
          hashWritten()
          for package in packages {
            let element = package.xml.element(for: kind)
            hashOpen(element)
            waiting.text?.append(contentsOf: element)
          }
        }
      ]
    }
    for package in packages {
      let length = package.xml.element(for: kind).count
      if length >= Self.chunkMean { endChunk() }
      waiting.packages.append(package)
      waiting.bytes += length
      if package.endsChunk(length, mean: Self.chunkMean) || waiting.bytes >= Self.chunkLimit {
        endChunk()
      }
    }
    let hash: @Sendable () -> Void = { [self] in
      hashWritten()
      for package in packages { hashOpen(package.xml.element(for: kind)) }
    }
    return [hash] + compressing()
  }

  private func endChunk() {
    if waiting.packages.isEmpty { return }
    round.append(waiting)
    waiting = Chunk()
  }

  private func compressing() -> [@Sendable () -> Void] {
    round.map { chunk in { @Sendable [self] in compress(chunk) } }
  }

  private func hashWritten() {
    for bytes in written { digest.update(bytes) }
    written.removeAll()
  }

  private func hashOpen(_ bytes: [UInt8]) {
    openDigest.update(bytes)
    openSize += bytes.count
  }

  private func compress(_ chunk: Chunk) {
    chunk.output = Result {
      if let text = chunk.text {
        chunk.bytes = text.count
        return try compressed(text)
      }
      let key = self.key(of: chunk)
      if let known = store?.chunk(key), known.count > Self.sumLength {
        let sum = known.suffix(Self.sumLength).reduce(0) { $0 << 8 | UInt($1) }
        return (Array(known.dropLast(Self.sumLength)), sum)
      }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(chunk.bytes)
      for package in chunk.packages { bytes += package.xml.element(for: kind) }
      let output = try compressed(bytes)
      store?.keep(output.bytes + Self.bytes(ofSum: output.sum), as: key)
      return output
    }
    chunk.packages = []
  }

  private func compressed(_ text: [UInt8]) throws -> (bytes: [UInt8], sum: UInt) {
    let sum = form.compression == .gz ? Compressor.sum(0, text) : 0
    return (try Compressor.compress(text, by: form.compression), sum)
  }

  /// In a store, the sum stands behind the bytes: what is known need not be
  /// summed again.
  private static let sumLength = 4

  private static func bytes(ofSum sum: UInt) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
  }

  private func key(of chunk: Chunk) -> Checksum {
    let digest = MessageDigest()
    digest.update(keyPrefix)
    for package in chunk.packages { digest.update(package.identity) }
    return digest.checksum()
  }

  /// Ends a round: what was made goes to `sink`, in order.
  func drain(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    if size == 0 { try write(Compressor.beginning(form.compression), sink) }
    for chunk in round {
      let output = try chunk.output.get()
      openSum = Compressor.sum(openSum, followedBy: output.sum, length: chunk.bytes)
      try write(output.bytes, sink)
    }
    round.removeAll()
  }

  private func write(
    _ bytes: [UInt8], _ sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    if bytes.isEmpty { return }
    try bytes.withUnsafeBytes(sink)
    size += bytes.count
    written.append(bytes)
  }

  /// Begins the last round; returns what there is to do.
  func takeEnd() -> [@Sendable () -> Void] {
    endChunk()
    add(text: Array(kind.closing.utf8))
    if form.compression == .xz { round.append(waiting) }
    return compressing()
  }

  /// Ends the document and tells what was written.
  func finish(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> MetadataRecord {
    try drain(sink)
    try write(Compressor.end(form.compression, sum: openSum, size: openSize), sink)
    hashWritten()
    let checksum = digest.checksum()
    return MetadataRecord(
      type: kind.rawValue,
      fileName: "\(checksum)-\(kind.rawValue).xml\(form.compression.suffix)",
      checksum: checksum, openChecksum: openDigest.checksum(), size: size, openSize: openSize)
  }
}
