import ReleaseModel

/// Writes the metadata of one repository in one pass over its packages.
///
/// It only produces bytes: the caller gives each document a place to go, and
/// names, syncs and renames the files. A round is ``take(_:)``, then its jobs,
/// on any threads, then ``drain()``. So several repositories can share the
/// processors, while one thread does all the writing.
package final class RepositoryWriter {
  /// Takes compressed bytes of one file, in order; it is named by its type in
  /// repomd.xml.
  package typealias Sink = (String, UnsafeRawBufferPointer) throws -> Void

  private let documents: [DocumentWriter]
  private let databases: [DatabaseWriter]
  private let scratch: ScratchDirectory?
  private let sink: Sink

  /// - Parameters:
  ///   - packageCount: how many packages will be added; it stands at the head
  ///     of each document.
  ///   - store: compressed chunks of earlier runs.
  ///   - elements: is asked for elements that records lack; not needed where none
  ///     does.
  package init(
    packageCount: Int, form: MetadataForm, store: (any ChunkStore)? = nil,
    elements: (any ElementSource)? = nil, sink: @escaping Sink
  ) throws {
    // The longest document comes first, so that its work begins first.
    let kinds: [MetadataKind] = [.filelists, .primary, .other]
    documents = kinds.map {
      DocumentWriter(
        kind: $0, form: form, packageCount: packageCount, store: store, elements: elements)
    }
    let scratch = form.hasDatabases ? try ScratchDirectory() : nil
    self.scratch = scratch
    databases =
      try scratch.map { scratch in
        try kinds.map { try DatabaseWriter(kind: $0, in: scratch, elements: elements) }
      } ?? []
    self.sink = sink
  }

  /// Types of the files, in the order of repomd.xml.
  package static func types(_ form: MetadataForm) -> [String] {
    let kinds = MetadataKind.allCases.map(\.rawValue)
    return kinds + (form.hasDatabases ? kinds.map { "\($0)_db" } : [])
  }

  /// Begins a round. Callers add packages in the order of the files' names,
  /// which is createrepo_c's order, so that equal sets give equal bytes.
  package func take(_ packages: [PackageRecord]) -> [@Sendable () -> Void] {
    databases.map { $0.take(packages) } + documents.flatMap { $0.take(packages) }
  }

  /// Ends a round once all its jobs are done.
  package func drain() throws {
    for document in documents { try document.drain { try sink(document.kind.rawValue, $0) } }
  }

  /// Ends all files and returns their records in the order of repomd.xml.
  package func finish() throws -> [MetadataRecord] {
    let jobs = documents.flatMap { $0.takeEnd() }
    Concurrently.forEach(jobs.indices) { jobs[$0]() }
    var records = try documents.map { document in
      try document.finish { try sink(document.kind.rawValue, $0) }
    }
    let sums = Dictionary(uniqueKeysWithValues: records.map { ($0.type, $0.checksum) })
    _ = try Concurrently.map(databases) { database in
      if let sum = sums[database.kind.rawValue] { try database.finish(document: sum) }
    }
    records += try databases.map { database in
      try database.drain { try sink(database.type, $0) }
    }
    let order = MetadataKind.allCases.flatMap { ["\($0.rawValue)", "\($0.rawValue)_db"] }
    return records.sorted { lhs, rhs in
      let places = (order.firstIndex(of: lhs.type) ?? 0, order.firstIndex(of: rhs.type) ?? 0)
      let isDatabase = (lhs.databaseVersion != nil, rhs.databaseVersion != nil)
      return isDatabase.0 == isDatabase.1 ? places.0 < places.1 : !isDatabase.0
    }
  }
}
