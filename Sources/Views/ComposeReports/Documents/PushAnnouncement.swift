package import ComposePlanning
import ReleaseModel

/// The values of the templates that announce a push: text for a mailing list,
/// and a page.
struct PushAnnouncement: Sendable {
  let title: String
  let shortTitle: String
  /// Page of the stream; nil where nobody says where that is.
  let home: String?
  /// The day on which it was announced, `YYYY-MM-DD`.
  let date: String
  let release: String
  let serial: Int
  let reason: String?
  let undoes: Int?
  let updated: [UpdateEntry]
  let added: [BuildEntry]
  let retiring: [Announcement.Retired]
  let returning: [Returning]
  let withdrawn: [UnlistedEntry]
  let relisted: [BuildEntry]
  let advisories: [Advised]
  /// What else changes, sentences without a full stop.
  let changes: [String]

  struct Advised: Sendable {
    let id: String
    let title: String
    /// Such as `security, important`.
    let kind: String
    let builds: [String]
  }

  /// A package that was retired, or about to be, and is not any more.
  struct Returning: Sendable {
    let package: String
    let nvr: String
    let sentence: String
  }

  init(_ plan: PushPlan, names: PageNames, date: String) {
    title = names.title
    shortTitle = names.shortTitle
    home = names.home
    self.date = date
    release = plan.release.description
    serial = plan.serial
    reason = plan.reason
    undoes = plan.undoes
    updated = plan.updated
    added = plan.added
    retiring = plan.retiring.map { Announcement.Retired(package: $0.package, text: $0.text) }
    returning = plan.returning.map {
      Returning(package: $0.package, nvr: $0.nvr.description, sentence: $0.sentence)
    }
    // Builds that only left the lists because of their age are not announced.
    withdrawn = plan.unlisted.filter { $0.cause.isHeld }
    relisted = plan.relisted
    advisories = plan.advisories.map { entry in
      Advised(
        id: entry.id, title: entry.title.sanitizedForDisplay,
        kind: entry.kind + (entry.severity.map { ", \($0)" } ?? ""), builds: entry.builds)
    }
    changes = plan.changes.map(\.sanitizedForDisplay)
  }
}

extension ReleaseDocuments {
  /// The announcement of a push, as text for a mailing list.
  ///
  /// - Parameter date: the day of the push, `YYYY-MM-DD`.
  package func pushAnnouncement(
    _ plan: PushPlan, names: PageNames, date: String
  ) throws -> String {
    try library.render("push.txt", PushAnnouncement(plan, names: names, date: date))
  }

  /// The same as one page without anything from elsewhere.
  ///
  /// - Parameter date: the day of the push, `YYYY-MM-DD`.
  package func pushPage(_ plan: PushPlan, names: PageNames, date: String) throws -> String {
    try library.render("push.html", PushAnnouncement(plan, names: names, date: date))
  }
}
