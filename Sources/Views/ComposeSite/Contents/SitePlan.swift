package import ReleaseModel

/// What the next release would be: the parts of a plan that people read.
package struct SitePlan: Hashable, Sendable {
  /// ID of the release that is planned.
  package let release: String
  /// The release that it is compared with; nil for the first of a stream.
  package let previous: String?
  /// The day of the plan: `YYYY-MM-DD`.
  package let date: String
  /// How many builds stay as they are.
  package let carried: Int
  /// Packages whose build changes.
  package let updated: [UpdateEntry]
  /// Packages that the release before does not have.
  package let added: [BuildEntry]
  /// Packages that leave because of a marker.
  package let retired: [RetiredEntry]
  /// Builds whose retirement the release manager has agreed to.
  package let acknowledged: Set<NVR>
  /// What stands in the way.
  package let refusals: [Finding]
  /// What a person should look at before the cut.
  package let warnings: [Finding]

  /// - Parameter date: `YYYY-MM-DD`.
  package init(
    release: String, previous: String?, date: String, carried: Int, updated: [UpdateEntry],
    added: [BuildEntry], retired: [RetiredEntry], acknowledged: Set<NVR>,
    refusals: [Finding], warnings: [Finding]
  ) {
    self.release = release
    self.previous = previous
    self.date = date
    self.carried = carried
    self.updated = updated
    self.added = added
    self.retired = retired
    self.acknowledged = acknowledged
    self.refusals = refusals
    self.warnings = warnings
  }
}
