/// The architecture of an RPM or of a repository, such as `x86_64`.
package struct Architecture: Hashable, Sendable {
  package let name: String

  package init(_ name: String) {
    self.name = name
  }

  /// Installable everywhere: in the repository of every architecture.
  package static let noarch = Architecture("noarch")
  package static let src = Architecture("src")
  /// A source RPM whose sources must not be distributed.
  package static let nosrc = Architecture("nosrc")

  package var isSource: Bool { self == .src || self == .nosrc }
}

extension Architecture: Comparable, CustomStringConvertible {
  package static func < (lhs: Architecture, rhs: Architecture) -> Bool { lhs.name < rhs.name }

  package var description: String { name }
}

extension Architecture: Codable {
  package init(from decoder: any Decoder) throws {
    name = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
