import Glibc

/// A path that can only point below the directory it is used with.
///
/// No absolute paths, no `.` or `..`, no empty components, no control
/// characters, no component over 255 bytes (Linux `NAME_MAX`). Every name
/// that comes from an RPM, a hub or a policy becomes one of these before it
/// reaches the file system.
package struct RelativePath: Hashable, Sendable {
  /// The path as it is written, components separated by `/`.
  package let description: String

  /// Parses `text`; nil says that it could leave its directory or cannot be
  /// a file name.
  package init?(_ text: String) {
    var text = text
    guard text.withUTF8(Self.isSafe) else { return nil }
    description = text
  }

  private init(unchecked text: some StringProtocol) {
    description = String(text)
  }

  /// Names from the root downwards.
  package var components: [String] { description.split(separator: "/").map(String.init) }

  private static let slash = UInt8(ascii: "/")

  /// Whether all components of a path are safe. `text` is valid UTF-8, whose
  /// control characters are single bytes.
  private static func isSafe(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let dot = UInt8(ascii: ".")
    var start = 0
    for index in 0...text.count {
      if index < text.count {
        let byte = text[index]
        if byte < 0x20 || byte == 0x7F { return false }
        if byte != slash { continue }
      }
      let length = index - start
      if length == 0 || length > 255 { return false }
      if length <= 2, text[start] == dot, text[index - 1] == dot { return false }
      start = index + 1
    }
    return true
  }

  /// Whether `name` can be one component of a path.
  package static func isSafe(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { !$0.contains(slash) && isSafe($0) }
  }

  /// This path followed by `other`.
  package func appending(_ other: RelativePath) -> RelativePath {
    RelativePath(unchecked: "\(description)/\(other.description)")
  }

  /// The last component.
  package var name: String {
    guard let slash = lastSlash else { return description }
    return String(description[description.utf8.index(after: slash)...])
  }

  /// The path without its last component, or nil at the top.
  package var parent: RelativePath? {
    lastSlash.map { RelativePath(unchecked: description[..<$0]) }
  }

  private var lastSlash: String.Index? {
    let utf8 = description.utf8
    let place = utf8.withContiguousStorageIfAvailable { bytes in bytes.lastIndex(of: Self.slash) }
    guard let place else { return utf8.lastIndex(of: Self.slash) }
    return place.map { utf8.index(utf8.startIndex, offsetBy: $0) }
  }

  /// The path of a sibling with another name; nil if `name` is unsafe.
  package func sibling(named name: String) -> RelativePath? {
    guard Self.isSafe(name) else { return nil }
    return RelativePath(unchecked: parent.map { "\($0)/\(name)" } ?? name)
  }

  /// The rest of this path below `other`; nil where it does not lie there.
  package func below(_ other: RelativePath) -> RelativePath? {
    guard self != other, isWithin(other) else { return nil }
    let utf8 = description.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: other.description.utf8.count + 1)
    return RelativePath(unchecked: description[start...])
  }

  /// Whether this path is `other` or lies below it.
  package func isWithin(_ other: RelativePath) -> Bool {
    var (own, above) = (description, other.description)
    return own.withUTF8 { own in
      above.withUTF8 { above in
        guard own.count >= above.count, let start = own.baseAddress, let other = above.baseAddress,
          memcmp(start, other, above.count) == 0
        else { return false }
        return own.count == above.count || own[above.count] == Self.slash
      }
    }
  }
}

extension RelativePath: CustomStringConvertible {}

extension RelativePath: Comparable {
  /// In the order of bytes, as `LC_ALL=C sort` has it.
  package static func < (lhs: RelativePath, rhs: RelativePath) -> Bool {
    lhs.description.precedesByBytes(rhs.description)
  }
}

extension RelativePath: Codable {
  /// From a JSON string; one that could leave its directory is an error.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let path = RelativePath(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a path below a root")
    }
    self = path
  }

  /// As a JSON string.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension RelativePath {
  /// `name` as a path; throws `badData` where it is none.
  package static func of(_ name: String) throws -> RelativePath {
    guard let path = RelativePath(name) else {
      throw ComposeError(
        .badData, name.sanitizedForDisplay, "it is not a path below a root",
        remedy: "Use a relative path without '..' and control characters")
    }
    return path
  }
}
