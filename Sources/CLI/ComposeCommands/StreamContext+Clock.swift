import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// The soak or grace time that runs, in words; nil where none does.
  func clock(of record: ReleaseRecord) throws -> String? {
    switch record.state {
    case .published:
      if let late = lateCarries(of: record) {
        return "needs 'mirrors prepare' (\(late.files.counted("late file"))), then soaks "
          + "\(policy.clocks.soak)"
      }
      let soak = try soakTime(of: record)
      // Nobody could have fetched it.
      if try !untoldModules(since: soak.newest).isEmpty {
        return "soaks \(policy.clocks.soak) once mirrors are told"
      }
      let ready = soak.end
      return time.now < ready ? "soaks until \(Moment(ready))" : "has soaked"
    case .archived
    where try record.trees.contains { $0.place == .public }
      && !ledger.endings().contains { $0.done?.release == record.id }:
      let ready = record.since.addingClamped(policy.clocks.grace.seconds)
      return time.now < ready
        ? "original stays until \(Moment(ready))" : "original can be removed"
    default: return nil
    }
  }
}
