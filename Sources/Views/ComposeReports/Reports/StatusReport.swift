package import ReleaseModel

/// Releases, links and clocks of streams.
package struct StatusReport: Report, Encodable {
  /// By major version.
  package let streams: [Stream]

  /// What the environment says of places, such as `root /tmp/try
  /// ($EPEL_COMPOSE_ROOT)`; empty where options say it, or nobody.
  package let places: [String]

  /// - Parameters:
  ///   - streams: one for each policy that was asked.
  ///   - places: as ``places`` has it.
  package init(streams: [Stream], places: [String] = []) {
    self.streams = streams
    self.places = places
  }

  /// One stream as its ledger, or its disk, has it.
  package struct Stream: Encodable, Sendable {
    /// Major version of Enterprise Linux.
    package let major: Int
    /// Name, such as `epel-7`.
    package let stream: String
    /// Target of each link, or null where it is missing.
    package let links: [String: String?]
    /// Links that have moments of their own; left out where the policy has none, and where the
    /// disk was asked.
    package let ownLinks: [OwnLinkStatus]?
    /// Oldest first.
    package let releases: [Release]
    /// `ledger`, or `disk` where the trees were asked instead.
    package let source: String
    /// Path of a ledger that was made anew from the disk, or null.
    @OrNull package var rebuilt: String?
    /// Links that are not what the ledger says; what the disk does not prove.
    package let warnings: [Finding]
    /// An operation that was interrupted, or null.
    @OrNull package var interrupted: String?
    /// Builds that stay out of everything that users get.
    package let holds: [HoldEntry]
    /// Groups, modules and advisories that an undo took back.
    package let documentHolds: [DocumentHoldEntry]
    /// Builds that users have, and that are not live any more.
    package let left: [BuildEntry]
    /// The end of the stream, and how far it is; null where none was decided.
    @OrNull package var end: EndStatus?

    /// - Parameter source: `ledger` or `disk`.
    package init(
      major: Int, stream: String, links: [String: String?], ownLinks: [OwnLinkStatus] = [],
      releases: [Release],
      warnings: [Finding], interrupted: String?, source: String = "ledger", rebuilt: String? = nil,
      holds: [HoldEntry] = [], documentHolds: [DocumentHoldEntry] = [], left: [BuildEntry] = [],
      end: EndStatus? = nil
    ) {
      self.ownLinks = ownLinks.isEmpty ? nil : ownLinks
      self.end = end
      self.holds = holds
      self.documentHolds = documentHolds
      self.left = left
      self.source = source
      self.rebuilt = rebuilt
      self.major = major
      self.stream = stream
      self.links = links
      self.releases = releases
      self.warnings = warnings
      self.interrupted = interrupted
    }
  }

  /// One release, and what its checks said.
  package struct Release: Encodable, Sendable {
    /// State, clock and trees.
    package let status: ReleaseStatus
    /// Packages that the hub blocked when it was composed; null where no hub
    /// was asked.
    package let blocked: Int?
    /// The last verdict; null where no checks ran since the trees changed.
    package let checksPassed: Bool?
    /// Gates that were overridden, with the reason, one sentence each.
    package let overrides: [String]
    /// Findings of the last checks that the policy let pass.
    package let waived: [WaivedFinding]
    /// What it still gets; null where users never had it, or it was dropped.
    package let standing: ReleaseStanding?
    /// Builds in its testing tree, sorted by package; nil where it has no such tree.
    package let testing: [BuildEntry]?
    /// Its own end, and how far that is; null where none was decided.
    package let end: EndStatus?

    /// - Parameters:
    ///   - blocked: nil where no hub was asked.
    ///   - checksPassed: nil where no checks ran since the trees changed.
    ///   - standing: nil where users never had it, or it was dropped.
    package init(
      _ status: ReleaseStatus, blocked: Int?, checksPassed: Bool?, overrides: [String] = [],
      waived: [WaivedFinding] = [], standing: ReleaseStanding? = nil, testing: [BuildEntry]? = nil,
      end: EndStatus? = nil
    ) {
      self.testing = testing
      self.end = end
      self.standing = standing
      self.status = status
      self.blocked = blocked
      self.checksPassed = checksPassed
      self.overrides = overrides
      self.waived = waived
    }

    private enum Key: CodingKey {
      case blocked, checksPassed, overrides, waived, standing, testing, end
    }

    /// Its state; of one that a later one superseded, what the calendar makes of that; and
    /// whether it was ended.
    var word: String {
      if status.state == .current, standing == .ended { return ReleaseStanding.ended.rawValue }
      return (status.state == .superseded ? standing?.rawValue : nil) ?? status.state.rawValue
    }

    /// The keys of ``status``, and those of the rest beside them.
    package func encode(to encoder: any Encoder) throws {
      try status.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(blocked, forKey: .blocked)
      try container.encode(checksPassed, forKey: .checksPassed)
      try container.encode(overrides, forKey: .overrides)
      try container.encode(waived, forKey: .waived)
      try container.encode(standing, forKey: .standing)
      try container.encodeIfPresent(testing, forKey: .testing)
      try container.encode(end, forKey: .end)
    }
  }

  /// One paragraph a stream: releases, links, and what is wrong.
  package func text(_ style: TextStyle) -> String {
    places.map { style.paint($0, .faint) + "\n" }.joined()
      + streams.map { text(of: $0, style) }.joined(separator: "\n")
  }

  private func text(of stream: Stream, _ style: TextStyle) -> String {
    var text = style.paint(stream.stream, .heading) + "\n"
    text += LinksText.table(of: stream.links, absent: "(not there yet)", in: style)
    text += (stream.ownLinks ?? []).map {
      "\($0.link) \($0.moment)".indented("  ", in: style)
    }.joined()
    if let end = stream.end {
      text += "\n" + "It \(end.words).".indented("  ", in: style, as: .attention)
    }
    if stream.releases.isEmpty {
      text += "  no releases yet\n"
    } else {
      var table = TextTable(
        ["release", "state", "since", "RPM files", "pushes", "notes"], endingIn: .sentences)
      for release in stream.releases {
        let status = release.status
        let count = status.trees.last { $0.area.isStable }.map { $0.packages.grouped } ?? "-"
        let notes = [
          status.clock, release.end?.words,
          release.blocked.flatMap { $0 > 0 ? "\($0.grouped) blocked" : nil },
          release.checksPassed == false ? "checks failed" : nil,
          release.checksPassed == nil && status.state == .staged ? "not checked" : nil,
          release.waived.isEmpty ? nil : "\(release.waived.count.grouped) waived",
          release.overrides.isEmpty ? nil : "\(release.overrides.count) overridden",
          release.testing.flatMap { $0.isEmpty ? nil : "\($0.count.grouped) in testing" },
        ].compactMap { $0 }.joined(separator: "; ")
        table.add([
          status.release, release.word, status.since.description, count,
          status.pushes.grouped, notes,
        ])
      }
      text += "\n" + table.text(style)
    }
    for release in stream.releases {
      guard let testing = release.testing, !testing.isEmpty else { continue }
      let section = BuildListText.section(
        "In testing of \(release.status.release)", of: testing, in: style)
      // What follows begins with an empty line.
      text += "\n" + section.dropLast()
    }
    text += HoldsText.section(stream.holds, style)
    text += DocumentHoldsText.section(stream.documentHolds, style)
    for release in stream.releases where !release.overrides.isEmpty {
      text +=
        "\n  "
        + style.paint(
          "\(release.status.release) \(release.status.isReleased ? "was released" : "is \(release.status.state.rawValue)") in spite of",
          .attention) + "\n"
      text += release.overrides.map { "- \($0)".indented("    ", in: style) }.joined()
    }
    for release in stream.releases where !release.waived.isEmpty {
      text += "\n" + WaiversText.section(release.waived, style, of: release.status.release)
    }
    if stream.source == "disk" {
      let outcome = stream.rebuilt.map { "\($0) was made anew" } ?? "nothing was written"
      text += "\n" + "as the disk proves it; \(outcome)".indented("  ", in: style)
    }
    if let interrupted = stream.interrupted {
      text += "\n" + interrupted.indented("  ", in: style, as: .attention)
    }
    if !stream.warnings.isEmpty {
      text +=
        "\n" + FindingsText.section("Warnings", of: stream.warnings, as: .attention, in: style)
    }
    return text
  }
}
