package import ComposePolicy
package import ReleaseModel

/// The steps by which a packager retires a package (proposal "Release based
/// package lifetimes"), and how far they have been gone.
package struct RetirementSteps: Hashable, Sendable {
  /// Name of the stream.
  package let stream: String
  /// What people call the stream.
  package let title: String
  /// Major version of the stream.
  package let major: Int
  /// Name of the source package.
  package let package: String
  /// Why it retires, in the packager's words; nil where they gave none.
  package let reason: String?
  /// What changes in its ABI or API, where that is announced instead.
  package let change: String?
  /// `YYYY-MM-DD`; nil where the calendar does not tell.
  package let committedUntil: String?
  /// Whether that day has come.
  package let isCommitmentOver: Bool
  /// Which limit ends the commitment, such as `13 months`.
  package let rule: String?
  /// The minor release that it leaves with; nil where the calendar has no later
  /// one.
  package let leavesWith: String?
  /// Its day, `YYYY-MM-DD`.
  package let leavesOn: String?
  /// Whether that is before the commitment ends.
  package let isEarly: Bool
  /// Packages that cannot be installed without it, with owners and reasons.
  package let dependants: [Breakage]
  /// Base name of the marker.
  package let marker: String
  /// NVR of the build with the marker that users have.
  package let arrived: String?
  /// Who agreed to the retirement, such as `alice@composer`; nil for nobody.
  package let acknowledged: String?

  /// - Parameter policy: gives the marker's pattern.
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
