import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// The soak or grace time that runs, in words; nil where none does.
  func clock(of record: ReleaseRecord) -> String? {
    switch record.state {
    case .published:
      let ready = record.since.addingClamped(policy.clocks.soak.seconds)
      return time.now < ready ? "soaks until \(Moment(ready))" : "has soaked"
    case .archived where record.trees.contains { $0.place == .public }:
      let ready = record.since.addingClamped(policy.clocks.grace.seconds)
      return time.now < ready
        ? "original stays until \(Moment(ready))" : "original can be removed"
    default: return nil
    }
  }
}
