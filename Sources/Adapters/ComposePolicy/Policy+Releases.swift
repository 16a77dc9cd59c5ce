package import ReleaseModel

extension Policy {
  /// The tree of `release` in `area`, or nil where the stream has no such area.
  package func tree(_ area: Area, of release: ReleaseID) -> TreeName? {
    guard let policy = areas[area], let path = RelativePath(policy.path.filled(release: release))
    else { return nil }
    return TreeName(area: area, release: release, path: path)
  }

  /// All trees of `release`, `releases` before `updates`.
  package func trees(of release: ReleaseID) -> [TreeName] {
    Area.allCases.sorted().compactMap { tree($0, of: release) }
  }

  /// Paths of the other trees of the same release.
  package func twins(of tree: TreeName) -> [RelativePath] {
    trees(of: tree.release).map(\.path).filter { $0 != tree.path }
  }

  /// The tag that freezes `release` in the build system.
  package func composeTag(of release: ReleaseID) -> String {
    koji?.composeTag.filled(release: release) ?? "\(stream)-\(release)"
  }

  /// `text` as a release of this stream; throws `usage` with the stream's
  /// own form where it is not one.
  package func parseRelease(_ text: String) throws -> ReleaseID {
    let id = try ReleaseID(text)
    try check(id)
    return id
  }

  /// Throws `usage` unless `id` is written as this stream writes releases.
  package func check(_ id: ReleaseID) throws {
    let example =
      "\(major)." + (release.minorDigits == 2 ? "06" : "1")
      + (release.month == .none ? "" : release.month == .required ? ".201903" : "[.201903]")
    func refuse(_ cause: String) -> ComposeError {
      ComposeError(.usage, "release '\(id)'", cause, remedy: "Write it as \(example)")
    }
    guard id.major == major else { throw refuse("\(stream) has major version \(major)") }
    guard id.minorDigits == release.minorDigits || (release.minorDigits == 1 && id.minor > 9) else {
      let digits = release.minorDigits
      let minor = (digits == 2 && id.minor < 10 ? "0" : "") + String(id.minor)
      let month = id.description.split(separator: ".").dropFirst(2).map { ".\($0)" }.joined()
      throw ComposeError(
        .usage, "release '\(id)'",
        "\(stream) writes the minor version with \(digits) digit\(digits == 1 ? "" : "s")",
        remedy: "Write it as \(major).\(minor)\(month)")
    }
    switch release.month {
    case .required where id.month == nil: throw refuse("\(stream) needs year and month")
    case .none where id.month != nil: throw refuse("\(stream) has no year and month")
    default: break
    }
  }
}
