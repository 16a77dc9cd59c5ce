extension Policy {
  /// A set of repositories that belong together, as composes name them.
  package struct Variant: Hashable, Sendable {
    /// Letters and digits.
    package let name: String
    /// Path below a tree of the repository of one architecture's RPMs; has
    /// `{arch}`.
    package let binary: PathTemplate
    /// The same for debug RPMs.
    package let debug: PathTemplate
    /// Path below a tree of the one repository of source RPMs.
    package let source: PathTemplate
  }

  /// The plain packages, then those of modules where they are apart; sorted by
  /// name.
  package var variants: [Variant] {
    var variants = [
      Variant(
        name: Self.variantName(of: repositories.binary, or: "Everything"),
        binary: repositories.binary, debug: repositories.debug, source: repositories.source)
    ]
    if let modular = repositories.modular {
      let name = Self.variantName(of: modular.binary, or: "Modular")
      variants.append(
        Variant(
          name: name == variants[0].name ? "Modular" : name, binary: modular.binary,
          debug: modular.debug, source: modular.source))
    }
    return variants.sorted { $0.name < $1.name }
  }

  /// The first component of a path, where it can be a name.
  private static func variantName(of template: PathTemplate, or fallback: String) -> String {
    let first = template.description.split(separator: "/").first ?? ""
    let isName = !first.isEmpty && first.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return isName ? String(first) : fallback
  }
}
