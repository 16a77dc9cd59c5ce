import Digests
import ReleaseModel

/// A document of a repository beside its lists of packages: groups, advisories,
/// modules. They are small, and made whole.
package struct SupplementaryDocument: Sendable {
  /// What it is called in repomd.xml, such as `updateinfo`.
  package let type: String
  /// What comes after the checksum in the name of its file, such as
  /// `comps.xml`.
  private let name: String
  private let open: [UInt8]
  /// As it is written.
  package let bytes: [UInt8]

  private init(
    type: String, name: String, _ open: [UInt8], by compression: MetadataCompression?
  ) throws {
    self.type = type
    self.name = name + (compression?.suffix ?? "")
    self.open = open
    bytes = try compression.map { try Compressor.whole(open, by: $0) } ?? open
  }

  /// What repomd.xml says of it.
  package var record: MetadataRecord {
    let checksum = Checksum(of: bytes)
    return MetadataRecord(
      type: type, fileName: "\(checksum)-\(name)", checksum: checksum,
      openChecksum: Checksum(of: open), size: bytes.count, openSize: open.count)
  }

  /// Groups that users can install. `group` is plain, because yum of Enterprise
  /// Linux 7 does not uncompress it, and `group_gz` the same compressed, which
  /// clients take first.
  package static func groups(_ comps: [UInt8]) throws -> [SupplementaryDocument] {
    [
      try SupplementaryDocument(type: "group", name: "comps.xml", comps, by: nil),
      try SupplementaryDocument(type: "group_gz", name: "comps.xml", comps, by: .gz),
    ]
  }

  /// Advisories, as ``UpdateinfoWriter`` makes them; throws what it throws.
  package static func updateinfo(
    _ document: [UInt8], by compression: MetadataCompression
  ) throws -> SupplementaryDocument {
    try SupplementaryDocument(
      type: "updateinfo", name: "updateinfo.xml", document, by: compression)
  }

  /// Modules, as their document was given: only the compression is ours.
  package static func modules(
    _ document: [UInt8], by compression: MetadataCompression
  ) throws -> SupplementaryDocument {
    try SupplementaryDocument(type: "modules", name: "modules.yaml", document, by: compression)
  }

  /// Their types, in the order of repomd.xml.
  package static let types = ["group", "group_gz", "updateinfo", "modules"]
}
