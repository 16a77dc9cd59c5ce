import Digests
import ReleaseModel

/// Writes one document of a repository: takes packages in order, gives
/// compressed bytes to a sink, and counts and hashes both sides.
///
/// Packages are put together to chunks whose ends are told by their names and
/// sizes, so that one more package changes one chunk, or two. Each is compressed with
/// no more of the document at hand than the end of the chunk before
/// (``Compressor/windowSize(_:)``). The output depends on the packages alone: not on how they
/// were handed over, how many threads there are, or what a store has kept.
/// What a round came to is hashed in the next one.
///
/// Each round is ``take(_:)``, then its jobs on any thread, then
/// ``drain(_:)``; two rounds do not overlap.
final class DocumentWriter: @unchecked Sendable {
  // @unchecked: in a round, each chunk belongs to one job (`waiting` too, where a
  // document is one part), and all that is to be hashed to another.
  let kind: MetadataKind
  private let form: MetadataForm
  private let store: (any ChunkStore)?
  private let elements: (any ElementSource)?
  /// What the key of each chunk begins with.
  private let keyPrefix: [UInt8]
  private let openDigest = MessageDigest()
  private let digest = MessageDigest()
  /// Packages that the head of the document promises, and those that came.
  private let packageCount: Int
  private var taken = 0
  private var openSize = 0
  private var openSum: UInt = 0
  private var size = 0
  /// Packages of the chunk that is not at its end.
  private var waiting = DocumentChunk()
  /// The end of the last chunk's text that was drained.
  private var window: [UInt8] = []
  /// Chunks of this round, in order.
  private var round: [DocumentChunk] = []
  /// What was given to the sink and is not hashed yet: compressed, and open.
  private var written: [[UInt8]] = []
  private var opened: [[UInt8]] = []

  /// Where hashes of names may end a chunk: chunks of one length are compressed
  /// again for fewer bytes than long ones beside short ones. Only the last one,
  /// and the one before a long element, can be shorter.
  private var chunkLimits: ClosedRange<Int> { chunkMean / 2...chunkMean * 2 }
  /// A chunk has about this many bytes. A package whose element is longer is a chunk of
  /// its own: it is most of the bytes that would be done again for its neighbours.
  private var chunkMean: Int { Compressor.chunkMean(form.compression) }

  /// Chunks that one thread makes before it looks for other work: a mebibyte of text.
  private var jobSize: Int { max(1, (1 << 20) / chunkMean) }

  init(
    kind: MetadataKind, form: MetadataForm, packageCount: Int, store: (any ChunkStore)?,
    elements: (any ElementSource)?
  ) {
    self.kind = kind
    self.form = form
    self.store = store
    self.elements = elements
    self.packageCount = packageCount
    keyPrefix = Array(
      "\(kind.rawValue), summed, \(form.identity), \(Compressor.identity(form.compression))\n".utf8)
    add(text: Array(kind.opening(packageCount: packageCount).utf8))
  }

  private func add(text: [UInt8]) {
    guard form.compression != .xz else {
      waiting.text = (waiting.text ?? []) + text
      return
    }
    round.append(DocumentChunk(text: text))
  }

  /// Begins a round with further packages; returns what there is to do.
  func take(_ packages: [PackageRecord]) -> [@Sendable () -> Void] {
    taken += packages.count
    if form.compression == .xz { return [{ [self] in append(packages) }] }
    for package in packages {
      let size = package.sizes.size(for: kind)
      let isLong = size >= chunkMean
      if isLong {
        endChunk()
        // It stands for itself: it stays as it is where its neighbours change.
        waiting = DocumentChunk()
      }
      waiting.append(package, size: size)
      if isLong || endsChunk(with: package) { endChunk() }
    }
    return jobs()
  }

  private func endsChunk(with package: PackageRecord) -> Bool {
    let size = waiting.elementSize
    if size < chunkLimits.lowerBound { return false }
    // No chunk ends before half the mean, so beyond it they must end twice as
    // often for the mean to hold.
    return size >= chunkLimits.upperBound
      || package.endsChunk(kind, mean: chunkMean / 2)
  }

  private func append(_ packages: [PackageRecord]) {
    do {
      waiting.text? += try packages.text(for: kind, from: elements)
    } catch { waiting.problem = error }
  }

