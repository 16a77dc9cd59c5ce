package import ComposePolicy
package import RepoMetadata

extension Policy {
  /// In which form the stream's metadata is written.
  package var metadataForm: MetadataForm {
    let compression: MetadataCompression
    switch metadata.compression {
    case .gz: compression = .gz
    case .xz: compression = .xz
    case .zstd: compression = .zstd
    }
    return MetadataForm(
      compression: compression, changelogs: metadata.changelogs,
      hasDatabases: metadata.databases)
  }
}
