package import ReleaseModel

/// A build that stays out of everything that users get, as `status` shows it.
package struct HoldEntry: Encodable, Sendable {
  /// Name of the source package.
  package let package: String
  package let nvr: String
  /// `withdrawn` or `undone`.
  package let cause: UnlistingCause
  /// In the words of whoever decided it, or null.
  @OrNull package var reason: String?
  /// Who decided it, such as `alice@composer`.
  package let `operator`: String
  /// When: `YYYY-MM-DD HH:MM UTC`.
  package let since: String
  /// The release whose updates it was taken out of.
  package let release: String

  package init(_ hold: BuildHold) {
    package = hold.nvr.name
    nvr = hold.nvr.description
    cause = hold.cause
    `operator` = hold.operatorName
    since = Moment(hold.at).description
    release = hold.release.description
    reason = hold.reason
  }
}

/// The section of builds that are held.
enum HoldsText {
  /// Empty where nothing is held.
  static func section(_ holds: [HoldEntry], _ style: TextStyle) -> String {
    if holds.isEmpty { return "" }
    var table = TextTable(["build", "why", "since", "reason"])
    for hold in holds {
      table.add([hold.nvr, hold.cause.rawValue, hold.since, hold.reason ?? "-"])
    }
    return "\n  " + style.paint("Held: not for users until --again (\(holds.count))", .attention)
      + "\n" + table.text(style)
  }
}
