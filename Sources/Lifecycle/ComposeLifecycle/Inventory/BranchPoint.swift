package import ReleaseModel

/// Where in the history of the build system a new minor release begins.
package struct BranchPoint: Hashable, Sendable {
  /// The release whose live builds it takes.
  package let former: ReleaseID
  /// The number of the moment, where the build system has a history; nil for now.
  package let event: Int?

  /// - Parameter event: nil for now.
  package init(former: ReleaseID, event: Int? = nil) {
    self.former = former
    self.event = event
  }
}
