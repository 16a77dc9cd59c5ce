package import LogAnalysis
import ReleaseModel

/// What access logs say.
package struct LogsReport: Report {
  private let reports: LogReports

  /// - Parameter reports: those that were asked for.
  package init(_ reports: LogReports) { self.reports = reports }

  /// The reports as they are.
  package var value: any Encodable { reports }

  /// A table for each report; what must be known first stands first.
  package func text(_ style: TextStyle) -> String {
    var text = ""
    for note in reports.notes {
      text +=
        note.wrapped(to: style.width).map { style.paint($0, .attention) + "\n" }.joined() + "\n"
    }
    text += reading(style)
    if let errors = reports.errors {
      text += section("Errors by server and day", style) + self.errors(errors, style)
    }
    if let minutes = reports.minutes {
      text += section("Errors by minute of the hour (UTC)", style) + self.minutes(minutes, style)
    }
    if let clients = reports.clients {
      text += section("Clients", style) + self.clients(clients, style)
    }
    if let missing = reports.missing {
      text += section("Missing files", style) + self.missing(missing, style)
    }
    if let adoption = reports.adoption {
      text += section("Adoption", style) + self.adoption(adoption, style)
    }
    if let eager = reports.eager {
      text += section("Eager clients", style) + self.eager(eager, style)
    }
    return text
  }

  private func section(_ title: String, _ style: TextStyle) -> String {
    "\n" + style.paint(title, .heading) + "\n"
  }

  private func reading(_ style: TextStyle) -> String {
    let read = reports.read
    var text =
      "\(read.counted.grouped) requests of \(reports.servers.count.counted("server")) in "
      + read.files.counted("file")
    if let from = read.from, let until = read.until { text += ", \(from) to \(until)" }
    text += "\n"
    if read.unreadable > 0 {
      text +=
        style.paint("\(read.unreadable.counted("line")) could not be read, such as:", .attention)
        + "\n"
      text += read.examples.map { $0.indented("  ", in: style) }.joined()
    }
    if read.late > 0 {
      text +=
        "\(read.late.counted("line")) came more than 15 minutes late: sessions and torn reads may be wrong there.\n"
    }
    text += Self.forgotten(reports.forgotten).map { $0 + "\n" }.joined()
    return text
  }

  /// A sentence for each thing that was too much.
  static func forgotten(_ forgotten: LogReports.Forgotten) -> [String] {
    let sentences: [(Int, String)] = [
      (
        forgotten.sessions,
        "sessions may have been taken for failed: there were too many requests to keep 15 minutes of them"
      ),
      (
        forgotten.clients,
        "clients were forgotten within 15 minutes: torn reads and eager clients may be more"
      ),
      (forgotten.networkRequests, "requests were of networks beyond the first million"),
      (forgotten.eagerClients, "eager clients are beyond the first 65,536, and are not told"),
      (forgotten.days, "requests were of days beyond the first 4,000, and are in no report"),
    ]
    return sentences.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)." }
  }

  /// `0.23 %`; `0` for none.
  static func percent(_ part: Int, of whole: Int) -> String {
    part == 0 ? "0" : percent(Double(part) / Double(max(1, whole)))
  }

  /// Two digits that count.
  static func percent(_ share: Double) -> String {
    let hundredths = Int((share * 10_000).rounded())
    if hundredths == 0 { return share > 0 ? "< 0.01 %" : "0" }
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    if whole >= 10 || rest == 0 { return "\(Int((share * 100).rounded())) %" }
    return "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
  }

  private func errors(_ rows: [ErrorsByDay], _ style: TextStyle) -> String {
    guard !rows.isEmpty else { return "  No request.\n" }
    var table = TextTable([
      "server", "day", "requests", "5xx", "share", "500", "502", "503", "504", "clients",
      "failed sessions",
    ])
    for row in rows {
      table.add(
        [
          row.server, row.day, row.requests.grouped, row.errors.grouped,
          Self.percent(row.errors, of: row.requests),
        ]
          + [
            row.status500, row.status502, row.status503, row.status504, row.clients,
            row.failedSessions,
          ].map(\.grouped))
    }
    return table.text(style)
  }

  private func minutes(_ minutes: LogReports.Minutes, _ style: TextStyle) -> String {
    var text = minutes.patterns.map { style.paint("  " + $0.text, .bad) + "\n" }.joined()
    if minutes.patterns.isEmpty {
      text +=
        !reports.hasNoServers
        ? "  No minute of the hour has more errors than others.\n"
        : "  No pattern is named.\n"
    }
    guard !minutes.servers.isEmpty else { return text }
    var table = TextTable(["server", "requests", "5xx", "in most minutes", "worst", "share there"])
    for row in minutes.servers {
      table.add([
        row.server, row.requests.reduce(0, +).grouped, row.errors.reduce(0, +).grouped,
        Self.percent(row.usual),
        row.worst.map { ":" + ($0.minute < 10 ? "0" : "") + "\($0.minute)" } ?? "",
        row.worst.map { Self.percent($0.share) } ?? "",
      ])
    }
    return text + table.text(style)
  }

  private func clients(_ rows: [ClientRow], _ style: TextStyle) -> String {
    guard !rows.isEmpty else { return "  No request.\n" }
    var table = TextTable(["family", "version", "requests", "5xx", "share", "failed sessions"])
    for row in rows {
      table.add([
        row.family, row.version, row.requests.grouped, row.errors.grouped,
        Self.percent(row.errors, of: row.requests), row.failedSessions.grouped,
      ])
    }
    return table.text(style)
  }

  private func missing(_ missing: MissingReport, _ style: TextStyle) -> String {
    guard missing.requests > 0 else { return "  Nothing was missing.\n" }
    var table = TextTable(["class", "requests", "release", "by", "family", "repository"])
    for row in missing.groups {
      table.add([
        row.class.rawValue, row.requests.grouped, row.release ?? "", row.by, row.family,
        row.repository,
      ])
    }
    var text = table.text(style)
    for reason in MissingClass.allCases {
      let paths = missing.paths.filter { $0.class == reason }
      guard !paths.isEmpty else { continue }
      text += "\n  Commonest paths, \(reason.rawValue):\n"
      var table = TextTable(["", ""])
      for path in paths {
        table.add([path.requests.grouped, path.path])
      }
      text += table.text(style)
    }
    if missing.forgotten > 0 {
      text += "  \(missing.forgotten.grouped) requests were for paths too many to keep.\n"
    }
    return text
  }

  private func adoption(_ adoption: AdoptionReport, _ style: TextStyle) -> String {
    guard !adoption.hours.isEmpty else { return "  Nobody asked for repomd.xml or a metalink.\n" }
    var text = ""
    if !adoption.uptake.isEmpty {
      var table = TextTable(["release", "flip", "50 %", "90 %", "99 %"])
      for row in adoption.uptake {
        table.add(
          [row.name, row.flip.description]
            + [row.until50, row.until90, row.until99].map {
              $0.map { $0 == 0 ? "at once" : $0.counted("hour") } ?? "not yet"
            })
      }
      text += table.text(style) + "\n"
    }
    if !adoption.events.isEmpty {
      var table = TextTable(["time", "what", "release"])
      for event in adoption.events {
        table.add([event.at.description, event.words, event.release])
      }
      text += table.text(style) + "\n"
    }
    // The last hours say where it stands.
    var table = TextTable(["hour", "release", "by link", "concrete", "share"], keeping: .last)
    for hour in adoption.hours {
      for row in hour.releases {
        table.add([
          hour.at.description, row.release ?? "before the first flip",
          row.link.grouped, row.concrete.grouped, Self.percent(row.share),
        ])
      }
    }
    return text + table.text(style)
  }

  private func eager(_ eager: EagerReport, _ style: TextStyle) -> String {
    guard !eager.networks.isEmpty else { return "  No request.\n" }
    var table = TextTable(["network", "requests", "share"])
    for row in eager.networks {
      table.add([row.network, row.requests.grouped, Self.percent(row.share)])
    }
    var text = table.text(style)
    guard eager.clientCount > 0 else {
      return text + "  No client asked for one repomd.xml more than 4 times in an hour.\n"
    }
    text +=
      "\n  \(eager.clientCount.counted("client")) asked for one repomd.xml more than 4 times in an hour:\n"
    var clients = TextTable(["client", "hours", "most", "requests", "path"])
    for row in eager.clients {
      clients.add([
        row.address, row.hours.grouped, row.most.grouped, row.requests.grouped, row.path,
      ])
    }
    text += clients.text(style)
    let left = eager.clientCount - eager.clients.count
    return text
      + (left > 0 ? "  Those with most requests; \(left.counted("other")) asked as often.\n" : "")
  }
}
