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

  /// Builds in testing, of packages that were asked for, or with a marker; nil where the stream
  /// has no testing.
  package var testing: [Tested]?

  /// A build that is tested.
  package struct Tested: Encodable, Hashable, Sendable {
    package let package: String
    package let nvr: NVR
    /// In whose testing tree it is.
    package let release: ReleaseID
    /// Path of its marker in the RPM, or null.
    @OrNull package var marker: String?

    /// - Parameter marker: path in the RPM; nil for none.
    package init(package: String, nvr: NVR, release: ReleaseID, marker: String?) {
      self.package = package
      self.nvr = nvr
      self.release = release
      self.marker = marker
    }
  }

  /// What the packages were chosen by, such as `--state retired`; empty for all.
  private let filters: [String]
  /// Root of the public trees, which is said once.
  private let publicRoot: String

  private enum CodingKeys: CodingKey { case major, packages, whatIf, testing }

  /// - Parameters:
  ///   - whatIf: the answer to `--what-if`; nil unless it was asked.
  ///   - filters: options that chose the packages; empty for all.
  ///   - publicRoot: absolute path that trees are shown relative to; empty for none.
  package init(
    major: Int, packages: [PackageStatus], whatIf: WhatIf? = nil, filters: [String] = [],
    publicRoot: String = ""
  ) {
    self.major = major
    self.packages = packages
    self.whatIf = whatIf
    self.filters = filters
    self.publicRoot = publicRoot
  }

  /// A table; for a few packages also their details and what they break.
  package func text(_ style: TextStyle) -> String {
    guard !packages.isEmpty else {
      return filters.isEmpty
        ? "No package is known yet.\n"
        : "No package matches \(filters.joined(separator: ", ")).".indented("", in: style)
    }
    var table = TextTable(["package", "state", "since", "committed until", "breaks", "last tree"])
    for status in packages {
      table.add([
        status.package, Self.state(status), status.since ?? "-",
        status.committedUntil.map { $0 + (status.isCommitmentOver ? " (over)" : "") } ?? "-",
        status.breaks.map(\.count.grouped) ?? "-", status.lastTree.map(belowPublicRoot) ?? "-",
      ])
    }
    var text = table.text(style)
    if packages.contains(where: { $0.lastTree.map { belowPublicRoot($0) != $0 } ?? false }) {
      text += "Trees are below \(publicRoot).".indented("  ", in: style, as: .faint)
    }
    for status in style.excerpt(of: packages).shown {
      if let contradiction = status.contradiction {
        text += "\n" + "! \(contradiction)".indented("  ", in: style)
      }
      if packages.count <= Self.limit, whatIf == nil || status.state != .live {
        text += details(status, style) + explained(status, style)
      }
      guard let words = status.text, !words.isEmpty else { continue }
      text += "\n" + "\(status.package) (\(status.marker ?? ""))".indented("  ", in: style)
      text += words.trimmingEnd.indented("    | ", in: style)
    }
    return text + tested(style) + (whatIf.map { answer($0, style) } ?? "")
  }

  private func tested(_ style: TextStyle) -> String {
    guard let testing, !testing.isEmpty else { return "" }
    return "\n" + "In testing".indented("  ", in: style)
      + testing.map { build in
        let effect =
          build.marker.map {
            ", with \($0): once it is stable, the package leaves with the next release"
          }
        return "- \(build.nvr) of \(build.release)\(effect ?? "")".indented("    ", in: style)
      }.joined()
  }

  private func belowPublicRoot(_ path: String) -> String {
    publicRoot.isEmpty || !path.hasPrefix(publicRoot + "/")
      ? path : String(path.dropFirst(publicRoot.count + 1))
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
    return "\n" + status.package.indented("  ", in: style)
      + lines.map { "- \($0.sanitizedForDisplay)".indented("    ", in: style) }.joined()
  }

  /// More packages than this are a table; each one's reasons are in JSON, or
  /// told when it is asked for.
  private static let limit = 5

  private func explained(_ status: PackageStatus, _ style: TextStyle) -> String {
    let lines = BreakageSection.lines(status.breakage, style)
    guard !lines.isEmpty else { return "" }
    return "\n"
      + (status.state == .live || status.state == .retiring
      ? "\(status.package), if it leaves" : status.package).indented("  ", in: style) + lines
  }

  private func answer(_ question: WhatIf, _ style: TextStyle) -> String {
    let names = question.packages.joined(separator: ", ")
    guard let breakage = question.breakage else {
      return "\n" + "What breaks without \(names) is not known.".indented("", in: style)
    }
    guard !breakage.isEmpty else {
      return "\n" + "Nothing breaks without \(names).".indented("", in: style, as: .good)
    }
    return "\n" + "Without \(names)".indented("  ", in: style)
      + BreakageSection.lines(breakage, style)
  }
}
