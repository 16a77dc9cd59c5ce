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
  /// When.
  package let since: Moment
  /// The release whose updates it was taken out of.
  package let release: String

  package init(_ hold: BuildHold) {
    package = hold.nvr.name
    nvr = hold.nvr.description
    cause = hold.cause
    `operator` = hold.operatorName
    since = Moment(hold.at)
    release = hold.release.description
    reason = hold.reason
  }
}

/// Groups, modules or an advisory that an undo took back, as `status` shows it.
package struct DocumentHoldEntry: Encodable, Sendable {
  /// `groups`, `modules` or `advisory`.
  package let kind: DocumentChange.Kind
  /// Id of an advisory, architecture of modules; empty for groups.
  package let key: String
  /// When it was taken back.
  package let since: Moment

  package init(_ hold: DocumentHold) {
    kind = hold.document.kind
    key = hold.document.key
    since = Moment(hold.at)
  }
}

/// The section of documents that were taken back.
enum DocumentHoldsText {
  /// Empty where there are none.
  static func section(_ holds: [DocumentHoldEntry], _ style: TextStyle) -> String {
    if holds.isEmpty { return "" }
    var table = TextTable(["document", "since"])
    for hold in holds {
      table.add([
        "\(hold.kind.rawValue) \(hold.key.sanitizedForDisplay)".trimmingEnd, hold.since.description,
      ])
    }
    return "\n  "
      + style.paint("Taken back until their sources change (\(holds.count.grouped))", .attention)
      + "\n" + table.text(style)
  }
}

/// The section of builds that are held.
enum HoldsText {
  /// Empty where nothing is held.
  static func section(_ holds: [HoldEntry], _ style: TextStyle) -> String {
    if holds.isEmpty { return "" }
    var table = TextTable(["build", "why", "since", "reason"], endingIn: .sentences)
    for hold in holds {
      table.add([hold.nvr, hold.cause.rawValue, hold.since.description, hold.reason ?? "-"])
    }
    return "\n  "
      + style.paint("Held: not for users until --again (\(holds.count.grouped))", .attention)
      + "\n" + table.text(style)
  }
}
