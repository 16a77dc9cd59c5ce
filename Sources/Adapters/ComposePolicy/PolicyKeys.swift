/// Every key that a policy file may have, with what it means.
///
/// The decoder knows no others: a key that is not described here cannot be
/// read. `Docs/Policy.md` shows the same table, and a test compares them.
package enum PolicyKeys {
  /// One key as documents and error messages describe it.
  package struct Key: Sendable {
    /// Dotted path, such as `roots.public`; `*` stands for names of your own.
    package let path: String
    /// What the key means, with its unit.
    package let meaning: String
    /// What holds when the key is left out; nil where it must be given.
    package let fallback: String?
  }

  /// In the order of `Docs/Policy.md`, section by section.
  package static let all: [Key] = Policy.sections.flatMap { $0.keys }

  /// Last parts of ``all``, in their order, by the path above them.
  private static let names = Dictionary(
    grouping: all.map { key in
      let dot = key.path.lastIndex(of: ".")
      let name = dot.map { key.path[key.path.index(after: $0)...] } ?? key.path[...]
      return (path: dot.map { String(key.path[..<$0]) } ?? "", name: String(name))
    },
    by: \.path
  ).mapValues { $0.map(\.name) }

  /// Names that may stand below `path`; nil where any name may.
  static func children(of path: String) -> [String]? {
    let names = names[path] ?? []
    return names.contains("*") ? nil : names
  }
}

extension PolicyKeys.Key {
  init(_ path: String, _ meaning: String, or fallback: String? = nil) {
    self.init(path: path, meaning: meaning, fallback: fallback)
  }
}
