import ReleaseModel

/// The releases of a stream and the minor releases of Enterprise Linux on one
/// axis of time, as numbers of a drawing.
///
/// Today's date is not marked, so that equal contents make equal pages.
struct Timeline: Sendable {
  let title: String
  let height: Int
  /// Where the lines of the years end.
  let foot: Int
  let years: [Year]
  let milestones: [Milestone]
  let bars: [Bar]

  struct Year: Sendable {
    let x: Int
    let label: String
  }

  struct Milestone: Sendable {
    let x: Int
    /// Where its label stands: neighbours take turns.
    let labelY: Int
    let label: String
    let words: String
    let isPlanned: Bool
  }

  struct Bar: Sendable {
    let x: Int
    let y: Int
    let width: Int
    let textX: Int
    let textY: Int
    let anchor: String
    let label: String
    let words: String
    let state: String
  }

  private static let width = 960
  private static let margin = 24
  private static let firstBar = 84
  private static let lane = 30

  init(_ stream: SiteStream) {
    let calendar = stream.calendar.compactMap { entry in
      CalendarDate(entry.date).map { (entry, $0.number) }
    }.sorted { $0.1 < $1.1 }
    let releases = stream.releases.compactMap { release in
      CalendarDate(release.cut ?? release.since.day.description).map { (release, $0.number) }
    }
    let days = calendar.map(\.1) + releases.map(\.1)
    let start = (days.min() ?? 0) - 45
    let end = (days.max() ?? 365) + 180
    func x(_ day: Int) -> Int {
      Self.margin + (day - start) * (Self.width - 2 * Self.margin) / (end - start)
    }

    title = "Releases of \(stream.title) and of Enterprise Linux"
    height = Self.firstBar + Self.lane * releases.count + 8
    foot = height - 4
    let first = CalendarDate.ofNumber(start).year + 1
    let last = CalendarDate.ofNumber(end).year
    years = stride(from: first, through: max(first, last), by: 1).compactMap { year in
      CalendarDate(year: year, month: 1, day: 1).map { Year(x: x($0.number), label: "\(year)") }
    }
    var taken = [-Self.width, -Self.width]
    milestones = calendar.map { entry, day in
      let lane = x(day) - taken[0] >= 36 || taken[0] <= taken[1] ? 0 : 1
      taken[lane] = x(day)
      return Milestone(
        x: x(day), labelY: lane == 0 ? 44 : 76, label: entry.minorRelease,
        words:
          "Enterprise Linux \(entry.minorRelease), \(entry.date)\(entry.isPlanned ? ", planned" : "")",
        isPlanned: entry.isPlanned)
    }
    bars = releases.enumerated().map { index, item in
      let (release, day) = item
      // A release serves until the next is cut; one that never served has no length.
      let next = releases.dropFirst(index + 1).first { $0.0.state != .abandoned }?.1
      let until = release.state == .abandoned ? day : next ?? end
      return Self.bar(release, from: x(day), to: x(until), lane: index)
    }
  }

  private static func bar(_ release: SiteRelease, from x: Int, to end: Int, lane: Int) -> Bar {
    let top = firstBar + Self.lane * lane
    let label = "\(release.release) \(release.state.rawValue)"
    let length = max(6, end - x)
    // Inside the bar, else after it, else before it; a letter of the drawing
    // is about eight units wide.
    let room = 8 * label.count
    let (textX, anchor) =
      room + 16 <= length
      ? (x + 8, "start")
      : x + length + 6 + room <= width ? (x + length + 6, "start") : (x - 6, "end")
    return Bar(
      x: x, y: top, width: length, textX: textX, textY: top + 16, anchor: anchor, label: label,
      words: "\(release.release), \(release.state.rawValue) since \(release.since)",
      state: release.state.rawValue)
  }
}
