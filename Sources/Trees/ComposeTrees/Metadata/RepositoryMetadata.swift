import ComposeStream
import Digests
package import DurableFiles
package import PackageLibrary
package import ReleaseModel
package import RepoMetadata

/// Writes the metadata of all repositories of a tree in one pass: the elements of
/// an RPM are fetched once for all repositories that list it.
///
/// Packages are processed in batches, so that memory does not grow with the tree:
/// while the chunks of one batch are made, the records of the next are fetched
/// and the output of the one before is hashed. The caller's thread makes all
/// writes.
package struct RepositoryMetadata {
  private let tree: Directory
  private let files: TreeFiles
  private let library: PackageLibrary
  private let form: MetadataForm
  private let activity: any ActivityReporting

  /// Packages that are under way together.
  private static let batchSize = 512
  /// Packages that one thread fetches before it looks for other work.
  private static let fetchSize = 64

  /// - Parameters:
  ///   - tree: the metadata is written there.
  ///   - files: where the RPMs are; nil where they are in `tree`.
  ///   - form: must be the one that `library` keeps elements in.
  package init(
    tree: Directory, reading files: TreeFiles? = nil, library: PackageLibrary, form: MetadataForm,
    activity: any ActivityReporting
  ) {
    self.tree = tree
    self.files = files ?? TreeFiles(tree)
    self.library = library
    self.form = form
    self.activity = activity
  }

  /// Writes the data files of every repository under names that carry their
  /// checksum, beside whatever is there. Nobody sees them until
  /// ``publish(_:signatures:durably:)`` replaces repomd.xml.
  package func write(_ contents: TreeContents) throws -> [RelativePath: [MetadataRecord]] {
    let repositories = contents.repositories.sorted { $0.key < $1.key }
    let outputs = try repositories.map { repository, files in
      try Output(
        tree.makeDirectories(
          repository.appending(RelativePath.of("repodata")), durably: false),
        packageCount: files.count, form: form, store: library,
        elements: RepositoryElements(files: self.files, repository: repository, library: library))
    }
    let entries = Self.entries(repositories)
    activity.begin("Writing metadata of \(tree.path)", total: entries.count, unit: "RPMs")
    defer { activity.end() }
    var batch = Fetching(entries.prefix(Self.batchSize), in: repositories.map(\.key), for: self)
    run(batch.jobs)
    while !batch.entries.isEmpty {
      try Interruption.check(remaining: "writing metadata of \(tree.path)")
      var records: [[PackageRecord]] = Array(repeating: [], count: outputs.count)
      for (record, entry) in zip(try batch.records(), batch.entries) {
        for repository in entry.repositories { records[repository].append(record) }
      }
      let next = Fetching(
        entries[batch.entries.endIndex...].prefix(Self.batchSize), in: repositories.map(\.key),
        for: self)
      let busy = outputs.indices.filter { !records[$0].isEmpty }
      run(busy.flatMap { outputs[$0].writer.take(records[$0]) } + next.jobs)
      for index in busy { try outputs[index].writer.drain() }
      activity.advance(by: batch.entries.count)
      batch = next
    }
    let records = try outputs.map { try $0.finish() }
    // Parts of gzip were unpacked and compared with the text that was hashed, those that were
    // kept too.
    if form.compression == .gz {
      for record in records.joined() {
        library.note(openChecksum: record.openChecksum, of: record.checksum)
      }
    }
    return Dictionary(zip(repositories.map(\.key), records)) { first, _ in first }
  }

  /// Copies data files that were written into another directory, beside whatever is there, as
  /// ``write(_:)`` would make them. Returns them; nil where one of them is not what it was.
  ///
  /// - Parameter other: has each repository at the same path.
  package func copy(
    _ records: [RelativePath: [MetadataRecord]], from other: Directory
  ) throws -> [RelativePath: [MetadataRecord]]? {
    for (repository, records) in records.sorted(by: { $0.key < $1.key }) {
      let repodata = repository.appending(try RelativePath.of("repodata"))
      let directory = try tree.makeDirectories(repodata, durably: false)
      for record in records {
        try Interruption.check(remaining: "writing metadata of \(tree.path)")
        let path = repodata.appending(try RelativePath.of(record.fileName))
        let temporary = Output.temporaryName(record.type)
        try directory.removeFile(temporary)
        let file = try directory.createFile(temporary)
        let digest = MessageDigest()
        try other.openFile(path).forEachChunk {
          digest.update($0)
          try file.write($0)
        }
        guard digest.checksum() == record.checksum else {
          try directory.removeFile(temporary)
          return nil
        }
        try directory.give(record, to: temporary)
      }
    }
    return records
  }

  private func run(_ jobs: [@Sendable () -> Void]) {
    Concurrently.forEach(jobs.indices) { jobs[$0]() }
  }

  /// Makes the data files visible: repomd.xml of each repository is replaced,
  /// after everything that it refers to is durable.
  ///
  /// - Parameters:
  ///   - durably: false where nobody will read it after this process.
  ///   - signatures: of exactly these indexes; nil where they are not signed.
  ///   - announce: called with each index as it will be, before any of them is replaced.
  package func publish(
    _ indexes: RepositoryIndexes, signatures: IndexSignatures? = nil, durably: Bool = true,
    announcing announce: ([RelativePath: [UInt8]]) throws -> Void = { _ in }
  ) throws {
    let files = try indexes.documents.map {
      ($0.key, try IndexFiles($0.value, of: $0.key, signatures: signatures))
    }
    if durably { try tree.syncFileSystem() }
    try announce(indexes.documents)
    for (repository, files) in files.sorted(by: { $0.0 < $1.0 }) {
      try tree.replaceIndex(of: repository, with: files)
    }
  }

  // MARK: Packages

  private struct Entry: Sendable {
    let location: RelativePath
    let checksum: Checksum
    /// Places of the repositories that list it, in their order.
    var repositories: [Int]
  }

  /// Every distinct RPM with the repositories that list it, in the order of
  /// base names, which is createrepo_c's.
  private static func entries(
    _ repositories: [(key: RelativePath, value: [RelativePath: Checksum])]
  ) -> [Entry] {
    struct Key: Hashable {
      let location: RelativePath
      let checksum: Checksum
    }
    var places: [Key: Int] = [:]
    var entries: [Entry] = []
    for (index, (_, files)) in repositories.enumerated() {
      for (location, checksum) in files {
        let key = Key(location: location, checksum: checksum)
        if let place = places[key] {
          entries[place].repositories.append(index)
        } else {
          places[key] = entries.count
          entries.append(Entry(location: location, checksum: checksum, repositories: [index]))
        }
      }
    }
    // Sort indices by name: entries are large to move.
    let names = entries.map(\.location.name)
    let sorted = entries.indices.sorted { lhs, rhs in
      if names[lhs] != names[rhs] { return names[lhs].precedesByBytes(names[rhs]) }
      let (lhs, rhs) = (entries[lhs], entries[rhs])
      return (lhs.checksum, lhs.location) < (rhs.checksum, rhs.location)
    }
    return sorted.map { entries[$0] }
  }

  /// The records of one batch while they are fetched.
  private struct Fetching {
    let entries: ArraySlice<Entry>
    let jobs: [@Sendable () -> Void]
    private let results: Guarded<[Int: Result<[PackageRecord], any Error>]>

    init(
      _ entries: ArraySlice<Entry>, in repositories: [RelativePath],
      for metadata: RepositoryMetadata
    ) {
      self.entries = entries
      let results = Guarded<[Int: Result<[PackageRecord], any Error>]>([:])
      self.results = results
      jobs = stride(from: entries.startIndex, to: entries.endIndex, by: fetchSize).map { start in
        {
          let part = entries[start...].prefix(fetchSize)
          let result = Result { try metadata.records(Array(part), repositories) }
          results.withLock { $0[start] = result }
        }
      }
    }

    /// In order; throws the first error.
    func records() throws -> [PackageRecord] {
      try results.withLock { $0 }.sorted { $0.key < $1.key }.flatMap { try $0.value.get() }
    }
  }

  private func records(
    _ entries: [Entry], _ repositories: [RelativePath]
  ) throws -> [PackageRecord] {
    let paths = entries.map { repositories[$0.repositories[0]].appending($0.location) }
    let statuses = try files.statuses(of: paths)
    let listed = try entries.indices.map { index in
      let entry = entries[index]
      guard let status = statuses[index], status.kind == .file else {
        throw ComposeError(
          .inputOutput, "\(tree.path)/\(paths[index])", "it has gone while metadata was written",
          remedy: "Find out what removes files there, then run the command again")
      }
      return PackageLibrary.Listed(
        sha256: entry.checksum, location: entry.location, modified: status.modified)
    }
    // Databases need all elements anyway, and only chunks of gzip are unpacked.
    return try library.records(
      listed, withElements: form.hasDatabases || form.compression != .gz
    ) { try files.openFile(paths[$0]) }
  }
}

