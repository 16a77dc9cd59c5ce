package import ComposePlanning

/// The texts of a retirement, or of the announcement of a change.
package struct RetirementDocuments: Hashable, Sendable {
  /// For epel-devel.
  package let announcement: String
  /// Lines for the spec file; nil where a change is announced.
  package let spec: String?
  /// To the release manager; nil likewise.
  package let request: String?
}

extension ReleaseDocuments {
  /// The texts that announce a retirement.
  package func documents(of steps: RetirementSteps) throws -> RetirementDocuments {
    if steps.change != nil {
      return RetirementDocuments(
        announcement: try library.render("change.txt", steps), spec: nil, request: nil)
    }
    return RetirementDocuments(
      announcement: try library.render("retirement.txt", steps),
      spec: try library.render("retirement.spec", steps),
      request: try library.render("retirement-request.txt", steps))
  }
}
