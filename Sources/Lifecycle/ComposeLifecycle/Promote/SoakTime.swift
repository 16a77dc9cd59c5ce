import ComposePolicy
package import ComposeStream
package import ReleaseLedger
import ReleaseModel

/// How long mirrors have time to fetch a published release: its trees since they were published,
/// and what was pushed into it meanwhile by a time of its own. A push does not begin the soak
/// time of the rest anew.
package struct SoakTime: Hashable, Sendable {
  /// When it is over, seconds since 1970.
  package let end: Int
  /// When mirrors could have the newest of it, seconds since 1970.
  package let newest: Int
  /// What is not with mirrors for long enough until then, as the end of a sentence.
  let cause: String
}

extension StreamContext {
  /// The soak time of `record`, which is published.
  package func soakTime(of record: ReleaseRecord) throws -> SoakTime {
    let clocks = policy.clocks
    let end = record.since.addingClamped(clocks.soak.seconds)
    let newest = try ledger.pushes(of: record.id).filter { $0.at >= record.since }
      .max { $0.at < $1.at }
    let pushEnd = newest?.at.addingClamped(clocks.pushSoak.seconds) ?? end
    guard let newest, pushEnd > end else {
      return SoakTime(
        end: end, newest: max(record.since, newest?.at ?? 0),
        cause: "mirrors have had it for less than the soak time of \(clocks.soak)")
    }
    return SoakTime(
      end: pushEnd, newest: newest.at,
      cause: "mirrors have had push \(newest.serial) for less than the soak time of pushes, "
        + "\(clocks.pushSoak)")
  }
}
