import Foundation
import ReleaseModel

/// Progress as plain dated lines, for logs: one when work begins, one when it
/// ends, and one every thirty seconds in between.
final class LogActivity: ActivityReporting {
  private struct State {
    var stretches = Stretches()
    var written = ContinuousClock.now
  }

  private let state = Guarded(State())

  func begin(_ title: String, total: Int?, unit: String) {
    state.withLock { state in
      state.stretches.begin(title, total: total, unit: unit)
      state.written = .now
      let amount = total.map { ": \($0.grouped) \(unit)" } ?? ""
      write("\(title)\(amount)")
    }
  }

  func advance(by count: Int) {
    state.withLock { state in
      state.stretches.advance(by: count)
      guard ContinuousClock.now - state.written > .seconds(30),
        let shown = state.stretches.shown
      else { return }
      state.written = .now
      write(LiveActivity.line(shown))
    }
  }

  func end() {
    state.withLock { $0.stretches.end() }
  }

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
