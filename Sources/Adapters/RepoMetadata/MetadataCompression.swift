/// How metadata files are compressed. gzip is what every client reads;
/// yum of EL7 reads no zstd, and sequential multi-stream xz is read wrongly
/// by libsolv, so xz is written as one stream.
package enum MetadataCompression: String, Codable, CaseIterable, Sendable {
  /// The words of the policy's `metadata.compression`.
  case gz, xz, zstd

  /// The file name's suffix.
  package var suffix: String {
    switch self {
    case .gz: ".gz"
    case .xz: ".xz"
    case .zstd: ".zst"
    }
  }
}
