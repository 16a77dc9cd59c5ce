import Digests
package import DurableFiles
import Glibc
package import HeaderCache
package import RPMPackages
package import ReleaseModel
package import RepoMetadata

/// A file that got a further name.
package struct LinkedFile: Sendable {
  /// Below the tree that it is in now.
  package let path: RelativePath
  /// What the file was like before it got the name.
  package let before: FileStatus
  /// Right after the name was made.
  package let made: FileStatus

  /// Both states are from `stat`, taken by whoever made the name.
  package init(path: RelativePath, before: FileStatus, made: FileStatus) {
    self.path = path
    self.before = before
    self.made = made
  }
}

/// RPM files as the rest of the program knows them: what they say, who signed
/// them, how metadata lists them. An RPM is opened once: what was found is
/// remembered by the contents of the file, and which contents a file has by its
/// identity, for as long as nobody touches it.
///
/// Safe for any number of threads.
package final class PackageLibrary: Sendable {
  private let reader: RPMReader
  private let openCache: @Sendable () -> HeaderCache?
  /// Nil until it is first needed.
  private let openedCache = Guarded<HeaderCache??>(nil)
  private let form: MetadataForm
  private let formIdentity: [UInt8]
  private let known = Guarded(Known())

  /// What this process has met.
  private struct Known {
    var files: [FileIdentity.Inode: (identity: FileIdentity, sha256: Checksum)] = [:]
    /// Files that the cache does not know: it is asked only once.
    var unknownToCache: Set<FileIdentity> = []
    var rpms: [Checksum: VerifiedRPM] = [:]
  }

  /// - Parameters:
  ///   - cache: what earlier processes have met; nil to know nothing of them.
  ///     Opened when the first RPM is asked for.
  ///   - form: how metadata will be written.
  package init(
    reader: RPMReader, cache: @escaping @Sendable @autoclosure () -> HeaderCache?,
    form: MetadataForm
  ) {
    self.reader = reader
    openCache = cache
    self.form = form
    formIdentity = Array(form.identity.utf8)
  }

  private var cache: HeaderCache? {
    openedCache.withLock { opened in
      if let known = opened { return known }
      let cache = openCache()
      opened = .some(cache)
      return cache
    }
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
    let status = descriptor.map { FileStatus(descriptor: $0) } ?? FileStatus(path: path)
    if let status, let rpm = rpm(status, at: path) { return rpm }
    return try read(path, openedAs: descriptor, before: status)
  }

  /// The RPM of which `status` was just read, where it is known; nothing is
  /// opened.
  package func rpm(_ status: FileStatus, at path: String) -> RPMFile? {
    guard status.kind == .file, let sha256 = sha256(of: status),
      let rpm = verified(sha256), rpm.size == status.size
    else { return nil }
    return reader.evaluate(rpm, at: path)
  }

  private func read(
    _ path: String, openedAs descriptor: Int32?, before: FileStatus?
  ) throws -> RPMFile {
    let found = try reader.verify(path, openedAs: descriptor, recalling: verified) {
      header, range, rpm -> PackageXML? in
      // Make the metadata elements while the RPM is open, so that it is not read
      // again for them. An error here is dropped: the writer of the metadata
      // meets it again and reports it.
      guard cache != nil, let before, let location = try? rpm.nevra.location else { return nil }
      return try? PackageXML(
        header: header,
        file: PackageXML.FileDetails(
          sha256: rpm.sha256, size: rpm.size, modified: before.modified, headerRange: range,
          location: location), changelogLimit: form.changelogs)
    }
    let rpm = found.rpm
    let after = descriptor.map { FileStatus(descriptor: $0) } ?? FileStatus(path: path)
    // Keep nothing of a file that changed while it was read: the results may come
    // from different contents.
    if let before, let after, before.identity == after.identity, after.identity.isSettled {
      known.withLock { $0.rpms[rpm.sha256] = rpm }
      if found.value != nil { cache?.keep(rpm.fields, as: .verifiedRPM, of: rpm.sha256) }
      if let xml = found.value.flatMap({ $0 }), let location = try? rpm.nevra.location {
        keep(
          xml,
          of: Listed(sha256: rpm.sha256, location: location, modified: before.modified))
      }
      if after.links > 0 { note(after, rpm.sha256) }
    }
    guard rpm.size == before?.size ?? rpm.size, let file = reader.evaluate(rpm, at: path) else {
      return try reader.read(path, openedAs: descriptor)
    }
    return file
  }

  private func verified(_ sha256: Checksum) -> VerifiedRPM? {
    if let rpm = known.withLock({ $0.rpms[sha256] }) { return rpm }
    recall(rpms: [sha256])
    return known.withLock { $0.rpms[sha256] }
  }

  /// Loads what the cache knows of all these files at once, which is faster than
  /// one query for each.
  package func recall(_ files: [FileStatus]) {
    let sums = sha256(of: files)
    // In the order of the files: rows that were written together are read fastest
    // together.
    var seen: Set<Checksum> = []
    recall(
      rpms: known.withLock { known in
        sums.compactMap { $0 }.filter { known.rpms[$0] == nil && seen.insert($0).inserted }
      })
  }

  private func recall(rpms sums: [Checksum]) {
    guard let cache, !sums.isEmpty else { return }
    let rpms = Concurrently.map(Concurrently.shares(of: sums.count, size: 1024)) { share in
      zip(sums[share], cache.bytes(.verifiedRPM, of: Array(sums[share]))).compactMap {
        sum, fields in
        fields.flatMap { VerifiedRPM(fields: $0, sha256: sum) }
      }
    }
    known.withLock { known in
      for rpm in rpms.joined() { known.rpms[rpm.sha256] = rpm }
    }
  }

  // MARK: Contents of files

  /// SHA-256 of the file of which `status` was just read, where it is known.
  package func sha256(of status: FileStatus) -> Checksum? { sha256(of: [status])[0] }

  /// The same for many files at once.
  package func sha256(of files: [FileStatus]) -> [Checksum?] {
    let identities = files.map(\.identity)
    var sums = known.withLock { known in
      identities.map { identity -> Checksum? in
        guard let found = known.files[identity.file], found.identity == identity else { return nil }
        return found.sha256
      }
    }
    var missing = sums.indices.filter { sums[$0] == nil }
    if !missing.isEmpty {
      missing = known.withLock { known in
        missing.filter { !known.unknownToCache.contains(identities[$0]) }
      }
    }
    guard !missing.isEmpty, let cache else { return sums }
    let unknown = missing.map { identities[$0] }
    let found = Concurrently.map(Concurrently.shares(of: unknown.count, size: 1024)) { share in
      cache.sha256(of: Array(unknown[share]))
    }
    known.withLock { known in
      for (index, sum) in zip(missing, found.joined()) {
        guard let sum else {
          known.unknownToCache.insert(identities[index])
          continue
        }
        sums[index] = sum
        known.files[identities[index].file] = (identities[index], sum)
      }
    }
    return sums
  }

  /// SHA-256 of the file of which `status` was just read: known, or read now.
  package func contents(
    of status: FileStatus, open: () throws -> ReadableFile
  ) throws -> Checksum {
    if let known = sha256(of: status) { return known }
    let file = try open()
    let sum = try file.sha256()
    if let after = file.withDescriptor({ FileStatus(descriptor: $0) }),
      after.identity == status.identity
    {
      note(after, sum)
    }
    return sum
  }

  /// Notes that a file contains `sha256`, which the caller has just seen.
  package func note(_ status: FileStatus, _ sha256: Checksum) {
    let identity = status.identity
    guard status.kind == .file, identity.isSettled else { return }
    known.withLock { $0.files[identity.file] = (identity, sha256) }
    cache?.note(identity, sha256)
  }

  /// Notes what files are like after they got further names: those that were
  /// known, and have not changed since the program itself made the last of the
  /// names, are still what they were.
  ///
  /// - Parameter tree: where the names are.
  package func follow(_ links: [LinkedFile], in tree: Directory) throws {
    let sums = sha256(of: links.map(\.before))
    // The last name that was made of each file, in the order of `links`.
    var last: [FileIdentity.Inode: Int] = [:]
    last.reserveCapacity(links.count)
    var contents: [FileIdentity.Inode: Checksum] = [:]
    for (index, sum) in sums.enumerated() {
      let made = links[index].made.identity
      if let sum, links[index].before.identity.hasContents(of: made) { contents[made.file] = sum }
      if let other = last[made.file], links[other].made.identity.changed >= made.changed {
        continue
      }
      last[made.file] = index
    }
    let known = last.filter { contents[$0.key] != nil }.values.sorted()
    if known.isEmpty { return }
    // Wait for the next tick of the file system's clock: a second change within
    // one tick would not show in the times.
    usleep(UInt32(FileIdentity.tick / 1000) + 1000)
    let now = try Concurrently.map(Concurrently.shares(of: known.count, size: 4096)) { share in
      try tree.statuses(of: known[share].map { links[$0].path })
    }
    for (index, status) in zip(known, now.joined()) {
      let made = links[index].made.identity
      guard let status, status.identity == made, let sum = contents[made.file] else { continue }
      note(status, sum)
    }
  }

  // MARK: Metadata

  /// Whether the elements of RPMs are kept.
  package func knows(_ sums: [Checksum]) -> [Bool] {
    cache?.bytes(.primary, of: sums.map(elementsKey)).map { $0 != nil } ?? sums.map { _ in false }
  }

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

  /// RPMs as metadata lists them.
  ///
  /// - Parameters:
  ///   - withElements: whether each record shall have its elements; else one that
  ///     is known has not, and ``elements(of:open:)`` gives them.
  ///   - open: the file of one of them, for when it is not known.
  package func records(
    _ rpms: [Listed], withElements: Bool = true, open: (Int) throws -> ReadableFile
  ) throws -> [PackageRecord] {
    let known = withElements ? rpms.map { _ in nil } : sizes(of: rpms)
    let missing = rpms.indices.filter { known[$0] == nil }
    var read = try elements(of: missing.map { rpms[$0] }) { try open(missing[$0]) }[...]
    return zip(rpms, known).map { rpm, sizes in
      guard let sizes else {
        return PackageRecord(
          xml: read.removeFirst(), sha256: rpm.sha256, location: rpm.location,
          modified: rpm.modified)
      }
      return PackageRecord(
        sizes: sizes, sha256: rpm.sha256, location: rpm.location, modified: rpm.modified)
    }
  }

  /// What metadata says of RPMs, in order.
  ///
  /// - Parameter open: the file of one of them, for when it is not known.
  package func elements(
    of rpms: [Listed], open: (Int) throws -> ReadableFile
  ) throws -> [PackageXML] {
    if rpms.isEmpty { return [] }
    let keys = rpms.map { elementsKey($0.sha256) }
    let primary = cache?.bytes(.primary, of: keys)
    let lists = cache?.bytes(.lists, of: keys)
    return try rpms.indices.map { index in
      let rpm = rpms[index]
      return try elements(
        primary: primary?[index], lists: lists?[index], location: rpm.location,
        modified: rpm.modified)
        ?? readElements(rpm, from: open(index))
    }
  }

  /// How long their elements are; nil for those that are not known.
  private func sizes(of rpms: [Listed]) -> [PackageXML.Sizes?] {
    guard let cache else { return rpms.map { _ in nil } }
    let kept = cache.bytes(.sizes, of: rpms.map { elementsKey($0.sha256) })
    return zip(rpms, kept).map { rpm, fields in
      guard let fields else { return nil }
      var reader = FieldReader(fields)
      guard reader.text() == rpm.location.description, reader.number() == rpm.modified,
        let primary = reader.number(), let filelists = reader.number(),
        let other = reader.number(), reader.isAtEnd
      else { return nil }
      return PackageXML.Sizes(primary: primary, filelists: filelists, other: other)
    }
  }

  private func elements(
    primary: [UInt8]?, lists: [UInt8]?, location: RelativePath, modified: Int
  ) -> PackageXML? {
    guard let primary, let lists else { return nil }
    var first = FieldReader(primary)
    var second = FieldReader(lists)
    guard first.text() == location.description, first.number() == modified,
      let primary = first.field(), first.isAtEnd,
      let filelists = second.field(), let other = second.field(), second.isAtEnd
    else { return nil }
    return PackageXML(
      primary: Array(primary), filelists: Array(filelists), other: Array(other))
  }

  /// Elements of `kind` of RPMs, for those who only ask for what is in them:
  /// `location` and time of the file may be of some other copy.
  ///
  /// - Parameter kind: `primary` or `filelists`.
  package func elements(_ kind: MetadataKind, of rpms: [RPMFile]) throws -> [[UInt8]] {
    let keys = rpms.map { elementsKey($0.sha256) }
    let kept = cache?.bytes(kind == .primary ? .primary : .lists, of: keys)
    return try rpms.indices.map { index in
      if let fields = kept?[index] {
        var reader = FieldReader(fields)
        if kind == .primary {
          _ = reader.text()
          _ = reader.number()
        }
        if let element = reader.field() { return Array(element) }
      }
      let rpm = rpms[index]
      let file = try ReadableFile(path: rpm.path)
      return try readElements(
        Listed(
          sha256: rpm.sha256, location: rpm.nevra.location, modified: file.status.modified),
        from: file
      )
      .element(for: kind)
    }
  }

  private func readElements(
    _ rpm: Listed, from file: ReadableFile
  ) throws -> PackageXML {
    let sum = try self.sha256(of: file.status) ?? file.sha256()
    guard sum == rpm.sha256 else {
      throw ComposeError(
        .badData, file.path.sanitizedForDisplay, "it is not the file that was expected",
        remedy: "Find out what changed it, then run the command again")
    }
    let xml = try file.withDescriptor { descriptor in
      try RPMReader.withHeader(of: file.path, openedAs: descriptor) { header, range in
        try PackageXML(
          header: header,
          file: PackageXML.FileDetails(
            sha256: rpm.sha256, size: file.status.size, modified: rpm.modified, headerRange: range,
            location: rpm.location),
          changelogLimit: form.changelogs)
      }
    }
    if file.status.identity.isSettled { keep(xml, of: rpm) }
    return xml
  }

  private func keep(_ xml: PackageXML, of rpm: Listed) {
    guard let cache else { return }
    let key = elementsKey(rpm.sha256)
    var primary = FieldWriter()
    primary.write(rpm.location.description)
    primary.write(rpm.modified)
    primary.write(xml.primary)
    cache.keep(primary.bytes, as: .primary, of: key)
    var sizes = FieldWriter()
    sizes.write(rpm.location.description)
    sizes.write(rpm.modified)
    for size in [xml.primary.count, xml.filelists.count, xml.other.count] { sizes.write(size) }
    cache.keep(sizes.bytes, as: .sizes, of: key)
    var lists = FieldWriter()
    lists.write(xml.filelists)
    lists.write(xml.other)
    cache.keep(lists.bytes, as: .lists, of: key)
  }

  private func elementsKey(_ sha256: Checksum) -> Checksum {
    Checksum(of: sha256.bytes + formIdentity)
  }
}

extension PackageLibrary: ChunkStore {
  /// Compressed chunks of earlier runs; nil for those that are not kept.
  package func chunks(_ keys: [Checksum]) -> [[UInt8]?] {
    cache?.bytes(.chunk, of: keys) ?? keys.map { _ in nil }
  }

  /// Keeps a chunk for later runs, if there is a cache.
  package func keep(_ chunk: [UInt8], as key: Checksum) { keep(chunk, as: .chunk, of: key) }

  /// Bytes that were derived from metadata in an earlier run; nil where none are
  /// kept. The caller knows their form, and makes them anew.
  package func made(_ kind: HeaderCache.Kind, of key: Checksum) -> [UInt8]? {
    cache?.bytes(kind, of: [key])[0]
  }

  /// Keeps `bytes` for later runs, if there is a cache.
  package func keep(_ bytes: [UInt8], as kind: HeaderCache.Kind, of key: Checksum) {
    cache?.keep(bytes, as: kind, of: key)
  }
}

extension FileIdentity {
  /// Whether the last change is so long ago that another one would show.
  fileprivate var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - changed > Self.tick
  }
}
