import DurableFiles
import HeaderCache
import RPMPackages
import ReleaseModel
import RepoMetadata

/// What RPMs say and who signed them: read and verified once, then known by the
/// contents of the file.
///
/// Safe for any number of threads.
final class VerifiedRPMs: Sendable {
  private let reader: RPMReader
  private let store: LazyHeaderCache
  private let contents: FileContents
  private let elements: MetadataElements
  /// What this process has met, by SHA-256.
  private let known = Guarded<[Checksum: VerifiedRPM]>([:])

  init(
    reader: RPMReader, cache: LazyHeaderCache, contents: FileContents, elements: MetadataElements
  ) {
    self.reader = reader
    store = cache
    self.contents = contents
    self.elements = elements
  }

  /// The RPM at `path`, verified now or at an earlier time, since which nothing
  /// has changed.
  ///
  /// Throws what ``RPMReader/read(_:openedAs:)`` throws.
  ///
  /// - Parameter descriptor: the file, opened before; then `path` only stands
  ///   in messages and in the result.
  func rpm(_ path: String, openedAs descriptor: Int32? = nil) throws -> RPMFile {
    let status = descriptor.map { FileStatus(descriptor: $0) } ?? FileStatus(path: path)
    if let status, let rpm = rpm(status, at: path) { return rpm }
    return try read(path, openedAs: descriptor, before: status)
  }

  /// The RPM of which `status` was just read, where it is known; nothing is
  /// opened.
  func rpm(_ status: FileStatus, at path: String) -> RPMFile? {
    guard status.kind == .file, let sha256 = contents.sha256(of: status),
      let rpm = verified(sha256), rpm.size == status.size
    else { return nil }
    return reader.evaluate(rpm, at: path, seenAs: status.identity)
  }

  /// Loads what the cache knows of all these files at once, which is faster than
  /// one query for each.
  func recall(_ files: [FileStatus]) {
    let sums = contents.sha256(of: files)
    // In the order of the files: rows that were written together are read fastest
    // together.
    var seen: Set<Checksum> = []
    recall(
      rpms: known.withLock { known in
        sums.compactMap { $0 }.filter { known[$0] == nil && seen.insert($0).inserted }
      })
  }

  private func read(
    _ path: String, openedAs descriptor: Int32?, before: FileStatus?
  ) throws -> RPMFile {
    let found = try reader.verify(path, openedAs: descriptor, recalling: verified) {
      header, range, rpm -> Listing in
      // Make the metadata elements while the RPM is open, so that it is not read
      // again for them. Where they cannot be made, find out which texts stand in
      // the way.
      if elements.areKept, let before, let location = try? rpm.nevra.location,
        let xml = try? elements.make(
          PackageLibrary.Listed(sha256: rpm.sha256, location: location, modified: before.modified),
          of: header, in: range, size: rpm.size)
      {
        return Listing(xml: xml, unlistable: [])
      }
      return Listing(xml: nil, unlistable: try elements.unlistable(in: header, of: path))
    }
    var rpm = found.rpm
    if let listing = found.value { rpm.unlistable = listing.unlistable }
    let after = descriptor.map { FileStatus(descriptor: $0) } ?? FileStatus(path: path)
    // Keep nothing of a file that changed while it was read: the results may come
    // from different contents.
    var seen: FileIdentity?
    if let before, let after, before.identity == after.identity, after.identity.isSettled {
      seen = after.identity
      known.withLock { $0[rpm.sha256] = rpm }
      if found.value != nil { store.cache?.keep(rpm.fields, as: .verifiedRPM, of: rpm.sha256) }
      if let xml = found.value?.xml, let location = try? rpm.nevra.location {
        elements.keep(
          xml,
          of: PackageLibrary.Listed(
            sha256: rpm.sha256, location: location, modified: before.modified))
      }
      if after.links > 0 { contents.note(after, rpm.sha256) }
    }
    guard rpm.size == before?.size ?? rpm.size,
      let file = reader.evaluate(rpm, at: path, seenAs: seen)
    else {
      // Read with other keys, or changed meanwhile.
      return try reader.read(path, openedAs: descriptor)
    }
    return file
  }

  /// What metadata says of an RPM that was just read, or why it cannot.
  private struct Listing {
    /// Nil where nobody keeps it, or where it cannot be made.
    let xml: PackageXML?
    let unlistable: [UnlistableText]
  }

  private func verified(_ sha256: Checksum) -> VerifiedRPM? {
    if let rpm = known.withLock({ $0[sha256] }) { return rpm }
    recall(rpms: [sha256])
    return known.withLock { $0[sha256] }
  }

  private func recall(rpms sums: [Checksum]) {
    guard let cache = store.cache, !sums.isEmpty else { return }
    let rpms = Concurrently.map(Concurrently.shares(of: sums.count, size: 1024)) { share in
      zip(sums[share], cache.bytes(.verifiedRPM, of: Array(sums[share]))).compactMap {
        sum, fields in
        fields.flatMap { VerifiedRPM(fields: $0, sha256: sum) }
      }
    }
    known.withLock { known in
      for rpm in rpms.joined() { known[rpm.sha256] = rpm }
    }
  }
}
