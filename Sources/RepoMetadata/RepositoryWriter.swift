/// Writes the metadata of one repository in one pass over its packages.
///
/// It only produces bytes: the caller gives each document a place to go, and
/// names, syncs and renames the files.
package final class RepositoryWriter {
  private var streams: [(kind: MetadataKind, stream: MetadataStream)] = []

  /// - Parameters:
  ///   - packageCount: how many packages will be added; it stands at the head
  ///     of each document.
  ///   - sink: takes compressed bytes of one document, in order.
  package init(
    packageCount: Int, compression: MetadataCompression,
    sink: @escaping (MetadataKind, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    for kind in MetadataKind.allCases {
      let stream = try MetadataStream(
        kind: kind, compression: compression, packageCount: packageCount
      ) { try sink(kind, $0) }
      streams.append((kind, stream))
    }
  }

  /// Adds one package. Callers add in the order of the files' names, which is
  /// createrepo_c's order, so that equal sets give equal bytes.
  package func add(_ package: PackageXML) throws {
    for (kind, stream) in streams { try stream.write(package.element(for: kind)) }
  }

  /// Ends all documents and returns their records in the order of repomd.xml.
  package func finish() throws -> [MetadataRecord] {
    try streams.map { try $0.stream.finish() }
  }
}
