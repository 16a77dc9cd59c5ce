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
  let hasReason: Bool
  let change: String
  let committedUntil: String
  let rule: String
  let isCommitted: Bool
  let leavesWith: String
  let leavesOn: String
  let hasDate: Bool
  let isEarly: Bool
  let dependants: [PlanPage.Broken]
  let hasDependants: Bool
  let marker: String
  let arrived: String
  let hasArrived: Bool

  init(_ walk: RetirementWalk) {
    title = walk.title
    stream = walk.stream
    package = walk.package
    reason = walk.reason ?? ""
    hasReason = walk.reason != nil
    change = walk.change ?? ""
    committedUntil = walk.committedUntil ?? ""
    rule = walk.rule ?? ""
    isCommitted = walk.committedUntil != nil
    leavesWith = walk.leavesWith ?? ""
    leavesOn = walk.leavesOn ?? ""
    hasDate = walk.leavesOn != nil
    isEarly = walk.isEarly
    dependants = walk.dependants.map(PlanPage.Broken.init)
    hasDependants = !walk.dependants.isEmpty
    marker = walk.marker
    arrived = walk.arrived ?? ""
    hasArrived = walk.arrived != nil
  }
}

extension ReleaseDocuments {
  /// The texts of a walk.
  package func documents(of walk: RetirementWalk) throws -> RetirementDocuments {
    let values = RetirementValues(walk)
    if walk.change != nil {
      return RetirementDocuments(
        announcement: try library.render("change.txt", values), spec: nil, request: nil)
    }
    return RetirementDocuments(
      announcement: try library.render("retirement.txt", values),
      spec: try library.render("retirement.spec", values),
      request: try library.render("retirement-request.txt", values))
  }
}
