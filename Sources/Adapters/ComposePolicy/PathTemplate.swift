package import ReleaseModel

/// Text with `{release}`, `{major}`, `{minor}`, `{month}`,
/// `{minorRelease}`, `{arch}` and `{kind}` in it.
package struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
  /// The template as the policy has it, with its placeholders.
  package let description: String
  /// Placeholders in order of appearance.
  package let placeholders: [String]

  static let known = ["release", "major", "minor", "month", "minorRelease", "arch", "kind"]

  /// Parses `text`; throws the cause as text for a placeholder that is not
  /// known or a brace that is not closed.
  init(_ text: String) throws(PathTemplate.Fault) {
    var names: [String] = []
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
        throw Fault(cause: "'\(text)' has a brace without its pair")
      }
      let name = String(rest[rest.index(after: open)..<close])
      guard Self.known.contains(name) else {
        let nearest = NearestName.of(name, among: Self.known).map { "; did you mean '{\($0)}'" }
        throw Fault(cause: "'{\(name)}' is not a placeholder\(nearest ?? "")")
      }
      names.append(name)
      rest = rest[rest.index(after: close)...]
    }
    description = text
    placeholders = names
  }

  struct Fault: Error { let cause: String }

  /// Fills the placeholders in. `{month}` is empty for a release without one.
  package func filled(release: ReleaseID? = nil, arch: Architecture? = nil) -> String {
    var text = description
    if let release {
      for (name, value) in [
        ("release", release.description), ("major", String(release.major)),
        ("minor", release.paddedMinor), ("month", release.month.map { String($0) } ?? ""),
        ("minorRelease", release.minorRelease.description),
      ] {
        text = text.split(separator: "{\(name)}", omittingEmptySubsequences: false)
          .joined(separator: value)
      }
    }
    if let arch {
      text = text.split(separator: "{arch}", omittingEmptySubsequences: false)
        .joined(separator: arch.name)
    }
    return text
  }
}
