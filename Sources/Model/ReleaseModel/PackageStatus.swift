/// Retirement state and lifetime of one package.
package struct PackageStatus: Hashable, Codable, Sendable {
  /// Where the package is in its life; the raw value is its JSON.
  package enum State: String, Codable, CaseIterable, Sendable {
    /// In the current release or live, without a marker.
    case live
    /// The newest build has a marker: leaves with the next release.
    case retiring
    /// Left out of the current release by its marker.
    case retired
    /// The hub hides it from composes.
    case blocked
    /// No release ever had it.
    case unknown
  }

  /// Name of the source package.
  package let package: String
  /// Everything else is read in its light.
  package let state: State
  /// Day from which its packager is committed, `YYYY-MM-DD`: when it first came.
  @OrNull package var committedSince: String?
  /// Day until which its packager is committed, `YYYY-MM-DD`.
  @OrNull package var committedUntil: String?
  /// Whether that day has come; false where nobody looked at the clock.
  package var isCommitmentOver = false
  /// Which of the two ends the commitment, such as `minor release 7.7` or
  /// `13 months`.
  @OrNull package var rule: String?
  /// Releases that had it, oldest first.
  package var served: [String] = []
  /// Whether its marker came before the commitment had ended.
  package var early = false
  /// Whether the build system hides it; what its packager said stays all the same.
  package var blocked = false
  /// The release that it came back with, after another one had left it out.
  @OrNull package var returned: String?
  /// Who acknowledged that it retires, such as `alice@composer`.
  @OrNull package var acknowledged: String?
  /// Who answers for it, where the build system was asked.
  @OrNull package var owner: String?
  /// The release that began the state: that it first appeared in, or that it
  /// left with.
  @OrNull package var since: String?
  /// Path of the marker in its RPM.
  @OrNull package var marker: String?
  /// What the marker says.
  @OrNull package var text: String?
  /// Whole path of the last tree that has it.
  @OrNull package var lastTree: String?
  /// Whole path of that tree in the archive.
  @OrNull package var archiveTree: String?
  /// Packages that obsolete or provide what it had; null where nobody looked.
  @OrNull package var replacedBy: [String]?
  /// Where marker and block do not agree, one sentence; null where they do.
  @OrNull package var contradiction: String?
  /// Packages that cannot be installed without it; null where dependencies have
  /// not been resolved.
  @OrNull package var breaks: [String]?
  /// The same with owners and reasons.
  @OrNull package var breakage: [Breakage]?

  /// Everything else is not known until it is set.
  package init(package: String, state: State) {
    self.package = package
    self.state = state
  }

  /// The same with what it carries.
  package func breaking(_ breakage: [Breakage]?) -> PackageStatus {
    var status = self
    status.breakage = breakage
    status.breaks = breakage?.map(\.package)
    return status
  }
}
