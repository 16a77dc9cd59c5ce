import ReleaseModel

/// The Atom feed (RFC 4287) of a stream's retirements: what has left, and what
/// is about to.
struct RetirementFeed: Sendable {
  let title: String
  let id: String
  let updated: String
  let entries: [Entry]

  struct Entry: Sendable {
    let id: String
    let title: String
    let href: String
    let updated: String
    let summary: String
  }

  /// How many entries a feed has: readers poll it, and the pages have the rest.
  private static let length = 200
  /// The date of entries without one: a feed requires a date, and today's would
  /// change the file every day.
  private static let noDate = "1970-01-01"

  /// - Parameter authority: as ``SiteContents/authority``.
  init(_ stream: StreamSite, authority: String) {
    let name = stream.directory
    let dates = Dictionary(
      stream.contents.releases.compactMap { release in
        CalendarDate(release.cut ?? release.since.day.description)
          .map { (release.release, "\($0)") }
      }, uniquingKeysWith: { _, last in last })
    title = "Retirements of \(stream.contents.title)"
    id = "tag:\(authority):epel-compose/\(name)/retirements"
    let found = stream.contents.packages.flatMap { package -> [(date: String, entry: Entry)] in
      guard let page = stream.page(package.package) else { return [] }
      let file = page.dropFirst("package/".count).dropLast(".html".count)
      var events = package.history.filter { $0.kind == .retired }
        .map { (event: $0, kind: "retired", title: "\(package.package) left with \($0.release)") }
      if package.state == .retiring, let newest = package.newest {
        let title = "\(package.package) leaves with the next release"
        events.append((newest, "retiring", title))
      }
      return events.map { event, kind, title in
        let date =
          event.date.flatMap { CalendarDate($0) }.map { "\($0)" }
          ?? dates[event.release] ?? Self.noDate
        let entry = Entry(
          id: "tag:\(authority):epel-compose/\(name)/\(kind)/\(event.release)/\(file)",
          title: title, href: page, updated: date + "T00:00:00Z",
          summary: Self.summary(package))
        return (date, entry)
      }
    }
    entries = found.sorted {
      $0.date == $1.date ? $0.entry.id.precedesByBytes($1.entry.id) : $0.date > $1.date
    }.prefix(Self.length).map(\.entry)
    updated = entries.first?.updated ?? (dates.values.max() ?? Self.noDate) + "T00:00:00Z"
  }

  private static func summary(_ package: SitePackage) -> String {
    var parts: [String] = []
    if let text = package.status.text, !text.isEmpty { parts.append(text) }
    if !package.breaks.isEmpty {
      let names = package.breaks.map(\.package).joined(separator: ", ")
      parts.append("Cannot be installed without it: \(names).")
    }
    if !package.replacedBy.isEmpty {
      parts.append("Replaced by \(package.replacedBy.joined(separator: ", ")).")
    }
    if let tree = package.status.archiveTree ?? package.status.lastTree {
      parts.append("Last in \(tree).")
    }
    return parts.isEmpty ? "Its packager has retired it." : parts.joined(separator: "\n")
  }
}
