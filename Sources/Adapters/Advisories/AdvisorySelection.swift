package import ReleaseModel

/// The advisories of one tree: those of its builds, from all sources.
package struct AdvisorySelection: Hashable, Sendable {
  /// In the order of their issue, then of their ids, so that equal selections
  /// make equal documents.
  package let advisories: [Advisory]
  /// What a person should know; nothing here stands in the way.
  package let findings: [Finding]

  /// Chooses the advisories with at least one build in the tree, each with
  /// only those of its builds. Where both sources have one id, the directory's
  /// advisory is taken whole: somebody wrote it to mend the other.
  ///
  /// Throws `badData` when one source has an id twice.
  ///
  /// - Parameter listed: NVRs of the source builds whose RPMs the tree lists.
  package init(
    directory: [Advisory], bodhi: [Advisory], listed: Set<NVR>
  ) throws {
    let builds = Set(listed.map(\.description))
    let ids = try Self.ids(of: directory, source: "the directory of advisories")
    _ = try Self.ids(of: bodhi, source: "Bodhi")
    let replaced = Set(
      bodhi.filter { ids.contains($0.id) }.compactMap { $0.limited(to: builds)?.id })
    let selected = (directory + bodhi.filter { !ids.contains($0.id) }).compactMap {
      $0.limited(to: builds)
    }
    self.init(
      advisories: selected,
      findings: replaced.sorted { $0.precedesByBytes($1) }.map(Self.replacement))
  }

  private init(advisories: [Advisory], findings: [Finding]) {
    self.advisories = advisories.sorted { first, second in
      first.issued == second.issued
        ? first.id.precedesByBytes(second.id) : first.issued < second.issued
    }
    self.findings = findings
  }

  /// The same, with the dates of issue that were served before.
  ///
  /// yum of Enterprise Linux 7 skips an advisory that it has from another
  /// repository, which may be older, with another date; so a date stays,
  /// whatever its source says by now. Where the source has a later one, that
  /// is when the advisory changed.
  ///
  /// - Parameter recorded: seconds since 1970 by id; ids that are not here are
  ///   new.
  package func keepingIssued(_ recorded: [String: Int]) -> AdvisorySelection {
    AdvisorySelection(
      advisories: advisories.map { advisory in
        recorded[advisory.id].map { advisory.issued(at: $0) } ?? advisory
      }, findings: findings)
  }

  private static func ids(of advisories: [Advisory], source: String) throws -> Set<String> {
    var ids: Set<String> = []
    for advisory in advisories where !ids.insert(advisory.id).inserted {
      throw ComposeError(
        .badData, "advisory '\(advisory.id.sanitizedForDisplay)'", "\(source) has it twice",
        remedy: "Give each an id of its own, or remove one")
    }
    return ids
  }

  private static func replacement(_ id: String) -> Finding {
    Finding(
      code: "advisory-replaced",
      message: "the directory's advisory \(id.sanitizedForDisplay) is taken, not Bodhi's",
      remedy: "Remove it from the directory if Bodhi's is right by now")
  }
}
