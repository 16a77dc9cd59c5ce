package import ComposePlanning
package import ReleaseModel

/// State and lifetime of packages.
package struct RetirementReport: Report, Encodable {
  package let major: Int
  package let packages: [PackageStatus]
  /// Null unless it was asked.
  @OrNull package var whatIf: WhatIf?

  /// Packages that are only thought of as retired.
  package struct WhatIf: Encodable, Hashable, Sendable {
    package let packages: [String]
    /// Null where dependencies have not been resolved.
    @OrNull package var breaks: [String]?
    @OrNull package var breakage: [Breakage]?

    package init(packages: [String], breakage: [Breakage]?) {
      self.packages = packages
      breaks = breakage?.map(\.package)
      self.breakage = breakage
    }
  }

  package init(major: Int, packages: [PackageStatus], whatIf: WhatIf? = nil) {
    self.major = major
    self.packages = packages
    self.whatIf = whatIf
  }

  package func text(_ style: TextStyle) -> String {
    guard !packages.isEmpty else { return "No package is known yet.\n" }
    var table = TextTable(["package", "state", "since", "committed until", "breaks", "last tree"])
    for status in packages {
      table.add([
        status.package, status.state.rawValue, status.since ?? "-", status.committedUntil ?? "-",
        status.breaks.map { "\($0.count)" } ?? "-", status.lastTree ?? "-",
      ])
    }
    var text = table.text(style)
    for status in packages {
      if let contradiction = status.contradiction {
        text += "\n" + "! \(contradiction)".indented("  ", to: style.width)
      }
      if packages.count <= Self.limit, whatIf == nil || status.state != .live {
        text += explained(status, style)
      }
      guard let words = status.text, !words.isEmpty else { continue }
      text += "\n" + "\(status.package) (\(status.marker ?? ""))".indented("  ", to: style.width)
      text += words.trimmingEnd.indented("    | ", to: style.width)
    }
    return text + (whatIf.map { answer($0, style) } ?? "")
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
