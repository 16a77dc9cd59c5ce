import ReleaseModel

/// Progress as one live line on a terminal: step, count, rate, time left.
final class LiveActivity: ActivityReporting {
  private struct State {
    var stretches = Stretches()
    var drawn = ContinuousClock.now
    var isVisible = false
  }

  private let state = Guarded(State())
  private let width: Int

  init(width: Int) {
    self.width = width
  }

  func begin(_ title: String, total: Int?, unit: String) {
    state.withLock { state in
      state.stretches.begin(title, total: total, unit: unit)
      draw(&state)
    }
  }

  func advance(by count: Int) {
    state.withLock { state in
      state.stretches.advance(by: count)
      // Ten updates a second look smooth and cost little.
      if ContinuousClock.now - state.drawn > .milliseconds(100) { draw(&state) }
    }
  }

  func end() {
    state.withLock { state in
      state.stretches.end()
      clear(&state)
      draw(&state)
    }
  }

  func note(_ text: String) {
    state.withLock { state in
      clear(&state)
      Diagnostic.note(text)
    }
  }

  private func draw(_ state: inout State) {
    guard let shown = state.stretches.shown else { return }
    state.drawn = .now
    state.isVisible = true
    let line = Self.line(shown)
    write("\r\u{1B}[K" + String(line.prefix(width - 1)))
  }

  private func clear(_ state: inout State) {
    if state.isVisible { write("\r\u{1B}[K") }
    state.isVisible = false
  }

  private func write(_ text: String) {
    StandardStream.writeDiagnostic(text)
  }

  /// `120/4,000 RPMs  340/s  11 s left  Reading RPMs`: the title comes last,
  /// because a narrow terminal cuts the end. What nobody counts is its title alone.
  static func line(_ stretch: Stretches.Stretch) -> String {
    let (done, total, unit) = (stretch.done, stretch.total, stretch.unit)
    let elapsed = ContinuousClock.now - stretch.began
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let title = stretch.title.sanitizedForDisplay
    if unit.isEmpty || total == nil && done == 0 { return title }
    var line = "\(done.grouped)\(total.map { "/\($0.grouped)" } ?? "") \(unit)"
    if seconds > 0.5, done > 0 {
      let rate = Double(done) / seconds
      line += "  \(rate < 10 ? "\((rate * 10).rounded() / 10)" : Int(min(rate, 1e15)).grouped)/s"
      if let total, total > done {
        let left = Int(Double(total - done) / rate)
        line += left >= 60 ? "  \(left / 60) min \(left % 60) s left" : "  \(left) s left"
      }
    }
    return line + "  " + title
  }
}
