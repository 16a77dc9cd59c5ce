import AccessLogs
import ArgumentParser
import ComposePolicy
import ComposeReports
import DurableFiles
import Foundation
import LogAnalysis
import ReleaseModel

struct LogsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "What access logs say after a flip; reads only.",
    discussion: """
      Reads logs of any web server in the common or the combined form, plain or compressed: \
      errors by server, day and minute of the hour, kinds of clients, missing files, adoption \
      of the new release, eager clients. Give the log of each server: added together, what \
      happens on one of them disappears. With --major, paths are those of the stream, and its \
      ledger's flips, pushes and archives are marked.
      """)

  @Argument(
    help: "Logs, or directories of them; '-' for standard input.", completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The stream whose paths are in the logs: its major version, such as 7, or its name.",
      valueName: "major"))
  var major: StreamArgument?

  @Option(
    help: ArgumentHelp(
      "Where the name of the server stands in a path, such as '{server}/access.log' (default: "
        + "the directory above YYYY/MM/DD, else the file's name up to '-access' or the first dot).",
      valueName: "pattern"))
  var server: String?

  @Option(
    help: ArgumentHelp(
      "Leave out lines before this time, UTC: 2020-03-29 or 2020-03-29T16:00.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Leave out lines from this time on, UTC.", valueName: "time"))
  var until: String?

  @Option(
    help: ArgumentHelp(
      "Only this report (\(LogReportName.allCases.map(\.rawValue).joined(separator: ", "))); may be "
        + "repeated.", valueName: "name"))
  var report: [LogReportName] = []

  @Option(
    help: ArgumentHelp("Write one page with tables and pictures.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Option(
    help: ArgumentHelp("Write the pictures into this directory, as SVG.", valueName: "dir"),
    completion: .directory)
  var svg: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if files.contains("") { throw ValidationError.empty("<files>") }
    if files.isEmpty { throw ValidationError("Name a log, or a directory of logs.") }
    for (option, value) in [("--server", server), ("--html", html), ("--svg", svg)]
    where value == "" { throw ValidationError.empty(option) }
  }

  func run() async throws {
    let context = Context(global)
    let names = report.isEmpty ? Set(LogReportName.allCases) : Set(report)
    let pattern = try server.map { try ServerPattern($0) }
    let times = try times()
    let entry = try major?.policy(context)
    let paths = try entry.map { try StreamPaths.of(context.readingStream($0)) }
    if paths == nil, let name = report.first(where: \.needsStream) {
      throw ComposeError(
        .usage, "logs --report \(name.rawValue)", "it needs to know what paths mean",
        remedy: "Name the stream with --major, such as --major 7")
    }
    let found = try LogFile.find(files, pattern: pattern)
    try requireOutputs()
    let scope = LogScope(times: times, paths: paths)
    let templates = entry.map(context.templates) ?? context.templatesWithoutPolicy()
    if html != nil { try templates.requireLogsPage() }
    let logs = try LogGathering(files: found, scope: scope, activity: context.activity).logs()
    let reports = LogReports(
      logs, names: names, scope: scope, files: found.count,
      notes: LogFile.notes(found, pattern: server),
      hasPattern: server != nil)
    let pictures = LogPictures(reports)
    for (picture, path) in zip(pictures.all, pictureFiles(pictures)) {
      try OutputFile.write(
        Array(picture.plot.svg().utf8), to: path, replacing: LogPictures.mark)
    }
    if let html {
      let page = try templates.logsPage(reports, pictures)
      try OutputFile.write(Array(page.utf8), to: html, replacing: "content=\"epel-compose\"")
    }
    try context.render(LogsReport(reports))
    if let html { context.activity.note("saved \(html)") }
    for path in pictureFiles(pictures) { context.activity.note("saved \(path)") }
  }

  private func times() throws -> Range<Int> {
    let from = try since.map { try Self.time($0, of: "--since") } ?? .min
    let to = try until.map { try Self.time($0, of: "--until") } ?? .max
    guard from < to else {
      throw ComposeError(
        .usage, "--until \(until ?? "")".sanitizedForDisplay, "it is not after --since",
        remedy: "Name two times, the earlier one with --since")
    }
    return from..<to
  }

  /// `2020-03-29`, `2020-03-29T16:00` or `2020-03-29 16:00:30`; a Z at the end says nothing
  /// more.
  private static func time(_ text: String, of option: String) throws -> Int {
    let words = text.replacing("T", with: " ").replacing("Z", with: "").split(separator: " ")
    let clock =
      words.count == 2 ? words[1].split(separator: ":", omittingEmptySubsequences: false) : []
    let numbers = clock.map { $0.utf8.count == 2 ? Int($0) ?? -1 : -1 }
    guard let day = words.first.flatMap({ CalendarDate(String($0)) }), words.count <= 2,
      words.count == 1 || (2...3).contains(numbers.count),
      zip(numbers, [24, 60, 60]).allSatisfy({ (0..<$1).contains($0) })
    else {
      throw ComposeError(
        .usage, "\(option) \(text.sanitizedForDisplay)", "it is no time",
        remedy: "Write it as 2020-03-29 or 2020-03-29T16:00, in UTC")
    }
    return day.secondsSince1970
      + zip(numbers, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func pictureFiles(_ pictures: LogPictures) -> [String] {
    guard let svg else { return [] }
    return pictures.all.map { "\(svg)/\($0.name).svg" }
  }

  /// Says before hours of reading what could not be written afterwards.
  private func requireOutputs() throws {
    if let html { try OutputFile.require(html, replacing: "content=\"epel-compose\"") }
    guard let svg else { return }
    _ = try Directory.create(root: Context.absolute(svg))
    for name in LogPictures.names {
      try OutputFile.require("\(svg)/\(name).svg", replacing: LogPictures.mark)
    }
  }
}

extension LogReportName: ExpressibleByArgument {}