  private func endChunk() {
    if waiting.packages.isEmpty { return }
    round.append(waiting)
    waiting = DocumentChunk(
      after: waiting.ending(Compressor.windowSize(form.compression), of: kind))
  }

  private func jobs() -> [@Sendable () -> Void] {
    // The one before it was drained in an earlier round.
    round.first { !$0.packages.isEmpty }?.window = window
    let hashing: @Sendable () -> Void = { [self] in hash() }
    return [hashing]
      + Concurrently.shares(of: round.count, size: jobSize).map { share in
        let chunks = Array(round[share])
        return { [self] in make(chunks) }
      }
  }

  /// Hashes what was given to the sink.
  private func hash() {
    for bytes in opened { openDigest.update(bytes) }
    for bytes in written { digest.update(bytes) }
    opened.removeAll()
    written.removeAll()
  }

  /// Makes chunks that follow each other: what a store has of them is asked for at
  /// once, and so are the elements that are needed for the others.
  private func make(_ chunks: [DocumentChunk]) {
    do {
      let ofPackages = chunks.filter { $0.text == nil }
      let keys = ofPackages.map { $0.key(prefix: keyPrefix) }
      let kept = store?.chunks(keys) ?? keys.map { _ in nil }
      // Only what gzip has made is unpacked.
      let open = zip(ofPackages, kept).filter { form.compression != .gz || $0.1 == nil }
      try open.flatMap(\.0.packages).fetchElements(from: elements)
      var previous: DocumentChunk?
      for (index, chunk) in ofPackages.enumerated() {
        chunk.window = try window(of: chunk, following: previous)
        if let kept = kept[index] { chunk.take(kept: kept, by: form.compression) }
        if chunk.text == nil { chunk.text = try chunk.packages.text(for: kind, from: elements) }
        if chunk.compressed == nil {
          try chunk.compress(by: form.compression)
          store?.keep(chunk.kept, as: keys[index])
        }
        previous = chunk
      }
      for chunk in chunks where chunk.compressed == nil {
        try chunk.compress(by: form.compression)
      }
    } catch {
      for chunk in chunks { chunk.problem = error }
    }
  }

  /// The text right before a chunk, as far as the chunk may refer to it.
  ///
  /// - Parameter previous: the chunk before it; nil where another job makes that.
  private func window(
    of chunk: DocumentChunk, following previous: DocumentChunk?
  ) throws -> [UInt8] {
    if chunk.before.isEmpty { return [] }
    if let window = chunk.window { return window }
    let text = try previous?.text ?? chunk.before.text(for: kind, from: elements)
    return Array(text.suffix(Compressor.windowSize(form.compression)))
  }

  /// Ends a round: what was made goes to `sink`, in order.
  func drain(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    if size == 0 { try write(Compressor.beginning(form.compression), sink) }
    for chunk in round {
      if let problem = chunk.problem { throw problem }
      guard let text = chunk.text, let compressed = chunk.compressed else {
        throw unfinished("a part was not made")
      }
      openSum = Compressor.sum(openSum, followedBy: chunk.sum, length: text.count)
      openSize += text.count
      opened.append(text)
      if !chunk.packages.isEmpty {
        window = Array(text.suffix(Compressor.windowSize(form.compression)))
      }
      try write(compressed, sink)
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

  /// The error for a state that only a bug of this program can cause: better no
  /// document than one that lacks packages.
  private func unfinished(_ cause: String) -> ComposeError {
    ComposeError(
      .failed, "metadata, \(kind.rawValue)", cause, remedy: "Report it: it must not happen")
  }

  /// Begins the last round; returns what there is to do.
  func takeEnd() -> [@Sendable () -> Void] {
    endChunk()
    add(text: Array(kind.closing.utf8))
    if form.compression == .xz { round.append(waiting) }
    return jobs()
  }

  /// Ends the document and tells what was written. Throws `failed` where it has
  /// other packages than its head says.
  func finish(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> MetadataRecord {
    guard taken == packageCount else {
      throw unfinished("\(taken) packages came of \(packageCount)")
    }
    try drain(sink)
    try write(Compressor.end(form.compression, sum: openSum, size: openSize), sink)
    hash()
    let checksum = digest.checksum()
    return MetadataRecord(
      type: kind.rawValue,
      fileName: "\(checksum)-\(kind.rawValue).xml\(form.compression.suffix)",
      checksum: checksum, openChecksum: openDigest.checksum(), size: size, openSize: openSize)
  }
}
