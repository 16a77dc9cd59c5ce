import CMirrorlist
import Glibc
package import MirrorlistSnapshot
import ReleaseModel

/// Looks whether input files have changed, and swaps snapshots. Nothing else happens then:
/// no connection is closed, nothing starts anew.
package final class SnapshotWatch: Sendable {
  private struct State {
    /// Of the last look.
    var seen: [InputState?]
    /// Of the last load, whatever came of it.
    var tried: [InputState?]?
    var isLoading = false
    /// Whether somebody has asked while something was loaded.
    var isAskedAgain = false
    var memory: OverlayMemory
  }

  private let inputs: SnapshotInputs
  private let rules: SnapshotRules
  /// What is answered from.
  package let holder: SnapshotHolder
  private let metrics: ServerMetrics
  /// How many seconds a former snapshot is waited for; then whoever has it frees it.
  private let patience: Int
  private let state: Guarded<State>

  private init(
    inputs: SnapshotInputs, rules: SnapshotRules, metrics: ServerMetrics, patience: Int,
    states: [InputState?], first: LoadedSnapshot
  ) {
    self.inputs = inputs
    self.rules = rules
    self.metrics = metrics
    self.patience = patience
    holder = SnapshotHolder(first.snapshot, time: time(nil))
    state = Guarded(State(seen: states, tried: states, memory: first.overlays))
  }

  /// Waits until the files make a good snapshot. Nobody but the holder has that afterwards:
  /// it is freed when the next one takes its place.
  ///
  /// - Parameters:
  ///   - patience: how many seconds the end of answers from a former snapshot is waited for.
  ///   - wait: waits a second; whether to go on.
  /// - Returns: nil where it is not to go on.
  package static func begin(
    inputs: SnapshotInputs, rules: SnapshotRules, metrics: ServerMetrics, patience: Int = 5,
    wait: () -> Bool
  ) -> SnapshotWatch? {
    var told: String?
    while true {
      let states = inputs.states
      let problem: String
      do {
        let first = try inputs.load(after: OverlayMemory(), rules: rules)
        guard let refusal = rules.refusal(of: first.snapshot, after: nil) else {
          for note in first.notes { ServerLog.write(note) }
          mirrorlist_trim_memory()
          return SnapshotWatch(
            inputs: inputs, rules: rules, metrics: metrics, patience: patience, states: states,
            first: first)
        }
        problem = "\(refusal)"
      } catch { problem = "\(error)" }
      if problem != told { ServerLog.write("nothing to answer from yet: \(problem)") }
      told = problem
      // What is wrong may be the clock of this machine, which no file shows.
      var seconds = 0
      repeat {
        guard wait() else { return nil }
        seconds += 1
      } while inputs.states == states && seconds < 60
    }
  }

  /// To be called each second. What has changed, and is now as it was at the last look, is
  /// loaded, on a thread of its own.
  ///
  /// - Parameter isAsked: somebody asks for it: whatever has changed is loaded now.
  package func look(isAsked: Bool = false) {
    let now = inputs.states
    let memory = state.withLock { state -> OverlayMemory? in
      let isStill = state.seen == now
      state.seen = now
      if isAsked, state.isLoading { state.isAskedAgain = true }
      guard !state.isLoading, isAsked || (isStill && state.tried != now) else { return nil }
      state.isLoading = true
      state.tried = now
      return state.memory
    }
    guard let memory else { return }
    do {
      try WorkingThread.detach { [self] in
        mirrorlist_nice_thread(10)
        load(after: memory)
      }
    } catch {
      ServerLog.write("\(error)")
      state.withLock { state in
        state.isLoading = false
        state.tried = nil
      }
    }
  }

  private func load(after memory: OverlayMemory) {
    var former = replace(after: memory)
    let isAskedAgain = state.withLock { state in
      defer { state.isAskedAgain = false }
      state.isLoading = false
      return state.isAskedAgain
    }
    if isAskedAgain { look(isAsked: true) }
    // Last: what comes next need not wait for the end of long answers.
    free(&former)
    mirrorlist_trim_memory()
  }

  /// Loads what there is; the former snapshot where another took its place.
  private func replace(after memory: OverlayMemory) -> Snapshot? {
    let began = Self.milliseconds
    do {
      let loaded = try inputs.load(after: memory, rules: rules)
      for note in loaded.notes { ServerLog.write(note) }
      if let refusal = rules.refusal(of: loaded.snapshot, after: holder.snapshot) {
        refuse(refusal)
        return nil
      }
      let former = holder.replace(with: loaded.snapshot, time: time(nil))
      metrics.countSwap()
      ServerLog.write(
        "swapped to the cache of \(Moment(Int(clamping: loaded.snapshot.time))), loaded in "
          + "\(Self.milliseconds - began) ms: \(loaded.snapshot.counts)")
      state.withLock { $0.memory = loaded.overlays }
      return former
    } catch {
      refuse(SnapshotRefusal(.badFile, "\(error)"))
      // It may be whole the next time.
      if (error as? ComposeError)?.kind == .unavailable { state.withLock { $0.tried = nil } }
      return nil
    }
  }

  private func refuse(_ refusal: SnapshotRefusal) {
    metrics.count(refusal.reason)
    ServerLog.write(
      "kept the cache of \(Moment(Int(clamping: holder.snapshot.time))): \(refusal)")
  }

  /// Frees a snapshot here, not on a thread that answers: waits until no answer is made
  /// from it any more.
  private func free(_ former: inout Snapshot?) {
    for _ in 0..<patience * 100 {
      if isKnownUniquelyReferenced(&former) { break }
      usleep(10_000)
    }
    former = nil
  }

  private static var milliseconds: Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}

extension SnapshotCounts: CustomStringConvertible {
  /// As people read it.
  package var description: String {
    "\(repositories) repositories, \(directories) directories, \(hosts) hosts, "
      + "\(networks) ranges of addresses"
  }
}
