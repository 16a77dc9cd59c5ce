import Digests
import DurableFiles
import HeaderCache
import ReleaseModel
import RepoMetadata

/// What files of metadata have in them, known by SHA-256 of the file: a document is read once,
/// whatever checks, releases and runs ask for it.
///
/// Safe for any number of threads.
final class MetadataDocuments: Sendable {
  private let store: LazyHeaderCache
  private let recent = Guarded(Recent())

  /// What this process has met, as far as memory is to have it.
  private struct Recent {
    var listings: [Checksum: PrimaryListing] = [:]
    /// Documents that are being read, by the file: whoever asks for one meanwhile waits, unless
    /// it must be read whatever is known.
    var reading: [Checksum: MadeOnce<PrimaryListing>] = [:]
    var opened: [Checksum: Checksum] = [:]
    var packages = 0

    /// Packages of all listings: some 60 MB, what two releases of EPEL have.
    static let limit = 150_000
  }

  init(cache: LazyHeaderCache) { store = cache }

  /// What primary metadata has in it.
  ///
  /// Throws `badData` where the file is not primary metadata, or does not have the contents
  /// that repomd.xml says.
  ///
  /// - Parameters:
  ///   - openChecksum: as repomd.xml has it.
  ///   - reading: whether the document is read whatever is known of it.
  func document(
    in file: ReadableFile, openChecksum: Checksum, reading: Bool
  ) throws -> PrimaryDocument {
    let sum = try file.sha256()
    if reading { return try read(file, sum, openChecksum).document }
    let made = recent.withLock { recent in
      let made = recent.reading[sum] ?? MadeOnce()
      recent.reading[sum] = made
      return made
    }
    defer {
      recent.withLock { recent in
        if recent.reading[sum] === made { recent.reading[sum] = nil }
      }
    }
    let found = try made.value {
      if let known = listing(of: sum), known.openChecksum == openChecksum { return known }
      return try read(file, sum, openChecksum)
    }
    guard found.openChecksum == openChecksum else {
      return try read(file, sum, openChecksum).document
    }
    return found.document
  }

  /// - Parameter sum: of the file.
  private func read(
    _ file: ReadableFile, _ sum: Checksum, _ openChecksum: Checksum
  ) throws -> PrimaryListing {
    let document = try file.withDescriptor {
      try PrimaryReader.document(in: file.path, openedAs: $0, openChecksum: openChecksum)
    }
    let listing = PrimaryListing(openChecksum: openChecksum, document: document)
    remember(listing, of: sum)
    if store.cache != nil, try file.sha256() == sum {
      store.cache?.keep(listing.fields, as: .listing, of: sum)
    }
    return listing
  }

  private func listing(of sum: Checksum) -> PrimaryListing? {
    if let known = recent.withLock({ $0.listings[sum] }) { return known }
    guard let fields = store.cache?.bytes(.listing, of: [sum])[0],
      let listing = PrimaryListing(fields: fields)
    else { return nil }
    remember(listing, of: sum)
    return listing
  }

  private func remember(_ listing: PrimaryListing, of sum: Checksum) {
    recent.withLock { recent in
      guard recent.listings[sum] == nil,
        recent.packages + listing.document.packages.count <= Recent.limit
      else { return }
      recent.packages += listing.document.packages.count
      recent.listings[sum] = listing
    }
  }

  /// SHA-256 of what a file has in it, by that of the file; nil where nobody has looked.
  func openChecksum(of sum: Checksum) -> Checksum? {
    if let known = recent.withLock({ $0.opened[sum] }) { return known }
    guard let bytes = store.cache?.bytes(.opened, of: [sum])[0],
      bytes.count == Checksum.byteCount
    else { return nil }
    return Checksum(digest: bytes)
  }

  /// Notes what somebody found who uncompressed the file.
  func note(_ openChecksum: Checksum, of sum: Checksum) {
    recent.withLock { $0.opened[sum] = openChecksum }
    store.cache?.keep(openChecksum.bytes, as: .opened, of: sum)
  }
}
