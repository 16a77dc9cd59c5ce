import ComposePlanning
import ComposeReports
import ReleaseModel

/// Pushes of one command into several releases: each is a push of its own, and one that is
/// refused does not keep the others back.
struct PushSeries {
  /// In the order of the pushes.
  private(set) var reports: [PushReport] = []
  private var failures: [(release: ReleaseID, error: ComposeError)] = []
  private var count = 0

  init(reports: [PushReport]) { self.reports = reports }

  /// Asks for each of `parts` in turn. Of a single one, an error is thrown as it is; an
  /// interruption ends the series at once: the same command, given again, tells what was done.
  static func each(
    _ parts: [PushPart], _ push: (PushPart) async throws -> PushReport?
  ) async throws -> PushSeries {
    var series = PushSeries(reports: [])
    series.count = parts.count
    for part in parts {
      do {
        if let report = try await push(part) { series.reports.append(report) }
      } catch let error as ComposeError where parts.count > 1 && error.kind != .interrupted {
        series.failures.append((part.release, error))
      }
    }
    return series
  }

  /// The first push, with the others in it; nil where none was made.
  var report: PushReport? {
    guard var first = reports.first else { return nil }
    first.others = Array(reports.dropFirst())
    return first
  }

  /// What went wrong but for the first failure, which ends the command.
  var warnings: [String] { failures.dropFirst().map { "\($0.release): \($0.error)" } }

  /// Throws the first failure. "Refused" promises that nothing has changed, so it is "failed"
  /// where another push was made.
  func requireAll() throws {
    guard let error = failures.first?.error else { return }
    guard failures.count < count, error.kind == .refused, reports.contains(where: \.isMade) else {
      throw error
    }
    throw ComposeError(
      .failed, error.thing, "\(error.cause); pushes into other releases were made",
      remedy: error.remedy, findings: error.findings)
  }
}

extension PushReport {
  /// Whether users see something of it.
  fileprivate var isMade: Bool { !isDryRun && !plan.isEmpty }
}
