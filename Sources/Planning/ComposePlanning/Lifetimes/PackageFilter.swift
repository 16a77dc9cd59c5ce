package import ReleaseModel

/// Which packages are asked about.
package struct PackageFilter: Hashable, Sendable {
  /// Any state where it is empty.
  private let states: Set<PackageStatus.State>
  private let owner: String?
  private let endsBefore: CalendarDate?
  private let changedIn: ReleaseID?

  /// - Parameters:
  ///   - endsBefore: a day that the commitment ends before.
  ///   - changedIn: a release that it came with, left with or came back with.
  package init(
    states: Set<PackageStatus.State> = [], owner: String? = nil, endsBefore: CalendarDate? = nil,
    changedIn: ReleaseID? = nil
  ) {
    self.states = states
    self.owner = owner
    self.endsBefore = endsBefore
    self.changedIn = changedIn
  }

  /// Whether `status` meets every condition that was given.
  package func takes(_ status: PackageStatus) -> Bool {
    if !states.isEmpty, !states.contains(status.state) { return false }
    if let owner, status.owner != owner { return false }
    if let endsBefore {
      guard let until = status.committedUntil.flatMap({ CalendarDate($0) }), until < endsBefore
      else { return false }
    }
    guard let release = changedIn?.description else { return true }
    return status.since == release || status.returned == release || status.served.first == release
  }
}
