package import ReleaseModel

/// Packages that a release does not have any more, with why: the reasons that
/// messages about missing dependencies give.
package struct RemovedPackages: Sendable {
  /// What the markers say, by package.
  package var retired: [String: String]
  /// Names of packages that the hub hides.
  package var blocked: Set<String>
  /// Packages that are only thought of as leaving.
  package var imagined: Set<String>
  /// What is there now, by package.
  package var present: [String: EVR]

  /// - Parameter retired: what each marker says, by package.
  package init(
    retired: [String: String] = [:], blocked: Set<String> = [], imagined: Set<String> = [],
    present: [String: EVR] = [:]
  ) {
    self.retired = retired
    self.blocked = blocked
    self.imagined = imagined
    self.present = present
  }

  /// A clause such as `gamma is retired: upstream is gone`.
  func clause(_ package: String) -> String {
    if imagined.contains(package) { return "\(package) would be retired" }
    if let text = retired[package] {
      let reason = Self.firstLine(text)
      // Packagers begin with just these words.
      if reason.lowercased().hasPrefix("\(package) is retired".lowercased()) { return reason }
      return "\(package) is retired" + (reason.isEmpty ? "" : ": \(reason)")
    }
    if blocked.contains(package) { return "\(package) is blocked" }
    if let evr = present[package] { return "\(package) is \(evr) now" }
    return "\(package) is no longer there"
  }

  /// The first line with words in it, without its full stop: the markers of
  /// packagers are prose.
  private static func firstLine(_ text: String) -> String {
    let line =
      text.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
      .first { !$0.isEmpty } ?? ""
    var words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.hasSuffix(".") { words.removeLast() }
    let limit = 160
    return (words.count > limit ? words.prefix(limit) + "…" : words).description
      .sanitizedForDisplay
  }
}
