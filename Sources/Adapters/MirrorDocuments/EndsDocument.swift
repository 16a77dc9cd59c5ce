import Foundation
package import ReleaseModel

/// `STREAM.ends.json`: what of a stream has ended and lies in the archive, at the top of it: for
/// whoever makes a lost ledger anew, and for people. Docs/Archive.md, "Its manifest and page", has
/// the form.
package struct EndsDocument: Hashable, Sendable {
  /// Name of the stream, such as `epel-7`.
  package let stream: String
  /// Those that were carried out, the one of the stream first, then by release.
  package let ends: [EndOfLife]

  /// - Parameter ends: in their order; those that were only decided are left out.
  package init(stream: String, ends: [EndOfLife]) {
    self.stream = stream
    self.ends = ends.filter { $0.done != nil }
  }

  /// Below the archive root, which several streams may share.
  package static func name(of stream: String) -> String { "\(stream).ends.json" }

  /// Always 1.
  package static let format = 1
  /// Bytes of the largest one that is read: an end has some two hundred.
  package static let limit = 1 << 20

  private struct Document: Codable {
    let format: Int
    let stream: String
    let ends: [Line]
  }

  private struct Line: Codable {
    /// Nil for the whole stream.
    let subject: String?
    let day: String
    let decided: Int
    let release: String
    let done: Int
    let originalsGone: Bool
  }

  /// JSON, the same bytes for the same ends.
  package func bytes() throws -> [UInt8] {
    let lines = ends.compactMap { end in
      end.done.map { done in
        Line(
          subject: end.subject?.description, day: end.day.description, decided: end.decided,
          release: done.release.description, done: done.at, originalsGone: done.isClosed)
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let json = try encoder.encode(Document(format: Self.format, stream: stream, ends: lines))
    return Array(json) + [UInt8(ascii: "\n")]
  }

  /// What `bytes` say, which somebody else may have written; nil where that is no such document,
  /// or says two things of one end. Keys that it does not know are passed over.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.limit,
      let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)),
      document.format == Self.format
    else { return nil }
    var ends: [EndOfLife] = []
    for line in document.ends {
      // Nothing ended before 1970.
      let times = 0...NumberFromOutside.times.upperBound
      guard let day = CalendarDate(line.day), times.contains(line.decided),
        times.contains(line.done), let release = try? ReleaseID(line.release)
      else { return nil }
      var subject: ReleaseID?
      if let text = line.subject {
        guard let id = try? ReleaseID(text), id == release else { return nil }
        subject = id
      }
      ends.append(
        EndOfLife(
          subject: subject, day: day, decided: line.decided,
          done: EndOfLife.Done(release: release, at: line.done, isClosed: line.originalsGone)))
    }
    guard Set(ends.map(\.subject)).count == ends.count else { return nil }
    self.init(stream: document.stream, ends: ends)
  }
}
