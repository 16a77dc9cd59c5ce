import CCreaterepo
import Digests
import Glibc
import ReleaseModel

/// Writes the sqlite database of one document, which yum reads instead of it:
/// made by libcreaterepo_c from the very elements of the document.
///
/// It depends on the packages and their order alone. The file grows in a
/// scratch directory: SQLite writes its own file.
final class DatabaseWriter: @unchecked Sendable {
  // @unchecked: in a round, it belongs to one job.
  let kind: MetadataKind
  private let path: String
  private let elements: (any ElementSource)?
  private var database: UnsafeMutablePointer<cr_SqliteDb>?
  private var problem: (any Error)?

  /// The form that yum knows.
  static let version = 10
  /// What the file is called in repomd.xml.
  var type: String { "\(kind.rawValue)_db" }

  init(
    kind: MetadataKind, in directory: ScratchDirectory, elements: (any ElementSource)?
  ) throws {
    self.kind = kind
    self.elements = elements
    path = "\(directory.path)/\(kind.rawValue).sqlite"
    let (path, type) = (path, Self.type(of: kind))
    database = try LibCreaterepo.check(path) { cr_db_open(path, type, &$0) }
  }

  deinit {
    if let database { cr_db_close(database, nil) }
  }

  private static func type(of kind: MetadataKind) -> cr_DatabaseType {
    switch kind {
    case .primary: CR_DB_PRIMARY
    case .filelists: CR_DB_FILELISTS
    case .other: CR_DB_OTHER
    }
  }

  /// What there is to do for further packages.
  func take(_ packages: [PackageRecord]) -> @Sendable () -> Void {
    { [self] in
      guard problem == nil else { return }
      do { try add(packages) } catch { problem = error }
    }
  }

  private func add(_ packages: [PackageRecord]) throws {
    var text = try packages.text(for: kind, from: elements)
    text.append(0)
    let context = UnsafeMutableRawPointer(database)
    let kind = kind
    let code = try text.withUnsafeBufferPointer { text in
      try text.withMemoryRebound(to: CChar.self) { text in
        try LibCreaterepo.check(path) { error -> Int32? in
          let take: cr_XmlParserPkgCb = { package, database, error in
            guard let package, let database else { return 1 }
            defer { cr_package_free(package) }
            return cr_db_add_pkg(
              database.assumingMemoryBound(to: cr_SqliteDb.self), package, error)
          }
          switch kind {
          case .primary:
            return cr_xml_parse_primary_snippet(
              text.baseAddress, nil, nil, take, context, nil, nil, 1, &error)
          case .filelists:
            return cr_xml_parse_filelists_snippet(
              text.baseAddress, nil, nil, take, context, nil, nil, &error)
          case .other:
            return cr_xml_parse_other_snippet(
              text.baseAddress, nil, nil, take, context, nil, nil, &error)
          }
        }
      }
    }
    if code != 0 { throw LibCreaterepo.damaged(path, "libcreaterepo_c could not add packages") }
  }

  /// Ends the database; what was made is then read part by part.
  ///
  /// - Parameter document: of the compressed document, which yum compares.
  func finish(document: Checksum) throws {
    if let problem { throw problem }
    guard let database else { return }
    self.database = nil
    let closed = Result {
      try LibCreaterepo.check(path) { error -> Int32? in
        cr_db_dbinfo_update(database, document.hex, &error)
      }
    }
    // Indexes are made here.
    _ = try LibCreaterepo.check(path) { error -> Int32? in cr_db_close(database, &error) }
    _ = try closed.get()
  }

  /// Bytes that are compressed by one thread.
  private static let part = 1 << 20
  /// Parts that are in memory at once.
  private static let round = 16

  /// Compresses the finished file into `sink`, and tells what it is.
  func drain(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> MetadataRecord {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LibCreaterepo.damaged(path, "it cannot be read") }
    defer { close(descriptor) }
    var output = CompressedOutput(compression: .gz)
    try output.begin(sink)
    while true {
      let parts = try (0..<Self.round).map { _ in try Self.read(descriptor, path) }
        .filter { !$0.isEmpty }
      if parts.isEmpty { break }
      let compressed = try Concurrently.map(parts) { try Compressor.compress($0, by: .gz) }
      for (part, bytes) in zip(parts, compressed) { try output.add(part, as: bytes, sink) }
    }
    let ended = try output.end(sink)
    return MetadataRecord(
      type: type, fileName: "\(ended.checksum)-\(kind.rawValue).sqlite.gz",
      checksum: ended.checksum, openChecksum: ended.openChecksum, size: ended.size,
      openSize: ended.openSize, databaseVersion: Self.version)
  }

  private static func read(_ descriptor: Int32, _ path: String) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: part)
    var filled = 0
    while filled < part {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), part - filled)
      }
      guard count >= 0 else { throw LibCreaterepo.damaged(path, "it cannot be read") }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }
}

/// Counts and hashes both sides of a file that is compressed part by part.
private struct CompressedOutput {
  let compression: MetadataCompression
  private let openDigest = MessageDigest()
  private let digest = MessageDigest()
  private var openSize = 0
  private var size = 0
  private var sum = Compressor.sum(0, [])

  init(compression: MetadataCompression) { self.compression = compression }

  typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  mutating func begin(_ sink: Sink) throws { try write(Compressor.beginning(compression), sink) }

  mutating func add(_ part: [UInt8], as compressed: [UInt8], _ sink: Sink) throws {
    openDigest.update(part)
    openSize += part.count
    sum = Compressor.sum(sum, part)
    try write(compressed, sink)
  }

  mutating func end(
    _ sink: Sink
  ) throws -> (checksum: Checksum, openChecksum: Checksum, size: Int, openSize: Int) {
    try write(Compressor.end(compression, sum: sum, size: openSize), sink)
    return (digest.checksum(), openDigest.checksum(), size, openSize)
  }

  private mutating func write(_ bytes: [UInt8], _ sink: Sink) throws {
    digest.update(bytes)
    size += bytes.count
    try bytes.withUnsafeBytes(sink)
  }
}
