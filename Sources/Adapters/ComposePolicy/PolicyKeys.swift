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

  /// Names that may stand below `path`; nil where any name may.
  static func children(of path: String) -> [String]? {
    let depth = path.isEmpty ? 0 : path.split(separator: ".").count
    let names = all.compactMap { key -> String? in
      let parts = key.path.split(separator: ".").map(String.init)
      guard parts.count == depth + 1, parts.dropLast().joined(separator: ".") == path else {
        return nil
      }
      return parts.last
    }
    return names.contains("*") ? nil : names
  }
}

extension PolicyKeys.Key {
  init(_ path: String, _ meaning: String, or fallback: String? = nil) {
    self.init(path: path, meaning: meaning, fallback: fallback)
  }
}
