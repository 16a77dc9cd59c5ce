import Glibc

/// Looks for a few files in the document that lists all of them.
///
/// That document is by far the largest of a repository, and of interest here
/// only for the handful of paths that packages require and primary metadata
/// leaves out: it is read once from end to end, and nothing of it is kept.
package struct FileListsSearch {
  /// Escaped as the document has them, by length, with the path itself.
  private let wanted: [Int: [(escaped: [UInt8], path: String)]]
  /// Whether any has that length: asked for every file there is.
  private let hasLength: [Bool]

  /// - Parameter paths: absolute, as packages require them.
  package init(_ paths: Set<String>) {
    let escaped = paths.sorted().map { path in
      (
        escaped: Array(
          path.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").utf8), path: path
      )
    }
    wanted = Dictionary(grouping: escaped) { $0.escaped.count }
    var hasLength = [Bool](repeating: false, count: (escaped.map(\.escaped.count).max() ?? 0) + 1)
    for (bytes, _) in escaped { hasLength[bytes.count] = true }
    self.hasLength = hasLength
  }

  /// Which package has which of the files, by the package's SHA-256 as the
  /// document has it.
  package func owners(in document: OpenedMetadata) throws -> [(path: String, package: String)] {
    try document.withBytes(owners)
  }

  /// The same in a file; of what it unpacks to, a part is in memory at a time.
  ///
  /// Throws `badData` where `file` cannot be uncompressed.
  ///
  /// - Parameter other: the file, opened before; then `file` only stands in messages.
  package func owners(
    in file: String, openedAs other: Int32?
  ) throws -> [(path: String, package: String)] {
    var found: [(path: String, package: String)] = []
    var waiting: [UInt8] = []
    try OpenedMetadata.uncompress(file, openedAs: other) { bytes in
      waiting.append(contentsOf: bytes)
      let whole = waiting.endOfLast("</package>")
      found += try waiting.withUnsafeBytes {
        try owners(in: UnsafeRawBufferPointer(rebasing: $0[..<whole]))
      }
      waiting.removeFirst(whole)
    }
    return try found + waiting.withUnsafeBytes(owners)
  }

  /// The same in a document that lies in memory.
  package func owners(
    in bytes: UnsafeRawBufferPointer
  ) throws -> [(path: String, package: String)] {
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return [] }
    var found: [(path: String, package: String)] = []
    var package: TagScanner.Tag?
    var scanner = TagScanner(start: base, end: base + bytes.count)
    while let tag = scanner.next() {
      if tag.isNamed("file") {
        let text = scanner.text(after: tag)
        guard text.count < hasLength.count, hasLength[text.count] else { continue }
        for candidate in wanted[text.count] ?? [] where Self.isEqual(text, candidate.escaped) {
          if let id = package?.attribute("pkgid") { found.append((candidate.path, id)) }
        }
      } else if tag.isNamed("package") {
        package = tag
      }
    }
    return found
  }

  private static func isEqual(_ text: UnsafeBufferPointer<UInt8>, _ other: [UInt8]) -> Bool {
    guard let base = text.baseAddress else { return other.isEmpty }
    return memcmp(base, other, other.count) == 0
  }
}

/// Goes from tag to tag of a document that libraries have made: without
/// comments and sections, which those never write.
private struct TagScanner {
  private var position: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  init(start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    position = start
    self.end = end
  }

  struct Tag {
    /// Between `<` and `>`.
    let bytes: UnsafeBufferPointer<UInt8>

    /// Whether it opens an element of that name.
    func isNamed(_ name: StaticString) -> Bool {
      let length = name.utf8CodeUnitCount
      guard bytes.count >= length, let base = bytes.baseAddress,
        memcmp(base, name.utf8Start, length) == 0
      else { return false }
      // A space, a slash, or nothing more.
      return bytes.count == length || bytes[length] == 32 || bytes[length] == 47
    }

    func attribute(_ name: String) -> String? {
      let text = String(decoding: bytes, as: UTF8.self)
      guard let start = text.firstRange(of: "\(name)=\"")?.upperBound,
        let end = text[start...].firstIndex(of: "\"")
      else { return nil }
      return String(text[start..<end])
    }
  }

  mutating func next() -> Tag? {
    guard let open = find(60, from: position), let close = find(62, from: open + 1) else {
      return nil
    }
    position = close + 1
    return Tag(bytes: UnsafeBufferPointer(start: open + 1, count: close - open - 1))
  }

  /// What stands between `tag`, the last one, and the next.
  func text(after tag: Tag) -> UnsafeBufferPointer<UInt8> {
    let next = find(60, from: position) ?? end
    return UnsafeBufferPointer(start: position, count: next - position)
  }

  private func find(
    _ byte: Int32, from start: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    guard start < end, let found = memchr(start, byte, end - start) else { return nil }
    return UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
  }
}
