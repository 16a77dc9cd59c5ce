import CCreaterepo
import CRPM
package import ReleaseModel

/// A package as a repository lists it.
package struct PackageRecord: Sendable {
  package let xml: PackageXML
  /// SHA-256 of the RPM file.
  package let sha256: Checksum
  /// Relative to the repository.
  package let location: RelativePath
  /// Time of the file, seconds since 1970.
  package let modified: Int

  package init(xml: PackageXML, sha256: Checksum, location: RelativePath, modified: Int) {
    self.xml = xml
    self.sha256 = sha256
    self.location = location
    self.modified = modified
  }

  /// Names the elements: records with the same one, made in the same form,
  /// have the same bytes.
  var identity: [UInt8] { sha256.bytes + Array("\(modified) \(location)\n".utf8) }

  /// Whether the chunk that it is in ends with it: of one byte in `mean`, by a
  /// hash of the name. So a long element ends a chunk more often than a short
  /// one, and one that is longer than `mean` always.
  ///
  /// - Parameter length: bytes of its element.
  func endsChunk(_ length: Int, mean: Int) -> Bool {
    // FNV-1a: anything will do that is the same everywhere and for ever.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in location.name.utf8 {
      hash ^= UInt64(byte)
      hash &*= 0x100_0000_01B3
    }
    return Int((hash >> 17) % UInt64(mean)) < length
  }
}

/// In which form a repository's documents are written.
package struct MetadataForm: Hashable, Sendable {
  package let compression: MetadataCompression
  /// Newest entries kept for each package.
  package let changelogs: Int
  /// Whether there are sqlite databases beside the documents, for yum.
  package let hasDatabases: Bool

  package init(compression: MetadataCompression, changelogs: Int, hasDatabases: Bool = false) {
    self.hasDatabases = hasDatabases
    self.compression = compression
    self.changelogs = changelogs
  }

  /// Grows with every change of what ``PackageXML`` writes.
  static let version = 1

  /// Names all that elements depend on besides their RPM: the form, and who
  /// reads headers.
  package var identity: String {
    "form \(Self.version), librpm \(String(cString: RPMVERSION)), "
      + "createrepo_c \(CR_VERSION_MAJOR).\(CR_VERSION_MINOR).\(CR_VERSION_PATCH), \(changelogs) changelogs"
  }
}
