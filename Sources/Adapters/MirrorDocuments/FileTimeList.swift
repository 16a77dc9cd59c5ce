package import Digests

/// `fullfiletimelist-NAME` of an rsync module: every entry with its time, and the digests of
/// each repomd.xml. Docs/Mirrors.md has the form.
package struct FileTimeList: Sendable, Equatable {
  /// A digest that the list has a section of, as its heading names it.
  package enum Algorithm: String, CaseIterable, Sendable {
    /// In the order of the sections.
    case sha1 = "SHA1"
    /// Second.
    case md5 = "MD5"
    /// Third.
    case sha256 = "SHA256"
    /// Fourth.
    case sha512 = "SHA512"

    fileprivate func hex(_ digests: FileDigests) -> String {
      switch self {
      case .sha1: digests.sha1
      case .md5: digests.md5
      case .sha256: digests.sha256
      case .sha512: digests.sha512
      }
    }
  }

  /// Sorted by path.
  package var files: FileListing
  /// By algorithm: lower-case hexadecimal by path.
  package var checksums: [Algorithm: [String: String]]

  /// A list of `files`.
  ///
  /// - Parameter digests: of each repomd.xml, by path.
  package init(files: FileListing = FileListing(), digests: [String: FileDigests] = [:]) {
    self.files = files
    checksums = [:]
    for algorithm in Algorithm.allCases {
      checksums[algorithm] = digests.mapValues { algorithm.hex($0) }
    }
  }

  /// The name of the list in the directory of its module.
  package static func name(of module: String) -> String { "fullfiletimelist-\(module)" }
  /// The name of the list of paths alone.
  package static let pathsName = "fullfilelist"
  /// The name of the list of images, which clients ask for; it is empty.
  package static func imagesName(of module: String) -> String { "imagelist-\(module)" }
}

// MARK: Writing

extension FileTimeList {
  /// Hands the bytes of the list to `body`, piece by piece.
  package func write(to body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    func write(_ text: String) throws {
      var text = text
      try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
    }
    try write("[Version]\n2\n\n[Files]\n")
    try files.text.withUnsafeBytes { try body($0) }
    for algorithm in Algorithm.allCases {
      let rows = (checksums[algorithm] ?? [:]).sorted {
        $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
      }
      try write(
        "\n[Checksums \(algorithm.rawValue)]\n"
          + rows.map { "\($0.value)\t\($0.key)\n" }.joined())
    }
    try write("\n[End]\n")
  }

  /// Hands the bytes of `fullfilelist` to `body`: `./PATH` for each entry.
  package func writePaths(to body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    var buffer: [UInt8] = []
    let limit = 1 << 18
    buffer.reserveCapacity(limit + 8192)
    try files.forEachPath { path in
      buffer.append(UInt8(ascii: "."))
      buffer.append(UInt8(ascii: "/"))
      buffer.append(contentsOf: path)
      buffer.append(FileListing.lineFeed)
      if buffer.count >= limit {
        try buffer.withUnsafeBytes { try body($0) }
        buffer.removeAll(keepingCapacity: true)
      }
    }
    if !buffer.isEmpty { try buffer.withUnsafeBytes { try body($0) } }
  }

  /// The whole list, for one that is small.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write { bytes.append(contentsOf: $0) }
    return bytes
  }
}

// MARK: Reading

extension FileTimeList {
  /// The list that `bytes` are; nil for one that is cut off, which lacks `[End]`, and for any
  /// other form.
  package init?(bytes: consuming [UInt8]) {
    guard let sections = bytes.withUnsafeBufferPointer({ Self.sections(of: $0) }),
      let files = sections["Files"]
    else { return nil }
    var checksums: [Algorithm: [String: String]] = [:]
    for algorithm in Algorithm.allCases {
      checksums[algorithm] = [:]
      guard let section = sections["Checksums \(algorithm.rawValue)"] else { continue }
      for line in bytes[section].split(separator: FileListing.lineFeed) {
        guard let tab = line.firstIndex(of: FileListing.tab) else { continue }
        let path = String(decoding: line[(tab + 1)...], as: UTF8.self)
        checksums[algorithm]?[path] = String(decoding: line[..<tab], as: UTF8.self)
      }
    }
    self.init()
    self.checksums = checksums
    let text = Array(bytes[files])
    bytes = []
    self.files = FileListing(text: text)
  }

  /// Where the lines of each section are; nil without `[Version]` 2 and `[End]`.
  private static func sections(of bytes: UnsafeBufferPointer<UInt8>) -> [String: Range<Int>]? {
    var sections: [String: Range<Int>] = [:]
    var open: (name: String, start: Int)?
    var start = 0
    var hasEnded = false
    while start < bytes.count {
      let end = FileListing.lineEnd(in: bytes, from: start)
      // A line without line feed is cut off.
      guard end < bytes.count else { return nil }
      if bytes[start] == UInt8(ascii: "["), bytes[end - 1] == UInt8(ascii: "]") {
        if let open { sections[open.name] = open.start..<start }
        let name = String(decoding: bytes[start + 1..<end - 1], as: UTF8.self)
        hasEnded = name == "End"
        open = (name, end + 1)
      }
      start = end + 1
    }
    guard hasEnded, let version = sections["Version"],
      String(decoding: bytes[version], as: UTF8.self).hasPrefix("2\n")
    else { return nil }
    // An empty line ends each section.
    return sections.mapValues { range in
      let isBlank =
        range.count > 0 && bytes[range.upperBound - 1] == FileListing.lineFeed
        && (range.count == 1 || bytes[range.upperBound - 2] == FileListing.lineFeed)
      return range.lowerBound..<range.upperBound - (isBlank ? 1 : 0)
    }
  }
}
