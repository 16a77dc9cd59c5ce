package import DurableFiles
package import HeaderCache
package import RPMPackages
package import ReleaseModel
package import RepoMetadata

/// RPM files as the rest of the program knows them: what they say, who signed
/// them, how metadata lists them. An RPM is opened once: what was found is
/// remembered by the contents of the file, and which contents a file has by its
/// identity, for as long as nobody touches it.
///
/// Four parts do the work, and this is the one door to them: ``FileContents``,
/// ``VerifiedRPMs``, ``MetadataElements`` and ``MetadataDocuments``.
///
/// Safe for any number of threads.
package final class PackageLibrary: Sendable {
  private let store: LazyHeaderCache
  private let contents: FileContents
  private let elements: MetadataElements
  private let rpms: VerifiedRPMs
  private let documents: MetadataDocuments

  /// - Parameters:
  ///   - cache: what earlier processes have met; nil to know nothing of them.
  ///     Opened when the first RPM is asked for.
  ///   - form: how metadata will be written.
  package init(
    reader: RPMReader, cache: @escaping @Sendable @autoclosure () -> HeaderCache?,
    form: MetadataForm
  ) {
    store = LazyHeaderCache(cache)
    contents = FileContents(cache: store)
    elements = MetadataElements(form: form, cache: store, contents: contents)
    documents = MetadataDocuments(cache: store)
    rpms = VerifiedRPMs(reader: reader, cache: store, contents: contents, elements: elements)
  }

  // MARK: RPMs

  /// The RPM at `path`, verified now or at an earlier time, since which nothing
  /// has changed.
  ///
  /// Throws what ``RPMReader/read(_:openedAs:)`` throws.
  ///
  /// - Parameter descriptor: the file, opened before; then `path` only stands
  ///   in messages and in the result.
  package func rpm(_ path: String, openedAs descriptor: Int32? = nil) throws -> RPMFile {
    try rpms.rpm(path, openedAs: descriptor)
  }

  /// The RPM of which `status` was just read, where it is known; nothing is
  /// opened.
  package func rpm(_ status: FileStatus, at path: String) -> RPMFile? {
    rpms.rpm(status, at: path)
  }

  /// Loads what the cache knows of all these files at once, which is faster than
  /// one query for each.
  package func recall(_ files: [FileStatus]) { rpms.recall(files) }

  // MARK: Contents of files

  /// SHA-256 of the file of which `status` was just read, where it is known.
  package func sha256(of status: FileStatus) -> Checksum? { contents.sha256(of: status) }

  /// The same for many files at once.
  package func sha256(of files: [FileStatus]) -> [Checksum?] { contents.sha256(of: files) }

  /// SHA-256 of the file of which `status` was just read: known, or read now.
  package func contents(
    of status: FileStatus, open: () throws -> ReadableFile
  ) throws -> Checksum {
    try contents.contents(of: status, open: open)
  }

  /// Notes that a file contains `sha256`, which the caller has just seen.
  package func note(_ status: FileStatus, _ sha256: Checksum) { contents.note(status, sha256) }

  /// Notes what files are like after they got further names: those that were
  /// known, and have not changed since the program itself made the last of the
  /// names, are still what they were.
  ///
  /// - Parameter tree: where the names are.
  package func follow(_ links: [LinkedFile], in tree: Directory) throws {
    try contents.follow(links, in: tree)
  }

  // MARK: Metadata

  /// An RPM that metadata is asked for.
  package struct Listed: Sendable {
    /// Of the RPM file: what it is found by.
    package let sha256: Checksum
    /// Path below the repository.
    package let location: RelativePath
    /// Time of the file, seconds since 1970.
    package let modified: Int

    /// - Parameter modified: seconds since 1970.
    package init(sha256: Checksum, location: RelativePath, modified: Int) {
      self.sha256 = sha256
      self.location = location
      self.modified = modified
    }
  }

  /// Whether the elements of RPMs are kept.
  package func knows(_ sums: [Checksum]) -> [Bool] { elements.knows(sums) }

  /// RPMs as metadata lists them.
  ///
  /// - Parameters:
  ///   - withElements: whether each record shall have its elements; else one that
  ///     is known has not, and ``elements(of:open:)`` gives them.
  ///   - open: the file of one of them, for when it is not known.
  package func records(
    _ rpms: [Listed], withElements: Bool = true, open: (Int) throws -> ReadableFile
  ) throws -> [PackageRecord] {
    try elements.records(rpms, withElements: withElements, open: open)
  }

  /// What metadata says of RPMs, in order.
  ///
  /// - Parameter open: the file of one of them, for when it is not known.
  package func elements(
    of rpms: [Listed], open: (Int) throws -> ReadableFile
  ) throws -> [PackageXML] {
    try elements.elements(of: rpms, open: open)
  }

  /// Elements of `kind` of RPMs, for those who only ask for what is in them:
  /// `location` and time of the file may be of some other copy.
  ///
  /// - Parameter kind: `primary` or `filelists`.
  package func elements(_ kind: MetadataKind, of rpms: [RPMFile]) throws -> [[UInt8]] {
    try elements.elements(kind, of: rpms)
  }

  // MARK: Files of metadata

  /// What a file of primary metadata lists, in its order: known by the file's SHA-256, or read
  /// now.
  ///
  /// Throws `badData` where the file is not primary metadata, or does not have the contents
  /// that repomd.xml says.
  ///
  /// - Parameters:
  ///   - openChecksum: as repomd.xml has it.
  ///   - reading: whether the document is read whatever is known of it.
  package func packages(
    in file: ReadableFile, openChecksum: Checksum, reading: Bool = false
  ) throws -> [ListedPackage] {
    try documents.document(in: file, openChecksum: openChecksum, reading: reading).packages
  }

  /// Parts of a file of primary metadata, known or found now; nil where it cannot be parted.
  ///
  /// Throws as ``packages(in:openChecksum:reading:)`` does.
  ///
  /// - Parameter openChecksum: as repomd.xml has it.
  package func primaryParts(
    in file: ReadableFile, openChecksum: Checksum
  ) throws -> [PrimaryPart]? {
    try documents.document(in: file, openChecksum: openChecksum, reading: false).parts
  }

  /// SHA-256 of what a file of metadata has in it, by that of the file; nil where nobody has
  /// uncompressed it.
  package func openChecksum(of file: Checksum) -> Checksum? { documents.openChecksum(of: file) }

  /// Notes what somebody found who uncompressed the file.
  package func note(openChecksum: Checksum, of file: Checksum) {
    documents.note(openChecksum, of: file)
  }
}

/// What is derived from metadata, kept as bytes whose form the caller knows.
extension PackageLibrary: ChunkStore {
  /// Compressed chunks of earlier runs; nil for those that are not kept.
  package func chunks(_ keys: [Checksum]) -> [[UInt8]?] {
    made(.chunk, of: keys)
  }

  /// Keeps a chunk for later runs, if there is a cache.
  package func keep(_ chunk: [UInt8], as key: Checksum) { keep(chunk, as: .chunk, of: key) }

  /// Bytes that were derived from metadata in an earlier run; nil where none are
  /// kept. The caller knows their form, and makes them anew.
  package func made(_ kind: HeaderCache.Kind, of key: Checksum) -> [UInt8]? {
    made(kind, of: [key])[0]
  }

  /// The same for many keys at once.
  package func made(_ kind: HeaderCache.Kind, of keys: [Checksum]) -> [[UInt8]?] {
    store.cache?.bytes(kind, of: keys) ?? keys.map { _ in nil }
  }

  /// Keeps `bytes` for later runs, if there is a cache.
  package func keep(_ bytes: [UInt8], as kind: HeaderCache.Kind, of key: Checksum) {
    store.cache?.keep(bytes, as: kind, of: key)
  }
}
