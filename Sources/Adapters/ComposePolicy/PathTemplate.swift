package import ReleaseModel

/// Text with `{release}`, `{major}`, `{minor}`, `{month}`,
/// `{minorRelease}`, `{arch}` and `{kind}` in it; links of pages also have `{package}` and
/// `{nvr}`.
package struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
  /// The template as the policy has it, with its placeholders.
  package let description: String
  /// Placeholders in order of appearance.
  package let placeholders: [String]

  /// Whether what it names is of one minor release, another one for the next.
  package var namesMinorRelease: Bool {
    !Set(placeholders).isDisjoint(with: ["minor", "minorRelease", "release"])
  }

  static let known = [
    "release", "major", "minor", "month", "minorRelease", "arch", "kind", "package", "nvr",
  ]

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
    if let release { text = Self.filled(text, Self.values(of: release)) }
    if let arch { text = Self.filled(text, [("arch", arch.name)]) }
    return text
  }

  /// Fills the placeholders of a URL in, each value percent-encoded (RFC 3986).
  ///
  /// Nil where a placeholder has no value: no release is current, or nobody asks for a
  /// package.
  package func url(release: ReleaseID?, package: String? = nil, nvr: String? = nil) -> String? {
    var values = release.map(Self.values) ?? []
    if let package { values.append(("package", package)) }
    if let nvr { values.append(("nvr", nvr)) }
    guard placeholders.allSatisfy({ name in values.contains { $0.name == name } }) else {
      return nil
    }
    return Self.filled(description, values.map { ($0.name, $0.value.percentEncoded) })
  }

  private static func values(of release: ReleaseID) -> [(name: String, value: String)] {
    [
      ("release", release.description), ("major", String(release.major)),
      ("minor", release.paddedMinor), ("month", release.month.map { String($0) } ?? ""),
      ("minorRelease", release.minorRelease.description),
    ]
  }

  private static func filled(_ text: String, _ values: [(name: String, value: String)]) -> String {
    values.reduce(text) { text, item in
      text.split(separator: "{\(item.name)}", omittingEmptySubsequences: false)
        .joined(separator: item.value)
    }
  }
}
