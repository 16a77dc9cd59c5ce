import Foundation
import ReleaseModel

extension CurrentStatement {
  /// JSON with one value of the statement a line, and one object of its lists a line: so that
  /// a shell script can read what it has verified.
  package func bytes() throws -> [UInt8] {
    let fields = [
      ("format", "\(Self.format)"), ("stream", try Self.line(stream)), ("serial", "\(serial)"),
      ("release", try Self.line(release.description)),
      ("written", try Self.line(Moment(written).rfc3339)),
      ("validUntil", try Self.line(Moment(validUntil).rfc3339)),
      ("links", try Self.list(links)),
      ("repositories", try Self.list(repositories)),
      ("former", try Self.list(former.map(FormerLine.init))),
    ]
    let text = fields.map { "\"\($0)\": \($1)" }.joined(separator: ",\n")
    return Array("{\n\(text)\n}\n".utf8)
  }

  private static func list(_ items: [some Encodable]) throws -> String {
    var lines: [String] = []
    for item in items { lines.append(try line(item)) }
    return lines.isEmpty ? "[]" : "[\n" + lines.joined(separator: ",\n") + "\n]"
  }

  private static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// As ``Former``, its time as text.
  private struct FormerLine: Codable {
    let path: RelativePath
    let sha256: Checksum
    let until: String

    init(_ former: Former) {
      path = former.path
      sha256 = former.sha256
      until = Moment(former.until).rfc3339
    }
  }

  private struct Document: Decodable {
    let format: Int
    let stream: String
    let serial: Int
    let release: String
    let written: String
    let validUntil: String
    let links: [Link]
    let repositories: [Index]
    let former: [FormerLine]
  }

  /// What `bytes` say, which somebody else may have written; nil where that is no statement
  /// of this form. Keys that it does not know are passed over.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.limit,
      let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)),
      document.format == Self.format,
      NumberFromOutside.counts.contains(document.serial),
      document.repositories.allSatisfy({
        NumberFromOutside.counts.contains($0.size) && NumberFromOutside.counts.contains($0.revision)
      }),
      let release = try? ReleaseID(document.release),
      let written = Self.time(document.written), let validUntil = Self.time(document.validUntil)
    else { return nil }
    var former: [Former] = []
    for line in document.former {
      guard let until = Self.time(line.until) else { return nil }
      former.append(Former(path: line.path, sha256: line.sha256, until: until))
    }
    self.init(
      stream: document.stream, serial: document.serial, release: release, written: written,
      validUntil: validUntil, links: document.links,
      repositories: document.repositories, former: former)
  }

  private static func time(_ text: String) -> Int? {
    (try? Date(text, strategy: .iso8601)).flatMap {
      NumberFromOutside.seconds($0.timeIntervalSince1970)
    }
  }
}
