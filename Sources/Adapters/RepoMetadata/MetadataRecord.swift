package import ReleaseModel

/// What repomd.xml records of one metadata file.
package struct MetadataRecord: Hashable, Sendable {
  /// `primary`, `filelists`, `other`, and `primary_db` and so on.
  package let type: String
  /// Name of the file in `repodata/`, which carries its checksum, so that an
  /// old and a new file never share a name.
  package let fileName: String
  /// SHA-256 of the file as it is, compressed.
  package let checksum: Checksum
  /// SHA-256 of its uncompressed contents.
  package let openChecksum: Checksum
  /// Bytes.
  package let size: Int
  /// Bytes of its uncompressed contents.
  package let openSize: Int
  /// Form of an sqlite database; nil for documents.
  package let databaseVersion: Int?

  /// - Parameter databaseVersion: nil for a document.
  package init(
    type: String, fileName: String, checksum: Checksum, openChecksum: Checksum, size: Int,
    openSize: Int, databaseVersion: Int? = nil
  ) {
    self.type = type
    self.fileName = fileName
    self.checksum = checksum
    self.openChecksum = openChecksum
    self.size = size
    self.openSize = openSize
    self.databaseVersion = databaseVersion
  }
}
