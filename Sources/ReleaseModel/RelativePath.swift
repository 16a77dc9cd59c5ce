/// A path that can only point below the directory it is used with.
///
/// No absolute paths, no `.` or `..`, no empty components, no control
/// characters, no component over 255 bytes (Linux `NAME_MAX`). Every name
/// that comes from an RPM, a hub or a policy becomes one of these before it
/// reaches the file system.
package struct RelativePath: Hashable, Sendable {
  package let components: [String]

  /// Parses `text`; nil says that it could leave its directory or cannot be
  /// a file name.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !parts.isEmpty, parts.allSatisfy(Self.isSafe) else { return nil }
    components = parts
  }

  private init(unchecked components: [String]) {
    self.components = components
  }

  /// Whether `name` can be one component of a path.
  package static func isSafe(_ name: String) -> Bool {
    guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 255 else { return false }
    return name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "/" }
  }

  /// This path followed by `other`.
  package func appending(_ other: RelativePath) -> RelativePath {
    RelativePath(unchecked: components + other.components)
  }

  /// The last component.
  package var name: String { components[components.count - 1] }

  /// The path without its last component, or nil at the top.
  package var parent: RelativePath? {
    components.count > 1 ? RelativePath(unchecked: Array(components.dropLast())) : nil
  }

  /// The path of a sibling with another name; nil if `name` is unsafe.
  package func sibling(named name: String) -> RelativePath? {
    guard Self.isSafe(name) else { return nil }
    return RelativePath(unchecked: components.dropLast() + [name])
  }

  /// Whether this path is `other` or lies below it.
  package func isWithin(_ other: RelativePath) -> Bool {
    components.starts(with: other.components)
  }
}

extension RelativePath: CustomStringConvertible {
  package var description: String { components.joined(separator: "/") }
}

extension RelativePath: Comparable {
  package static func < (lhs: RelativePath, rhs: RelativePath) -> Bool {
    lhs.description.utf8.lexicographicallyPrecedes(rhs.description.utf8)
  }
}

extension RelativePath: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let path = RelativePath(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a path below a root")
    }
    self = path
  }

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
