package import ReleaseModel

/// What the dependencies of a release come to: by architecture, what could not
/// be installed, and which recommendations lost their fulfilment.
package struct DependencyOutlook: Sendable {
  package var broken: [Architecture: [BrokenPackage]]
  package var lost: [Architecture: [LostRecommendation]]
  /// RPMs of packages that leave, for later checks: no tree will have them.
  package var leaving: [FormerRPM]
  /// What could not be read, and leaves the outlook incomplete.
  package var problems: [Finding]

  package init(
    broken: [Architecture: [BrokenPackage]], lost: [Architecture: [LostRecommendation]] = [:],
    leaving: [FormerRPM] = [], problems: [Finding] = []
  ) {
    self.broken = broken
    self.lost = lost
    self.leaving = leaving
    self.problems = problems
  }
}

/// Why something that was there is not there any more.
package struct Departures: Sendable {
  /// What the markers say, by package.
  package var retired: [String: String]
  package var blocked: Set<String>
  /// Packages that are only thought of as leaving.
  package var imagined: Set<String>
  /// What is there now, by package.
  package var present: [String: EVR]

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
