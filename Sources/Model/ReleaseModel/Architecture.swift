/// The architecture of an RPM or of a repository, such as `x86_64`.
package struct Architecture: Hashable, Sendable {
  /// As RPM writes it, such as `x86_64` or `noarch`.
  package let name: String

  /// Any name is taken: RPM, not this program, defines the set.
  package init(_ name: String) {
    self.name = name
  }

  /// Installable everywhere: in the repository of every architecture.
  package static let noarch = Architecture("noarch")
  /// A source RPM, whatever machine it was built on.
  package static let src = Architecture("src")
  /// A source RPM whose sources must not be distributed.
  package static let nosrc = Architecture("nosrc")

  /// Whether it is `src` or `nosrc`: then it goes into the repository of
  /// sources.
  package var isSource: Bool { self == .src || self == .nosrc }
}

extension Architecture: Comparable, CustomStringConvertible {
  /// By name, so that output is the same each time.
  package static func < (lhs: Architecture, rhs: Architecture) -> Bool { lhs.name < rhs.name }

  /// The bare name.
  package var description: String { name }
}

extension Architecture: Codable {
  /// From a JSON string.
  package init(from decoder: any Decoder) throws {
    name = try decoder.singleValueContainer().decode(String.self)
  }

  /// As a JSON string.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
