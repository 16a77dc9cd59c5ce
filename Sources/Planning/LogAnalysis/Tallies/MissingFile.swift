/// A file that was missing, taken apart by its path alone.
struct MissingFile {
  /// The path of the repository that it would be in.
  let repository: LogSlice
  /// Whether clients know its name only from metadata: an RPM, or metadata whose name
  /// begins with its checksum.
  let isNamedByMetadata: Bool

  /// - Parameter isRepository: whether a path with this hash is known to be one.
  init(_ path: LogSlice, isRepository: (UInt64) -> Bool) {
    if let directory = path.index(of: "/repodata/") {
      repository = path.prefix(directory)
      isNamedByMetadata = Self.beginsWithChecksum(
        path.dropping(directory + "/repodata/".utf8.count))
      return
    }
    isNamedByMetadata = path.hasSuffix(".rpm")
    // An RPM may lie anywhere below its repository, but no real path is this long.
    var end = path.count <= 4096 ? path.count - 1 : 0
    while end > 0 {
      if path.start[end] == UInt8(ascii: "/"), isRepository(path.prefix(end).hash) {
        repository = path.prefix(end)
        return
      }
      end -= 1
    }
    repository = path.prefix(path.index(of: "/Packages/") ?? path.count)
  }

  /// At least 32 hexadecimal digits (MD5 is the shortest) and a hyphen.
  private static func beginsWithChecksum(_ name: LogSlice) -> Bool {
    var digits = 0
    while digits < name.count {
      switch name.start[digits] {
      case 48...57, 97...102: digits += 1
      case UInt8(ascii: "-"): return digits >= 32
      default: return false
      }
    }
    return false
  }
}
