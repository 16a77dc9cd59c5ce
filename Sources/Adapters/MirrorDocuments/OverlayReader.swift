import Digests
import ReleaseModel

extension Overlay {
  /// Bytes of the largest overlay that is read: one line of a repository has some 400.
  package static let limit = 64 << 20

  /// Reads the bytes of an overlay. One that is cut off, edited, or of another form is
  /// refused as a whole.
  ///
  /// Throws `badData`.
  ///
  /// - Parameter name: where the bytes come from, for messages.
  package init(_ bytes: [UInt8], from name: String) throws {
    try self.init(lines: OverlayLines(bytes, from: name))
  }

  private init(lines: OverlayLines) throws {
    var (stream, time): (String?, Int?) = (nil, nil)
    var redirects: [Redirect] = []
    var links: [Link] = []
    var indexes: [Index] = []
    var archived: [Archived] = []
    var ended: [Ended] = []
    for (number, fields) in lines.fields {
      let reader = LineReader(fields: fields, number: number, lines: lines)
      switch (fields[0], fields.count) {
      case ("stream", 2) where stream == nil: stream = try reader.name(1)
      case ("time", 2) where time == nil: time = try reader.number(1, in: NumberFromOutside.times)
      case ("redirect", 3):
        redirects.append(try Redirect(client: reader.name(1), release: reader.name(2)))
      case ("link", 3): links.append(try Link(path: reader.path(1), target: reader.path(2)))
      case ("archived", 3):
        archived.append(try Archived(path: reader.path(1), archive: reader.path(2)))
      case ("ended", 4) where lines.form > 1: ended.append(try reader.ended())
      case ("repomd", 8):
        indexes.append(
          try Index(
            directory: reader.path(1), timestamp: reader.number(2, in: NumberFromOutside.times),
            size: reader.number(3, in: NumberFromOutside.counts), digests: reader.digests(from: 4)))
      default: throw reader.problem("it is no line of an overlay")
      }
    }
    guard let stream, let time else { throw lines.problem("it lacks its stream or its time") }
    let names = Set(ended.map(\.subject))
    guard Set(redirects.map(\.client)).count == redirects.count,
      Set(links.map(\.path)).count == links.count,
      Set(indexes.map(\.directory)).count == indexes.count,
      Set(archived.map(\.path)).count == archived.count,
      Set(ended.map(\.subject)).count == ended.count,
      !redirects.contains(where: { names.contains(.name($0.client)) }),
      !links.contains(where: { names.contains(.path($0.path)) })
    else { throw lines.problem("it says two things of one name or path") }
    self.init(
      stream: stream, time: time, redirects: redirects, links: links, indexes: indexes,
      archived: archived, ended: ended)
  }
}

/// The lines between head and end of an overlay whose end is right.
private struct OverlayLines {
  private let name: String
  /// Fields of each line, never none, with its number in the file.
  private(set) var fields: [(number: Int, fields: [String])]
  /// Number of the form.
  private(set) var form = 1

  init(_ bytes: [UInt8], from name: String) throws {
    self.name = name
    fields = []
    guard bytes.count <= Overlay.limit else { throw problem("it is too large") }
    let newline = UInt8(ascii: "\n")
    guard bytes.last == newline else { throw problem("it is cut off") }
    let start = bytes.dropLast().lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = String(decoding: bytes[start...], as: UTF8.self)
    guard end == "end\t\(Checksum(of: Array(bytes[..<start])))\n" else {
      throw problem("its last line is not the SHA-256 of the lines before: cut off, or edited")
    }
    guard let text = String(validating: bytes[..<start], as: UTF8.self) else {
      throw problem("it is not UTF-8")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let head = lines.first, let index = Overlay.heads.firstIndex(of: String(head)) else {
      throw problem("it is not an overlay of form 1 or 2")
    }
    form = index + 1
    fields = lines.enumerated().dropFirst().map { index, line in
      (index + 1, line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
    }
  }

  func problem(_ cause: String) -> ComposeError {
    ComposeError(
      .badData, name.sanitizedForDisplay, cause,
      remedy: "Have it written again: epel-compose mirrors lists MAJOR")
  }
}

/// One line of an overlay.
private struct LineReader {
  let fields: [String]
  let number: Int
  let lines: OverlayLines

  func problem(_ cause: String) -> ComposeError { lines.problem("line \(number): \(cause)") }

  func name(_ index: Int) throws -> String {
    guard Overlay.isName(fields[index]) else { throw problem("field \(index + 1) is no name") }
    return fields[index]
  }

  func path(_ index: Int) throws -> RelativePath {
    guard let path = RelativePath(fields[index]) else {
      throw problem("field \(index + 1) is no relative path")
    }
    return path
  }

  func number(_ index: Int, in range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(fields[index]), range.contains(number) else {
      throw problem("field \(index + 1) is no number, or too large")
    }
    return number
  }

  func ended() throws -> Overlay.Ended {
    guard Overlay.isText(fields[3]) else { throw problem("field 4 is no text of one line") }
    switch fields[1] {
    case "name": return try Overlay.Ended(.name(name(2)), text: fields[3])
    case "path": return try Overlay.Ended(.path(path(2)), text: fields[3])
    default: throw problem("field 2 is neither name nor path")
    }
  }

  func digests(from index: Int) throws -> FileDigests {
    let digests = FileDigests(
      md5: fields[index], sha1: fields[index + 1], sha256: fields[index + 2],
      sha512: fields[index + 3])
    guard let digests else { throw problem("a checksum is none") }
    return digests
  }
}
