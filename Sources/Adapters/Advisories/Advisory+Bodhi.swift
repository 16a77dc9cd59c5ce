import ReleaseModel

extension Advisory {
  /// What Bodhi itself would write into updateinfo.xml of this update; nil for
  /// an update that is none of RPMs.
  ///
  /// `issued` is the day of submission, not that on which it became stable:
  /// Bodhi never changes it, has it of every update, and writes it into its own
  /// updateinfo.xml. yum of Enterprise Linux 7 takes two advisories of one id
  /// for broken when they differ in it. That it became stable later is in
  /// `updated`, as in Bodhi's document, and libsolv shows the later date.
  ///
  /// Bodhi's document has no references to CVEs. Without them nobody finds an
  /// advisory with `dnf --cve`; the titles of security bugs name them.
  init?(_ update: BodhiUpdate, server: String) throws {
    guard update.contentType ?? "rpm" == "rpm", !update.builds.isEmpty else { return nil }
    func problem(_ cause: String) -> ComposeError {
      ComposeError(
        .badData, "\(server), update \(update.alias)".sanitizedForDisplay,
        cause.sanitizedForDisplay,
        remedy: "Check that the URL is that of a Bodhi server; if it is, report this as an error")
    }
    func moment(_ name: String, _ text: String?) throws -> Int? {
      guard let text else { return nil }
      guard let moment = Moment(text) else { throw problem("its \(name) '\(text)' is not a date") }
      return moment.seconds
    }
    guard Self.isID(update.alias) else {
      throw problem("its alias cannot be the id of an advisory")
    }
    let pushed = try moment("date_pushed", update.datePushed)
    let modified = try moment("date_modified", update.dateModified)
    guard let issued = try moment("date_submitted", update.dateSubmitted) ?? pushed else {
      throw problem("it has no date")
    }
    guard let kind = Self.kind(ofBodhi: update.type) else {
      throw problem("its type '\(update.type)' is unknown")
    }
    let builds = update.builds.map(\.nvr.mendedLine)
    let title = update.title.flatMap { $0.isEmpty ? nil : $0.mendedLine }
    self.init(
      id: update.alias, title: title ?? Set(builds).sorted().joined(separator: " "),
      description: update.notes?.mendedForXML ?? "", kind: kind,
      severity: Self.severity(ofBodhi: update.severity), issued: issued,
      updated: [modified, pushed].compactMap(\.self).max(), builds: builds,
      references: Self.references(to: update.bugs ?? []),
      suggestsReboot: update.suggest == "reboot", suggestsRelogin: update.suggest == "logout")
  }

  /// Clients know no type `unspecified`. Such an update counts as a bug fix, so
  /// that users who install only fixes get it.
  private static func kind(ofBodhi type: String) -> Kind? {
    type == "unspecified" ? .bugfix : Kind(rawValue: type)
  }

  /// Nil for `unspecified` and for words that Bodhi may get one day: Bodhi
  /// writes `None` for both.
  private static func severity(ofBodhi word: String?) -> Severity? {
    switch word {
    case "urgent": .critical
    case "high": .important
    case "medium": .moderate
    case "low": .low
    default: nil
    }
  }

  private static func references(to bugs: [BodhiUpdate.Bug]) -> [Reference] {
    let named = bugs.compactMap { bug in bug.number.map { ($0, bug.title?.mendedLine ?? "") } }
    return named.sorted { $0 < $1 }.map { Reference.bugzilla($0, title: $1) }
      + CVEName.all(in: bugs.compactMap(\.title)).map(Reference.cve)
  }
}
