package import ComposePlanning
package import ReleaseModel

/// The preview of a stream's next release.
package struct SitePlan: Sendable {
  /// As `plan` shows it.
  package let plan: Plan
  /// Builds whose retirement the release manager has agreed to.
  package let acknowledged: Set<NVR>

  /// - Parameter acknowledged: builds whose retirement was agreed to.
  package init(_ plan: Plan, acknowledged: Set<NVR>) {
    self.plan = plan
    self.acknowledged = acknowledged
  }

  /// ID of the release that is planned.
  var release: String { plan.release.description }
}
