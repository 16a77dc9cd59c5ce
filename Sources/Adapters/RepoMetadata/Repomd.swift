import CCreaterepo
import Glibc
import ReleaseModel

/// The index of a repository: repomd.xml.
package struct Repomd: Hashable, Sendable {
  /// Grows with every change that a client could see.
  package let revision: Int
  /// In the order of the document.
  package let records: [MetadataRecord]
  /// The largest time of its documents, which metalinks and yum go by, seconds since 1970;
  /// where it lists none, the revision.
  package let timestamp: Int

  /// For an index that is about to be written.
  package init(revision: Int, records: [MetadataRecord]) {
    self.revision = revision
    self.records = records
    timestamp = revision
  }

  /// The document. Every data timestamp is the revision: yum and MirrorManager
  /// go by the largest, and it must never go back behind a link.
  package func xml() throws -> [UInt8] {
    guard let repomd = cr_repomd_new() else {
      throw LibCreaterepo.damaged("repomd.xml", "libcreaterepo_c could not make one")
    }
    defer { cr_repomd_free(repomd) }
    cr_repomd_set_revision(repomd, String(revision))
    for record in records {
      guard let target = cr_repomd_record_new(record.type, nil) else { continue }
      func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
        g_string_chunk_insert(target.pointee.chunk, text)
      }
      target.pointee.location_href = keep("repodata/" + record.fileName)
      target.pointee.checksum = keep(record.checksum.hex)
      target.pointee.checksum_type = keep("sha256")
      target.pointee.checksum_open = keep(record.openChecksum.hex)
      target.pointee.checksum_open_type = keep("sha256")
      target.pointee.size = gint64(record.size)
      target.pointee.size_open = gint64(record.openSize)
      target.pointee.timestamp = gint64(revision)
      if let version = record.databaseVersion { target.pointee.db_ver = Int32(version) }
      cr_repomd_set_record(repomd, target)
    }
    let text = try LibCreaterepo.check("repomd.xml") { error in
      cr_xml_dump_repomd(repomd, &error)
    }
    defer { free(text) }
    return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// Whose repository it is.
  package enum Maker: Sendable {
    /// This program's: everything in it must be as the program writes it.
    case ours
    /// Any other: the revision may be a word, and what is not checksummed by
    /// SHA-256 is left out.
    case others
  }

  /// Reads the file at `path`; `badData` where it is not what clients accept.
  ///
  /// - Parameter descriptor: the file, opened before; then `path` only stands
  ///   in messages.
  package init(path: String, openedAs descriptor: Int32? = nil, by maker: Maker = .ours) throws {
    let document = try RepomdReader(file: path, openedAs: descriptor)
    let number = Int(document.revision).flatMap {
      NumberFromOutside.counts.contains($0) ? $0 : nil
    }
    guard let revision = number ?? (maker == .others ? 0 : nil)
    else { throw LibCreaterepo.damaged(path, "it has no revision number") }
    self.revision = revision
    records = try document.records.compactMap { record in
      switch maker {
      case .ours: try Self.record(record, in: path)
      case .others: try? Self.record(record, in: path)
      }
    }
    timestamp =
      document.records.map(\.timestamp).filter(NumberFromOutside.counts.contains).max() ?? revision
  }

  private static func record(
    _ raw: RepomdReader.Record, in path: String
  ) throws -> MetadataRecord {
    // A document that is not compressed has no other checksum than its file's.
    let isPlain = raw.openChecksum.isEmpty
    guard raw.checksumType == "sha256", let checksum = Checksum(hex: raw.checksum),
      let openChecksum = isPlain ? checksum : Checksum(hex: raw.openChecksum)
    else { throw LibCreaterepo.damaged(path, "'\(raw.type)' has no SHA-256") }
    let prefix = "repodata/"
    let name = String(raw.location.dropFirst(prefix.count))
    guard raw.location.hasPrefix(prefix), RelativePath.isSafe(name) else {
      throw LibCreaterepo.damaged(path, "'\(raw.type)' is at '\(raw.location)', not in repodata/")
    }
    return MetadataRecord(
      type: raw.type, fileName: name, checksum: checksum, openChecksum: openChecksum,
      size: raw.size, openSize: isPlain ? raw.size : raw.openSize,
      databaseVersion: raw.databaseVersion > 0 ? raw.databaseVersion : nil)
  }
}
