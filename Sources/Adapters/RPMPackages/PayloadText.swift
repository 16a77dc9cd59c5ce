import Glibc
import ReleaseModel

/// Reads the texts of files from an RPM's payload.
enum PayloadText {
  /// Bytes of a marker's text; a longer one is cut, so that plans and reports stay
  /// readable.
  static let limit = 64 * 1024
  /// Bytes of a marker that is compressed itself.
  static let compressedLimit = 1024 * 1024
  /// Bytes of a payload that are uncompressed to find a marker.
  static let payloadLimit: UInt64 = 16 << 30
  /// Files that are looked into.
  static let filesLimit = 16

  /// What is known of the text of a file.
  struct Text {
    /// UTF-8, invalid bytes replaced; empty where it cannot be read.
    var text = ""
    /// Why it cannot be read, or is not all of it: a clause. Nil where it is whole.
    var problem: String?
  }

  /// The texts of files of the RPM behind `descriptor`, by their numbers in its
  /// header; links are followed within the RPM. What cannot be read is no error: the
  /// reason is beside it.
  ///
  /// - Parameter start: where the payload begins in the file.
  static func read(
    _ wanted: [Int], of files: FileTable, from descriptor: Int32, at start: Int
  ) -> [Int: Text] {
    var texts: [Int: Text] = [:]
    // By any name of the file that has the contents.
    var readers: [Int: [Int]] = [:]
    for index in wanted.prefix(filesLimit) {
      switch files.followed(index) {
      case .failure(let unreadable): texts[index] = Text(problem: unreadable.cause)
      case .success(let file) where files.names(file).allSatisfy(files.isGhost):
        texts[index] = Text(problem: "only its name is in the RPM")
      case .success(let file) where files.size(file) == 0: texts[index] = Text()
      case .success(let file):
        for name in files.names(file) { readers[name, default: []].append(index) }
      }
    }
    for index in wanted.dropFirst(filesLimit) {
      texts[index] = Text(problem: "only \(filesLimit) markers of an RPM are read")
    }
    if readers.isEmpty { return texts }
    var cause = "its payload does not have it"
    do {
      try search(&texts, readers, files, descriptor, start)
    } catch let error as UnreadableMarker {
      cause = error.cause
    } catch {
      cause = "\(error)"
    }
    for index in Set(readers.values.joined()) where texts[index] == nil {
      texts[index] = Text(problem: cause)
    }
    return texts
  }

  private static func search(
    _ texts: inout [Int: Text], _ readers: [Int: [Int]], _ files: FileTable, _ descriptor: Int32,
    _ start: Int
  ) throws {
    let bytes = try UncompressedBytes(descriptor: descriptor, from: start)
    let payload = PayloadReader(bytes, of: files)
    var missing = Set(readers.values.joined())
    while !missing.isEmpty, let entry = try payload.next() {
      // Names that share contents have none but for the last.
      guard let index = entry.index, entry.size > 0, let wanted = readers[index] else {
        guard entry.size <= payloadLimit, bytes.offset <= payloadLimit - entry.size else {
          throw UnreadableMarker(
            "more than \(payloadLimit >> 30) GiB of the payload come before it, the limit for "
              + "finding a marker")
        }
        try payload.leave(entry)
        continue
      }
      let isCompressed =
        wanted.contains { namesCompressed(files.baseName($0)) }
        || namesCompressed(files.baseName(index))
      let contents = try payload.contents(
        of: entry, limit: isCompressed ? compressedLimit : limit)
      for marker in wanted {
        texts[marker] = text(contents, of: entry.size, isCompressed: isCompressed)
        missing.remove(marker)
      }
    }
  }

  private static func namesCompressed(_ name: String) -> Bool {
    [".gz", ".bz2", ".xz", ".lzma", ".zst"].contains { name.hasSuffix($0) }
  }

  private static func text(_ contents: [UInt8], of size: UInt64, isCompressed: Bool) -> Text {
    guard isCompressed else {
      return Text(
        text: String(decoding: contents, as: UTF8.self),
        problem: size > UInt64(limit) ? cut : nil)
    }
    guard size <= UInt64(compressedLimit) else {
      return Text(
        problem:
          "it is compressed, and has more than \(compressedLimit >> 20) MiB, the limit for a "
          + "marker")
    }
    do {
      // One byte more tells whether there is more.
      let found = try contents.withUnsafeBytes { try UncompressedBytes($0).read(limit + 1) }
      return Text(
        text: String(decoding: found.prefix(limit), as: UTF8.self),
        problem: found.count > limit ? cut : nil)
    } catch let error as UnreadableMarker {
      return Text(problem: error.cause)
    } catch {
      return Text(problem: "\(error)")
    }
  }

  private static let cut =
    "only its first \(limit / 1024) KiB are read, the limit of a marker's text"
}
