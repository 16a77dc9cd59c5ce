import CXMLReader
import Glibc
import ReleaseModel

/// Reads repomd.xml with libxml2.
///
/// libcreaterepo_c's own reader wants to know first how the file is compressed. Where its
/// name does not say so, it loads all that libmagic knows, which takes many times as long as to
/// read an index; and every command reads some.
final class RepomdReader {
  /// What the document says, as it says it.
  private(set) var revision = ""
  private(set) var records: [Record] = []

  /// One element `data`. A text that is not there is empty, a number 0.
  struct Record {
    let type: String
    var location = ""
    var checksum = ""
    var checksumType = ""
    var openChecksum = ""
    var timestamp = 0
    var size = 0
    var openSize = 0
    var databaseVersion = 0
  }

  /// Names of the elements from the root to the one that is open. One of a prefix is none of
  /// this form.
  private var path: [String] = []
  private var attributes: [String: String] = [:]
  private var text: [UInt8] = []
  private var problem: String?

  /// Bytes of the largest index that is read: those of real repositories have some thousand.
  private static let limit = 16 << 20

  /// Reads the file at `file`.
  ///
  /// Throws `badData` where it cannot be read, is larger than 16 MiB, not UTF-8, not well
  /// formed, has a document type, or where an element `data` has no type.
  ///
  /// - Parameter descriptor: the file, opened before; then `file` only stands in messages.
  init(file: String, openedAs descriptor: Int32?) throws {
    let bytes = try Self.contents(of: file, descriptor)
    try XMLEncoding.requireUTF8(bytes, of: file)
    var line: Int32 = 0
    let code = bytes.withUnsafeBytes { buffer in
      withUnsafePointer(to: Self.events) { events in
        cxml_parse(
          buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), events,
          Unmanaged.passUnretained(self).toOpaque(), &line)
      }
    }
    guard code == 0 else {
      throw LibCreaterepo.damaged(file, "it is no well-formed XML, line \(line)")
    }
    if let problem { throw LibCreaterepo.damaged(file, problem) }
  }

  private static func contents(of file: String, _ descriptor: Int32?) throws -> [UInt8] {
    let opened = descriptor ?? open(file, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw unreadable(file) }
    defer { if descriptor == nil { close(opened) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // No seek: who opened it may read on where it was.
      let count = pread(opened, &buffer, buffer.count, off_t(bytes.count))
      guard count >= 0 else { throw unreadable(file) }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw LibCreaterepo.damaged(file, "it is larger than \(limit >> 20) MiB")
      }
    }
  }

  private static func unreadable(_ file: String) -> ComposeError {
    LibCreaterepo.damaged(file, String(cString: strerror(errno)))
  }

  // MARK: Events

  private static let events = cxml_events(
    start: { context, name, prefix, _ in
      RepomdReader.of(context)?.start((prefix == nil ? name : nil).map { String(cString: $0) })
    },
    attribute: { context, name, prefix, _, value, length in
      guard prefix == nil, let name, let value else { return }
      RepomdReader.of(context)?.attributes[String(cString: name)] = String(
        decoding: UnsafeRawBufferPointer(start: value, count: Int(max(0, length))), as: UTF8.self)
    },
    started: { context in RepomdReader.of(context)?.started() },
    text: { context, bytes, length in
      guard let bytes, length > 0 else { return }
      RepomdReader.of(context)?.text += UnsafeRawBufferPointer(start: bytes, count: Int(length))
    },
    end: { context in RepomdReader.of(context)?.end() })

  private static func of(_ context: UnsafeMutableRawPointer?) -> RepomdReader? {
    context.map { Unmanaged<RepomdReader>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Name of the element that is open where it says something of the last record.
  private var field: String? {
    path.count == 3 && path.starts(with: ["repomd", "data"]) ? path[2] : nil
  }

  private func start(_ name: String?) {
    path.append(name ?? ":")
    attributes = [:]
    text = []
  }

  /// All attributes of an element are there.
  private func started() {
    if path == ["repomd", "data"] {
      if attributes["type"] == nil { problem = problem ?? "an element 'data' has no type" }
      records.append(Record(type: attributes["type"] ?? ""))
    }
    guard let field, let record = records.indices.last else { return }
    switch field {
    case "location": records[record].location = attributes["href"] ?? ""
    case "checksum": records[record].checksumType = attributes["type"] ?? ""
    default: break
    }
  }

  private func end() {
    let value = String(decoding: text, as: UTF8.self)
    if path == ["repomd", "revision"] { revision = value }
    if let field, let record = records.indices.last { note(value, field, in: &records[record]) }
    path.removeLast()
    text = []
  }

  private func note(_ value: String, _ name: String, in record: inout Record) {
    // Some tools write times with a fraction.
    var number: Int {
      Int(value.drop(while: \.isWhitespace).prefix { $0.isASCII && ($0.isNumber || $0 == "-") })
        ?? 0
    }
    switch name {
    case "checksum": record.checksum = value
    case "open-checksum": record.openChecksum = value
    case "timestamp": record.timestamp = number
    case "size": record.size = number
    case "open-size": record.openSize = number
    case "database_version": record.databaseVersion = number
    default: break
    }
  }
}
