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
    guard let repomd = cr_repomd_new() else {
      throw LibCreaterepo.damaged(path, "libcreaterepo_c could not read it")
    }
    defer { cr_repomd_free(repomd) }
    try XMLEncoding.requireUTF8(Self.head(of: path, descriptor), of: path)
    let code = try LibCreaterepo.check(path) { error -> Int32? in
      cr_xml_parse_repomd(
        descriptor.map { "/proc/self/fd/\($0)" } ?? path, repomd, nil, nil, &error)
    }
    let words = repomd.pointee.revision.map { String(cString: $0) }
    let number = words.flatMap { Int($0) }.flatMap {
      NumberFromOutside.counts.contains($0) ? $0 : nil
    }
    guard code == 0, let revision = number ?? (maker == .others ? 0 : nil)
    else { throw LibCreaterepo.damaged(path, "it has no revision number") }
    self.revision = revision
    var records: [MetadataRecord] = []
    var timestamp: Int?
    var item = repomd.pointee.records
    while let node = item {
      if let raw = node.pointee.data?.assumingMemoryBound(to: cr_RepomdRecord.self) {
        let time = Int(raw.pointee.timestamp)
        if NumberFromOutside.counts.contains(time) { timestamp = max(timestamp ?? 0, time) }
        switch maker {
        case .ours: records.append(try Self.record(raw.pointee, in: path))
        case .others:
          if let record = try? Self.record(raw.pointee, in: path) { records.append(record) }
        }
      }
      item = node.pointee.next
    }
    self.records = records
    self.timestamp = timestamp ?? revision
  }

  /// The first bytes of the file; none where it cannot be read, which the parser tells.
  private static func head(of path: String, _ descriptor: Int32?) -> [UInt8] {
    let opened = descriptor ?? open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { return [] }
    defer { if descriptor == nil { close(opened) } }
    return [UInt8](unsafeUninitializedCapacity: XMLEncoding.headLength) { buffer, count in
      count = max(0, pread(opened, buffer.baseAddress, buffer.count, 0))
    }
  }

  private static func record(_ raw: cr_RepomdRecord, in path: String) throws -> MetadataRecord {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
      pointer.map { String(cString: $0) } ?? ""
    }
    let type = text(raw.type)
    let location = text(raw.location_href)
    // A document that is not compressed has no other checksum than its file's.
    let isPlain = text(raw.checksum_open).isEmpty
    guard text(raw.checksum_type) == "sha256", let checksum = Checksum(hex: text(raw.checksum)),
      let openChecksum = isPlain ? checksum : Checksum(hex: text(raw.checksum_open))
    else { throw LibCreaterepo.damaged(path, "'\(type)' has no SHA-256") }
    let prefix = "repodata/"
    let name = String(location.dropFirst(prefix.count))
    guard location.hasPrefix(prefix), RelativePath.isSafe(name) else {
      throw LibCreaterepo.damaged(path, "'\(type)' is at '\(location)', not in repodata/")
    }
    return MetadataRecord(
      type: type, fileName: name, checksum: checksum, openChecksum: openChecksum,
      size: Int(raw.size), openSize: Int(isPlain ? raw.size : raw.size_open),
      databaseVersion: raw.db_ver > 0 ? Int(raw.db_ver) : nil)
  }
}
