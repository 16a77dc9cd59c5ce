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

/// The values of their templates.
private struct RetirementValues: Sendable {
  let title: String
  let stream: String
  let package: String
  let reason: String
  let change: String
  let committedUntil: String
  let rule: String
  let isCommitted: Bool
  let isCommitmentOver: Bool
  let leavesWith: String
  let leavesOn: String
  let hasDate: Bool
  let isEarly: Bool
  let dependants: [PlanPage.Broken]
  let marker: String
  let arrived: String

  init(_ steps: RetirementSteps) {
    title = steps.title
    stream = steps.stream
    package = steps.package
    reason = steps.reason ?? ""
    change = steps.change ?? ""
    committedUntil = steps.committedUntil ?? ""
    rule = steps.rule ?? ""
    isCommitted = steps.committedUntil != nil
    isCommitmentOver = steps.isCommitmentOver
    leavesWith = steps.leavesWith ?? ""
    leavesOn = steps.leavesOn ?? ""
    hasDate = steps.leavesOn != nil
    isEarly = steps.isEarly
    dependants = steps.dependants.map(PlanPage.Broken.init)
    marker = steps.marker
    arrived = steps.arrived ?? ""
  }
}

extension ReleaseDocuments {
  /// The texts that announce a retirement.
  package func documents(of steps: RetirementSteps) throws -> RetirementDocuments {
    let values = RetirementValues(steps)
    if steps.change != nil {
      return RetirementDocuments(
        announcement: try library.render("change.txt", values), spec: nil, request: nil)
    }
    return RetirementDocuments(
      announcement: try library.render("retirement.txt", values),
      spec: try library.render("retirement.spec", values),
      request: try library.render("retirement-request.txt", values))
  }
}