/// Elements of the RPMs of one repository, for chunks that have to be made anew.
private struct RepositoryElements: ElementSource {
  let files: TreeFiles
  let repository: RelativePath
  let library: PackageLibrary

  func elements(of records: [PackageRecord]) throws -> [PackageXML] {
    let listed = records.map {
      PackageLibrary.Listed(sha256: $0.sha256, location: $0.location, modified: $0.modified)
    }
    return try library.elements(of: listed) {
      try files.openFile(repository.appending(records[$0].location))
    }
  }
}

/// The metadata files of one repository while they are written.
private final class Output {
  let writer: RepositoryWriter
  private let directory: Directory
  private let files: [String: WritableFile]

  init(
    _ directory: Directory, packageCount: Int, form: MetadataForm, store: any ChunkStore,
    elements: any ElementSource
  ) throws {
    var files: [String: WritableFile] = [:]
    for type in RepositoryWriter.types(form) {
      let name = Self.temporaryName(type)
      try directory.removeFile(name)
      files[type] = try directory.createFile(name)
    }
    let opened = files
    self.files = opened
    self.directory = directory
    writer = try RepositoryWriter(
      packageCount: packageCount, form: form, store: store, elements: elements
    ) {
      try opened[$0]?.write($1)
    }
  }

  static func temporaryName(_ type: String) -> String {
    Directory.temporaryPrefix + type
  }

  func finish() throws -> [MetadataRecord] {
    let records = try writer.finish()
    for record in records { try directory.give(record, to: Self.temporaryName(record.type)) }
    return records
  }
}

extension Directory {
  /// Gives a file of metadata, which is in this directory under a name of its own, the name
  /// that carries its checksum.
  fileprivate func give(_ record: MetadataRecord, to temporary: String) throws {
    let name = try RelativePath.of(record.fileName)
    if try status(of: name)?.kind == .file, try openFile(name).sha256() == record.checksum {
      // Keep the file that clients read. The new one has the same contents, but
      // is not durable yet: renamed over the old one, it could be empty after a
      // power cut.
      try removeFile(temporary)
    } else {
      try replace(record.fileName, with: temporary)
    }
  }
}
