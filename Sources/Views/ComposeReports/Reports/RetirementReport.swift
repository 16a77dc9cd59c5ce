import ComposePlanning
package import ReleaseModel

/// State and lifetime of packages.
package struct RetirementReport: Report, Encodable {
  /// Major version of the stream.
  package let major: Int
  /// The packages that were asked for, or all.
  package let packages: [PackageStatus]
  /// Null unless it was asked.
  @OrNull package var whatIf: WhatIf?

  /// Packages that are only thought of as retired.
  package struct WhatIf: Encodable, Hashable, Sendable {
    /// Names of source packages, as they were asked for.
    package let packages: [String]
    /// Null where dependencies have not been resolved.
    @OrNull package var breaks: [String]?
    /// The same with owners and reasons.
    @OrNull package var breakage: [Breakage]?

    /// ``breaks`` follows from `breakage`, which is nil where dependencies have
    /// not been resolved.
    package init(packages: [String], breakage: [Breakage]?) {
      self.packages = packages
      breaks = breakage?.map(\.package)
      self.breakage = breakage
    }
  }

  /// - Parameter whatIf: the answer to `--what-if`; nil unless it was asked.
  package init(major: Int, packages: [PackageStatus], whatIf: WhatIf? = nil) {
    self.major = major
    self.packages = packages
    self.whatIf = whatIf
  }

  /// A table; for a few packages also their details and what they break.
  package func text(_ style: TextStyle) -> String {
    guard !packages.isEmpty else { return "No package is known yet.\n" }
    var table = TextTable(["package", "state", "since", "committed until", "breaks", "last tree"])
    for status in packages {
      table.add([
        status.package, Self.state(status), status.since ?? "-",
        status.committedUntil.map { $0 + (status.isCommitmentOver ? " (over)" : "") } ?? "-",
        status.breaks.map { "\($0.count)" } ?? "-", status.lastTree ?? "-",
      ])
    }
    var text = table.text(style)
    for status in packages {
      if let contradiction = status.contradiction {
        text += "\n" + "! \(contradiction)".indented("  ", to: style.width)
      }
      if packages.count <= Self.limit, whatIf == nil || status.state != .live {
        text += details(status, style) + explained(status, style)
      }
      guard let words = status.text, !words.isEmpty else { continue }
      text += "\n" + "\(status.package) (\(status.marker ?? ""))".indented("  ", to: style.width)
      text += words.trimmingEnd.indented("    | ", to: style.width)
    }
    return text + (whatIf.map { answer($0, style) } ?? "")
  }

  private static func state(_ status: PackageStatus) -> String {
    status.state.rawValue + (status.blocked && status.state != .blocked ? ", blocked" : "")
      + (status.early ? ", early" : "")
      + (status.returned == nil ? "" : ", returned")
  }

  /// What the table has no room for.
  private func details(_ status: PackageStatus, _ style: TextStyle) -> String {
    var lines: [String] = []
    if let since = status.committedSince, let until = status.committedUntil {
      lines.append(
        "committed from \(since) to \(until)"
          + (status.isCommitmentOver ? ", which is over" : "")
          + (status.rule.map { ", by the rule: \($0)" } ?? ""))
    }
    if status.early { lines.append("the marker came before the commitment ended") }
    if let returned = status.returned { lines.append("came back in \(returned)") }
    if let owner = status.owner { lines.append("owner: \(owner)") }
    if !status.served.isEmpty { lines.append("served: \(status.served.joined(separator: ", "))") }
    if let archive = status.archiveTree { lines.append("in the archive: \(archive)") }
    if let replacements = status.replacedBy, !replacements.isEmpty {
      lines.append("replaced by: \(replacements.joined(separator: ", "))")
    }
    if let who = status.acknowledged { lines.append("acknowledged by \(who)") }
    guard !lines.isEmpty else { return "" }
    return "\n" + status.package.indented("  ", to: style.width)
      + lines.map { "- \($0.sanitizedForDisplay)".indented("    ", to: style.width) }.joined()
  }

  /// More packages than this are a table; each one's reasons are in JSON, or
  /// told when it is asked for.
  private static let limit = 5

  private func explained(_ status: PackageStatus, _ style: TextStyle) -> String {
    let lines = BreakageSection.lines(status.breakage, style)
    guard !lines.isEmpty else { return "" }
    return "\n"
      + (status.state == .live || status.state == .retiring
      ? "\(status.package), if it leaves" : status.package).indented("  ", to: style.width) + lines
  }

  private func answer(_ question: WhatIf, _ style: TextStyle) -> String {
    let names = question.packages.joined(separator: ", ")
    guard let breakage = question.breakage else {
      return "\nWhat breaks without \(names) is not known.\n"
    }
    guard !breakage.isEmpty else {
      return "\n" + style.paint("Nothing breaks without \(names).", .good) + "\n"
    }
    return "\n" + "Without \(names)".indented("  ", to: style.width)
      + BreakageSection.lines(breakage, style)
  }
}
