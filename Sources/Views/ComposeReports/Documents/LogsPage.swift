package import LogAnalysis
import ReleaseModel

/// The values of the template of the page about logs.
struct LogsPage: Sendable {
  let summary: String
  let notes: [String]
  let patterns: [String]
  let hasMinutes: Bool
  let tables: [Table]

  /// A table; the first column names the row.
  struct Table: Sendable {
    let id: String
    let title: String
    let columns: [Column]
    let rows: [Row]
    /// What is left out, in a sentence; empty for nothing.
    let rest: String
  }
  struct Column: Sendable {
    let name: String
    let isNumber: Bool
  }
  struct Row: Sendable {
    let head: String
    let cells: [Cell]
  }
  struct Cell: Sendable {
    let text: String
    let isNumber: Bool
  }

  /// Rows of a table at most: a page is to be read.
  private static let limit = 100

  /// - Parameter columns: names; those that begin with `#` have numbers or days, which never
  ///   break.
  private static func table(
    _ id: String, _ title: String, _ columns: [String], _ rows: [[String]]
  ) -> Table? {
    guard !rows.isEmpty else { return nil }
    let made = columns.map {
      Column(name: $0.hasPrefix("#") ? String($0.dropFirst()) : $0, isNumber: $0.hasPrefix("#"))
    }
    let left = rows.count - min(limit, rows.count)
    return Table(
      id: id, title: title, columns: made,
      rows: rows.prefix(limit).map { row in
        Row(
          head: row[0],
          cells: zip(row, made).dropFirst().map { Cell(text: $0, isNumber: $1.isNumber) })
      }, rest: left > 0 ? "And \(left.grouped) more, which --format json has." : "")
  }

  init(_ reports: LogReports) {
    let read = reports.read
    var summary =
      "\(read.counted.grouped) requests of \(reports.servers.count.grouped) servers in "
      + "\(read.files.grouped) files"
    if let from = read.from, let until = read.until { summary += " · \(from) to \(until)" }
    if read.unreadable > 0 { summary += " · \(read.unreadable.grouped) lines could not be read" }
    self.summary = summary
    notes = reports.notes + LogsReport.forgotten(reports.forgotten)
    patterns = reports.minutes?.patterns.map(\.text) ?? []
    hasMinutes = reports.minutes != nil
    var tables: [Table?] = []
    tables.append(
      Self.table(
        "errors", "Errors by server and day",
        [
          "server", "#day", "#requests", "#5xx", "#share", "#500", "#502", "#503", "#504",
          "#clients",
          "#failed sessions",
        ],
        (reports.errors ?? []).map { row in
          [
            row.server, row.day, row.requests.grouped, row.errors.grouped,
            LogsReport.percent(row.errors, of: row.requests), row.status500.grouped,
            row.status502.grouped, row.status503.grouped, row.status504.grouped,
            row.clients.grouped, row.failedSessions.grouped,
          ]
        }))
    tables.append(
      Self.table(
        "clients", "Clients",
        ["family", "version", "#requests", "#5xx", "#share", "#failed sessions"],
        (reports.clients ?? []).map { row in
          [
            row.family, row.version, row.requests.grouped, row.errors.grouped,
            LogsReport.percent(row.errors, of: row.requests), row.failedSessions.grouped,
          ]
        }))
    tables.append(
      Self.table(
        "uptake", "After each flip", ["release", "links moved", "50 %", "90 %", "99 %"],
        (reports.adoption?.uptake ?? []).map { row in
          [row.name, row.flip.description]
            + [row.until50, row.until90, row.until99].map {
              $0.map { $0 == 0 ? "at once" : "\($0) h" } ?? "not yet"
            }
        }))
    tables.append(
      Self.table(
        "events", "What the ledger did", ["time", "what", "release"],
        (reports.adoption?.events ?? []).map {
          [$0.at.description, $0.words, $0.release]
        }))
    tables.append(
      Self.table(
        "missing", "Missing files",
        ["class", "#requests", "release", "by", "family", "repository"],
        (reports.missing?.groups ?? []).map { row in
          [
            row.class.rawValue, row.requests.grouped, row.release ?? "", row.by, row.family,
            row.repository,
          ]
        }))
    tables.append(
      Self.table(
        "paths", "Commonest missing paths", ["class", "#requests", "path"],
        (reports.missing?.paths ?? []).map { [$0.class.rawValue, $0.requests.grouped, $0.path] }))
    tables.append(
      Self.table(
        "networks", "Networks with most requests", ["network", "#requests", "#share"],
        (reports.eager?.networks ?? []).map {
          [$0.network, $0.requests.grouped, LogsReport.percent($0.share)]
        }))
    tables.append(
      Self.table(
        "eager", "Clients that ask again and again",
        ["client", "#hours", "#most", "#requests", "path"],
        (reports.eager?.clients ?? []).map {
          [$0.address, $0.hours.grouped, $0.most.grouped, $0.requests.grouped, $0.path]
        }))
    self.tables = tables.compactMap(\.self)
  }
}

extension TemplateLibrary {
  /// One page with the tables and the pictures, without anything from elsewhere.
  ///
  /// - Parameter pictures: put where the template has `<!-- picture NAME -->`.
  package func logsPage(_ reports: LogReports, _ pictures: LogPictures) throws -> String {
    var page = try render("logs.html", LogsPage(reports))
    // Values are escaped, so none of them can be such a comment.
    for name in LogPictures.names {
      let figure = pictures.all.first { $0.name == name }.map { picture in
        "<div class=\"scroll\" role=\"region\" aria-label=\"\(name)\" tabindex=\"0\">\n\(picture.plot.figure())</div>"
      }
      page = page.replacing("<!-- picture \(name) -->", with: figure ?? "")
    }
    return page
  }

  /// Throws what ``logsPage(_:_:)`` would, before anything was read.
  package func requireLogsPage() throws {
    let nothing = LogReports([], names: [], scope: LogScope(), files: 0)
    _ = try logsPage(nothing, LogPictures(nothing))
  }
}
