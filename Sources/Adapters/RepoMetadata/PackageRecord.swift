import CCreaterepo
import CRPM
package import ReleaseModel

/// A package as a repository lists it.
///
/// Its elements may be missing: they are not needed where all chunks that hold
/// them are kept from an earlier run. The sizes of the elements are always known,
/// because they decide where chunks end.
package final class PackageRecord: Sendable {
  /// SHA-256 of the RPM file.
  package let sha256: Checksum
  /// Relative to the repository.
  package let location: RelativePath
  /// Time of the file, seconds since 1970.
  package let modified: Int
  /// Bytes of its elements: they tell where chunks end.
  package let sizes: PackageXML.Sizes
  /// Names the elements: records with the same one, made in the same form,
  /// have the same bytes.
  let identity: [UInt8]
  private let nameHash: UInt64
  private let elements: Guarded<PackageXML?>

  /// A record with its elements at hand.
  package convenience init(
    xml: PackageXML, sha256: Checksum, location: RelativePath, modified: Int
  ) {
    self.init(
      sizes: xml.sizes, elements: xml, sha256: sha256, location: location, modified: modified)
  }

  /// A record whose elements a source will be asked for, should they be needed.
  package convenience init(
    sizes: PackageXML.Sizes, sha256: Checksum, location: RelativePath, modified: Int
  ) {
    self.init(
      sizes: sizes, elements: nil, sha256: sha256, location: location, modified: modified)
  }

  private init(
    sizes: PackageXML.Sizes, elements xml: PackageXML?, sha256: Checksum,
    location: RelativePath, modified: Int
  ) {
    self.sha256 = sha256
    self.location = location
    self.modified = modified
    self.sizes = sizes
    identity = sha256.bytes + Array("\(modified) \(location)\n".utf8)
    nameHash = Self.hash(of: location.name)
    elements = Guarded(xml)
  }

  /// The elements, where they are at hand.
  package var xml: PackageXML? { elements.withLock { $0 } }

  /// Throws `failed` where they are not as long as they were said to be.
  fileprivate func take(_ xml: PackageXML) throws {
    guard xml.sizes == sizes else {
      throw ComposeError(
        .failed, "metadata of \(location)", "it is not as long as it was",
        remedy: "Run the command again; should that not help, remove the header cache")
    }
    elements.withLock { $0 = xml }
  }

  /// Hash of `name-version-release.arch.rpm` up to the version: a newer version
  /// ends a chunk where the older one did.
  private static func hash(of fileName: String) -> UInt64 {
    let bytes = fileName.utf8
    let name = bytes.lastIndex(of: UInt8(ascii: "-")).flatMap {
      bytes[..<$0].lastIndex(of: UInt8(ascii: "-"))
    }
    // FNV-1a: the choice does not matter, but the hash must be the same on every
    // machine and in every version.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes[..<(name ?? bytes.endIndex)] {
      hash ^= UInt64(byte)
      hash &*= 0x100_0000_01B3
    }
    // The last characters reach only some bits: of `lib-1` and `lib-2`, all others are
    // alike. MurmurHash3's last step spreads them over all.
    hash ^= hash >> 33
    hash &*= 0xFF51_AFD7_ED55_8CCD
    return hash ^ hash >> 33
  }

  /// Whether a chunk can end with it: of one byte in `mean`, by a hash of its
  /// name. So a long element ends a chunk more often than a short one, and one
  /// that is longer than `mean` always.
  func endsChunk(_ kind: MetadataKind, mean: Int) -> Bool {
    Int((nameHash >> 17) % UInt64(mean)) < sizes.size(for: kind)
  }
}

/// Where the elements of records come from that have none.
package protocol ElementSource: Sendable {
  /// The elements of each record, in order.
  func elements(of records: [PackageRecord]) throws -> [PackageXML]
}

extension [PackageRecord] {
  /// Fetches the elements of those that have none, at once.
  func fetchElements(from source: (any ElementSource)?) throws {
    let missing = filter { $0.xml == nil }
    guard !missing.isEmpty, let found = try source?.elements(of: missing) else { return }
    for (record, xml) in zip(missing, found) { try record.take(xml) }
  }

  /// Their elements for one document, one after the other; those that are not
  /// at hand are fetched.
  func text(for kind: MetadataKind, from source: (any ElementSource)?) throws -> [UInt8] {
    try fetchElements(from: source)
    var text: [UInt8] = []
    text.reserveCapacity(reduce(0) { $0 + $1.sizes.size(for: kind) })
    for record in self {
      guard let xml = record.xml else {
        throw ComposeError(
          .failed, "metadata of \(record.location)", "nobody knows it",
          remedy: "Run the command again; should that not help, remove the header cache")
      }
      text += xml.element(for: kind)
    }
    return text
  }
}

/// In which form a repository's documents are written.
package struct MetadataForm: Hashable, Sendable {
  /// Of documents and databases alike.
  package let compression: MetadataCompression
  /// Newest entries kept for each package.
  package let changelogs: Int
  /// Whether there are sqlite databases beside the documents, for yum.
  package let hasDatabases: Bool

  /// - Parameter changelogs: newest entries kept for each package.
  package init(compression: MetadataCompression, changelogs: Int, hasDatabases: Bool = false) {
    self.hasDatabases = hasDatabases
    self.compression = compression
    self.changelogs = changelogs
  }

  /// Grows with every change of what ``PackageXML`` writes.
  static let version = 2

  /// Names all that elements depend on besides their RPM: the form, and who
  /// reads headers.
  package var identity: String {
    "form \(Self.version), librpm \(String(cString: RPMVERSION)), "
      + "createrepo_c \(CR_VERSION_MAJOR).\(CR_VERSION_MINOR).\(CR_VERSION_PATCH), \(changelogs) changelogs"
  }
}
