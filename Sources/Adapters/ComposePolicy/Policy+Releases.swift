package import ReleaseModel

extension Policy {
  /// The tree of `release` in `area`, or nil where the stream has no such area.
  package func tree(_ area: Area, of release: ReleaseID) -> TreeName? {
    guard let policy = areas[area], let path = RelativePath(policy.path.filled(release: release))
    else { return nil }
    return TreeName(area: area, release: release, path: path)
  }

  /// Whether the trees of `area` have no RPMs at the cut: only pushes bring some.
  package func beginsEmpty(_ area: Area) -> Bool { areas[area]?.begins == .empty }

  /// Areas that clients use together with `area`, because it is not complete by itself: what
  /// is in it is resolved among them.
  package func areas(beside area: Area) -> [Area] {
    switch area {
    case .releases: []
    case .updates: beginsEmpty(.updates) ? [.releases] : []
    case .testing: [.updates] + areas(beside: .updates)
    }
  }

  /// All trees of `release`, `releases` before `updates`, and that before `testing`.
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

  /// How this stream would write what `text` probably means: its own numbers in the stream's
  /// form, with words for what it does not say.
  package func writing(release text: String) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    func digits(_ index: Int) -> String {
      parts.indices.contains(index)
        ? String(parts[index].prefix { $0.isASCII && $0.isNumber }) : ""
    }
    let minor = Int(digits(1)).flatMap { (0...99).contains($0) ? $0 : nil }
    let month = digits(2).count == 6 && (1...12).contains(Int(digits(2).suffix(2)) ?? 0)
    var form = "\(major)."
    form += minor.map { (release.minorDigits == 2 && $0 < 10 ? "0" : "") + String($0) } ?? "MINOR"
    if release.month != .none, month || release.month == .required {
      form += "." + (month ? digits(2) : "YYYYMM")
    }
    let meanings = [
      minor == nil
        ? "MINOR: the minor version, with \(release.minorDigits) digit"
          + (release.minorDigits == 1 ? "" : "s") : nil,
      form.hasSuffix("YYYYMM") ? "YYYYMM: year and month of the cut" : nil,
    ].compactMap { $0 }
    return "Write it as \(form)"
      + (meanings.isEmpty ? "" : " (\(meanings.joined(separator: "; ")))")
  }

  /// Throws `usage` unless `id` is written as this stream writes releases.
  package func check(_ id: ReleaseID) throws {
    func refuse(_ cause: String) -> ComposeError {
      ComposeError(
        .usage, "release '\(id)'", cause, remedy: writing(release: id.description))
    }
    guard id.major == major else { throw refuse("\(stream) has major version \(major)") }
    guard id.minorDigits == release.minorDigits || (release.minorDigits == 1 && id.minor > 9) else {
      let digits = release.minorDigits
      throw refuse(
        "\(stream) writes the minor version with \(digits) digit\(digits == 1 ? "" : "s")")
    }
    switch release.month {
    case .required where id.month == nil: throw refuse("\(stream) needs year and month")
    case .none where id.month != nil: throw refuse("\(stream) has no year and month")
    default: break
    }
  }
}
