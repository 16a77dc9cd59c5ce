package import ReleaseModel

/// Text with `{release}`, `{major}`, `{minor}`, `{month}`,
/// `{minorRelease}`, `{arch}` and `{kind}` in it; links of pages also have `{package}` and
/// `{nvr}`.
package struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
  /// The template as the policy has it, with its placeholders.
  package let description: String
  /// Placeholders in order of appearance.
  package let placeholders: [String]
  /// What stands before each of ``placeholders``, and after the last.
  private let texts: [String]

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
    var texts: [String] = []
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
      texts.append(String(rest[..<open]))
      rest = rest[rest.index(after: close)...]
    }
    description = text
    placeholders = names
    self.texts = texts + [String(rest)]
  }

  struct Fault: Error { let cause: String }

  /// Fills the placeholders in. `{month}` is empty for a release without one.
  package func filled(release: ReleaseID? = nil, arch: Architecture? = nil) -> String {
    filled { name in
      name == "arch" ? arch?.name : release.flatMap { Self.value(of: name, in: $0) }
    }
  }

  /// Fills the placeholders of a URL in, each value percent-encoded (RFC 3986).
  ///
  /// Nil where a placeholder has no value: no release is current, or nobody asks for a
  /// package.
  package func url(release: ReleaseID?, package: String? = nil, nvr: String? = nil) -> String? {
    func value(_ name: String) -> String? {
      switch name {
      case "package": package
      case "nvr": nvr
      default: release.flatMap { Self.value(of: name, in: $0) }
      }
    }
    guard placeholders.allSatisfy({ value($0) != nil }) else { return nil }
    return filled { value($0)?.percentEncoded }
  }

  /// What the placeholder `name` stands for in paths of `release`; nil where that says nothing
  /// of it.
  private static func value(of name: String, in release: ReleaseID) -> String? {
    switch name {
    case "release": release.description
    case "major": String(release.major)
    case "minor": release.paddedMinor
    case "month": release.month.map { String($0) } ?? ""
    case "minorRelease": release.minorRelease.description
    default: nil
    }
  }

  /// With what `value` has for each placeholder; those that it has nothing for stay.
  private func filled(_ value: (String) -> String?) -> String {
    zip(placeholders, texts.dropFirst()).reduce(into: texts[0]) { text, next in
      text += (value(next.0) ?? "{\(next.0)}") + next.1
    }
  }
}
