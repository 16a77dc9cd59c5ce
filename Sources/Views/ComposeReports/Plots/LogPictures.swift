package import LogAnalysis
import ReleaseModel

/// The pictures of logs that were reported.
package struct LogPictures: Sendable {
  /// One picture and the name of its file, without ending.
  package struct Picture: Sendable {
    /// `errors`, `minutes` or `adoption`.
    package let name: String
    /// The picture.
    package let plot: Plot
  }

  /// Of all pictures that there can be.
  package static let names = ["errors", "minutes", "adoption"]
  /// By which a picture that is there is known to be one of these.
  package static let mark = "class=\"plot\""

  /// Those whose reports are there and have anything in them.
  package let all: [Picture]

  /// Days, or hours, of a picture at most.
  private static let places = 400
  /// Points of all lines of a picture: with more it would be larger than 100 KB.
  private static let points = 6000

  /// - Parameter reports: what they show.
  package init(_ reports: LogReports) {
    all = [
      reports.errors.flatMap(Self.errors).map { Picture(name: "errors", plot: $0) },
      reports.minutes.flatMap(Self.minutes).map { Picture(name: "minutes", plot: $0) },
      reports.adoption.flatMap(Self.adoption).map { Picture(name: "adoption", plot: $0) },
    ].compactMap(\.self)
  }

  /// A line for each server over days; nil without a day.
  private static func errors(_ rows: [ErrorsByDay]) -> Plot? {
    let days = rows.compactMap { row in
      CalendarDate(row.day).map { (row: row, day: $0.secondsSince1970 / 86_400) }
    }
    guard let first = days.map(\.day).min(), let last = days.map(\.day).max() else { return nil }
    let servers = Dictionary(grouping: days) { $0.row.server }
    let count = last - first + 1
    let most = min(places, max(2, points / max(1, 2 * servers.count)))
    // Days that are put together to one place.
    let width = (count + most - 1) / most
    let slots = (count + width - 1) / width
    func values(_ days: [(row: ErrorsByDay, day: Int)], _ number: (ErrorsByDay) -> Int) -> [Double?]
    {
      var values = [Double?](repeating: nil, count: slots)
      for (row, day) in days {
        values[(day - first) / width, default: 0] += Double(number(row))
      }
      return values
    }
    let sorted = servers.sorted { left, right in
      let sums = (
        left.value.reduce(0) { $0 + $1.row.errors }, right.value.reduce(0) { $0 + $1.row.errors }
      )
      return sums.0 == sums.1 ? left.key.precedesByBytes(right.key) : sums.0 > sums.1
    }
    let unit = width == 1 ? "a day" : "in \(width) days"
    return .lines(
      "Errors and requests of each server",
      description: "Lines for \(servers.count) servers over \(count) days: errors (5xx) above, "
        + "requests below. Most errors: \(sorted[0].key).",
      panels: [
        Plot.Panel(
          title: "Errors (5xx) \(unit)",
          series: sorted.map { Plot.Series(name: $0.key, values: values($0.value, \.errors)) }),
        Plot.Panel(
          title: "Requests \(unit)",
          series: sorted.map { Plot.Series(name: $0.key, values: values($0.value, \.requests)) }),
      ], places: slots,
      ticks: dayTicks(from: first, count: count).map { day in
        Plot.Tick(
          position: Double(day - first) / Double(width),
          label: CalendarDate(secondsSince1970: day * 86_400).description)
      })
  }

  /// Days with round distances, at most eight.
  private static func dayTicks(from first: Int, count: Int) -> [Int] {
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].first { count / $0 < 8 } ?? count
    return Array(stride(from: first, to: first + count, by: step))
  }

  /// A strip for each server, those with most errors first; nil without one.
  private static func minutes(_ minutes: LogReports.Minutes) -> Plot? {
    guard !minutes.servers.isEmpty else { return nil }
    let rows = minutes.servers.prefix(60).map { server in
      Plot.Row(
        name: server.server,
        values: zip(server.errors, server.requests).map { Double($0) / Double(max(1, $1)) })
    }
    return .heat(
      "Errors by minute of the hour (UTC)",
      description: minutes.patterns.isEmpty
        ? "Share of errors (5xx) in each minute of the hour, for each server."
        : minutes.patterns.map(\.text).joined(separator: "; "),
      rows: rows,
      ticks: stride(from: 0, to: 60, by: 5).map {
        Plot.Tick(position: Double($0), label: $0 < 10 ? ":0\($0)" : ":\($0)")
      },
      marks: minutes.patterns.prefix(12).map { Plot.Mark(from: $0.from, to: $0.to, label: $0.text) }
    )
  }

  /// Areas over hours; nil without a request.
  private static func adoption(_ report: AdoptionReport) -> Plot? {
    guard let first = report.hours.first, let last = report.hours.last else { return nil }
    let count = (last.at.seconds - first.at.seconds) / 3600 + 1
    let width = (count + places - 1) / places
    let names = Set(report.hours.flatMap { $0.releases.map { $0.release ?? unknown } })
      .sorted { order($0).precedesByBytes(order($1)) }
    var sums: [Int: [String: Int]] = [:]
    for hour in report.hours {
      let slot = (hour.at.seconds - first.at.seconds) / 3600 / width
      for share in hour.releases {
        sums[slot, default: [:]][share.release ?? unknown, default: 0] +=
          share.link + share.concrete
      }
    }
    let slots = sums.keys.sorted()
    func position(_ time: Moment) -> Double {
      Double(time.seconds - first.at.seconds) / 3600 / Double(width)
    }
    let events = report.events.filter {
      $0.at.seconds >= first.at.seconds && $0.at.seconds <= last.at.seconds + 3600
    }
    return .areas(
      "Requests by release",
      description: "Share of requests for repomd.xml and metalinks by hour, for each release; "
        + "the lines across are flips of the links, pushes and archives.",
      series: names.map { name in
        Plot.Series(
          name: name,
          values: slots.map { slot in
            let sum = sums[slot]?.values.reduce(0, +) ?? 0
            return Double(sums[slot]?[name] ?? 0) / Double(max(1, sum))
          })
      }, positions: slots.map(Double.init),
      ticks: hourTicks(first.at.seconds, count).map(Moment.init).map {
        Plot.Tick(position: position($0), label: hourLabel($0))
      },
      events: events.map {
        Plot.Tick(
          position: min(position($0.at), Double((slots.last ?? 0) + 1)),
          label: label($0, isOneOfMany: events.count > labels))
      })
  }

  /// Events that are all named: with more, only flips are.
  private static let labels = 12

  private static func label(_ event: StreamPaths.Event, isOneOfMany: Bool) -> String {
    switch event.kind {
    case .flip: (event.link ?? "flip") + " to \(event.release)"
    case .push: isOneOfMany ? "" : "push to \(event.release)"
    case .archive: isOneOfMany ? "" : "archive of \(event.release)"
    case .restore: isOneOfMany ? "" : "\(event.release) comes back"
    }
  }

  private static let unknown = "before the first flip"
  /// Releases as texts of one stream: `10.2` before `10.10`.
  private static func order(_ name: String) -> String {
    guard let id = try? ReleaseID(name) else { return "" }
    func padded(_ number: Int) -> String {
      String(repeating: "0", count: 7 - min(7, String(number).count)) + String(number)
    }
    return padded(id.major) + padded(id.minor) + padded(id.month ?? 0)
  }

  /// Full hours with round distances, at most seven.
  private static func hourTicks(_ first: Int, _ count: Int) -> [Int] {
    let steps = [1, 2, 3, 6, 12, 24, 48, 120, 240, 480, 1200, 2400, 4800]
    let step = steps.first { count / $0 < 7 } ?? count
    let start = (first + step * 3600 - 1) / (step * 3600) * step * 3600
    return Array(stride(from: start, to: first + count * 3600, by: step * 3600))
  }

  /// `03-29 16:00`.
  private static func hourLabel(_ time: Moment) -> String {
    String(time.description.dropFirst(5).dropLast(4))
  }
}

extension Array {
  /// The element, or what is to be changed where it is nil.
  fileprivate subscript<Value>(index: Int, default value: Value) -> Value where Element == Value? {
    get { self[index] ?? value }
    set { self[index] = newValue }
  }
}
