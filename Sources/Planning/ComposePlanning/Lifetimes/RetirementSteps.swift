package import ComposePolicy
package import ReleaseModel

/// The steps by which a packager retires a package (proposal "Release based
/// package lifetimes"), and how far they have been gone.
package struct RetirementSteps: Hashable, Sendable {
  package let stream: String
  package let title: String
  package let major: Int
  package let package: String
  package let reason: String?
  /// What changes in its ABI or API, where that is announced instead.
  package let change: String?
  package let committedUntil: String?
  package let isCommitmentOver: Bool
  package let rule: String?
  /// The minor release that it leaves with; nil where the calendar has no later
  /// one.
  package let leavesWith: String?
  /// Its day, `YYYY-MM-DD`.
  package let leavesOn: String?
  /// Whether that is before the commitment ends.
  package let isEarly: Bool
  package let dependants: [Breakage]
  /// Base name of the marker.
  package let marker: String
  /// NVR of the build with the marker that users have.
  package let arrived: String?
  package let acknowledged: String?

  package init(
    policy: Policy, status: PackageStatus, current: ReleaseID?, arrived: String?, reason: String?,
    change: String?
  ) {
    stream = policy.stream
    title = policy.title
    major = policy.major
    package = status.package
    self.reason = reason
    self.change = change
    committedUntil = status.committedUntil
    isCommitmentOver = status.isCommitmentOver
    rule = status.rule
    let next = policy.calendar.first { entry in
      current.map { entry.minorRelease > $0.minorRelease } ?? true
    }
    leavesWith = next?.minorRelease.description
    leavesOn = next?.date.description
    let until = status.committedUntil.flatMap { CalendarDate($0) }
    isEarly = status.early || (until.flatMap { until in next.map { $0.date < until } } ?? false)
    dependants = status.breakage ?? []
    // What the policy's pattern takes, as a name.
    marker = policy.retirement.marker.description.replacing("*", with: ".txt")
      .replacing("?", with: "_")
    self.arrived = arrived
    acknowledged = status.acknowledged
  }
}
