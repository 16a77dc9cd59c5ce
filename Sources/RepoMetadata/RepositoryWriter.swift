package import ReleaseModel

/// Writes the metadata of one repository in one pass over its packages.
///
/// It only produces bytes: the caller gives each document a place to go, and
/// names, syncs and renames the files. A round is ``take(_:)``, then its jobs,
/// on any threads, then ``drain()``. So several repositories can share the
/// processors, while one thread does all the writing.
package final class RepositoryWriter {
  /// Takes compressed bytes of one document, in order.
  package typealias Sink = (MetadataKind, UnsafeRawBufferPointer) throws -> Void

  private let documents: [DocumentWriter]
  private let sink: Sink

  /// - Parameters:
  ///   - packageCount: how many packages will be added; it stands at the head
  ///     of each document.
  ///   - store: compressed chunks of earlier runs.
  package init(
    packageCount: Int, form: MetadataForm, store: (any ChunkStore)? = nil, sink: @escaping Sink
  ) {
    // The longest document first: what it has to do is begun first.
    documents = [MetadataKind.filelists, .primary, .other].map {
      DocumentWriter(kind: $0, form: form, packageCount: packageCount, store: store)
    }
    self.sink = sink
  }

  /// Begins a round. Callers add packages in the order of the files' names,
  /// which is createrepo_c's order, so that equal sets give equal bytes.
  package func take(_ packages: [PackageRecord]) -> [@Sendable () -> Void] {
    documents.flatMap { $0.take(packages) }
  }

  /// Ends a round once all its jobs are done.
  package func drain() throws {
    for document in documents { try document.drain { try sink(document.kind, $0) } }
  }

  /// Ends all documents and returns their records in the order of repomd.xml.
  package func finish() throws -> [MetadataRecord] {
    let jobs = documents.flatMap { $0.takeEnd() }
    Concurrently.forEach(jobs.indices) { jobs[$0]() }
    let records = try documents.map { document in
      try document.finish { try sink(document.kind, $0) }
    }
    return MetadataKind.allCases.compactMap { kind in
      records.first { $0.type == kind.rawValue }
    }
  }
}
