import Foundation
import ReleaseModel

/// Progress as plain dated lines, for logs: one when work begins, one when it
/// ends, and one every thirty seconds in between.
final class LogActivity: ActivityReporting {
  private struct State {
    var title = ""
    var total: Int?
    var unit = ""
    var done = 0
    var began = ContinuousClock.now
    var written = ContinuousClock.now
  }

  private let state = Guarded(State())

  func begin(_ title: String, total: Int?, unit: String) {
    state.withLock { state in
      state = State(title: title, total: total, unit: unit)
      let amount = total.map { ": \($0.grouped) \(unit)" } ?? ""
      write("\(title)\(amount)")
    }
  }

  func advance(by count: Int) {
    state.withLock { state in
      state.done += count
      guard ContinuousClock.now - state.written > .seconds(30) else { return }
      state.written = .now
      write(
        LiveActivity.line(
          state.title, done: state.done, of: state.total, unit: state.unit,
          after: ContinuousClock.now - state.began))
    }
  }

  func end() {}

  func note(_ text: String) { write(text) }

  private func write(_ text: String) {
    let line = "\(Date.now.formatted(.iso8601)) \(text.sanitizedForDisplay)\n"
    StandardStream.writeDiagnostic(line)
  }
}

/// Only what stays: for `--no-progress`, and where programs read standard error.
struct NotesActivity: ActivityReporting {
  func begin(_ title: String, total: Int?, unit: String) {}
  func advance(by count: Int) {}
  func end() {}
  func note(_ text: String) { Diagnostic.note(text) }
}
