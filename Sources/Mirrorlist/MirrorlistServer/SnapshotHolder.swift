package import MirrorlistSnapshot
import ReleaseModel

/// The snapshot that answers are made from now: one reference, which is replaced.
package final class SnapshotHolder: Sendable {
  private let held: Guarded<Snapshot>
  private let isCurrentSince: Guarded<Int>

  /// - Parameter time: now, seconds since 1970.
  package init(_ snapshot: Snapshot, time: Int) {
    held = Guarded(snapshot)
    isCurrentSince = Guarded(time)
  }

  /// For one answer: whoever has it may use it to the end.
  package var snapshot: Snapshot { held.withLock { $0 } }

  /// When it was put here, seconds since 1970.
  package var since: Int { isCurrentSince.withLock { $0 } }

  /// Puts another in its place, and returns the former, which is freed when the last
  /// answer from it is done.
  ///
  /// - Parameter time: now, seconds since 1970.
  package func replace(with snapshot: Snapshot, time: Int) -> Snapshot {
    isCurrentSince.withLock { $0 = time }
    return held.withLock { held in
      let former = held
      held = snapshot
      return former
    }
  }
}
