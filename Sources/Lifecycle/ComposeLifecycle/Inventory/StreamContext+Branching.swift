import ComposePolicy
package import ComposeStream
import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// The release that `release` is branched from: the leading one.
  ///
  /// Throws `refused` where no release is leading; where the minor release of `release` is not
  /// the next one of the calendar, or has been composed already; and where all minor releases
  /// have one live tag, so that there is nothing to branch.
  package func formerRelease(branching release: ReleaseID) throws -> ReleaseID {
    func refusal(_ cause: String, _ remedy: String) -> ComposeError {
      ComposeError(.refused, "branch of \(release)", cause, remedy: remedy)
    }
    if let names = policy.koji, !names.liveTag.namesMinorRelease {
      throw refusal(
        "all minor releases of \(policy.stream) have one live tag, \(names.liveTag)",
        "Compose it: epel-compose compose \(release); or name the minor release in 'koji.liveTag' "
          + "of the policy, with {minor}")
    }
    guard let former = try ledger.currentRelease()?.id else {
      throw refusal(
        "no release is leading, from which it could be branched",
        "Compose the first release from its own live tag: epel-compose compose \(release)")
    }
    let known = try ledger.releases().filter {
      // One that is composing was interrupted: the next compose undoes it first.
      $0.id.minorRelease == release.minorRelease && ![.abandoned, .composing].contains($0.state)
    }
    if let known = known.map({ ($0.id, $0.state) }).max(by: { $0.0 < $1.0 }) {
      throw refusal(
        "\(release.minorRelease) is there already: \(known.0) is \(known.1.rawValue)",
        known.1 == .staged || known.1 == .published
          ? "Go on with it, or abandon it first: epel-compose abandon \(known.0)"
          : "Push into it (epel-compose update \(known.0)), or compose from its own live tag: "
            + "epel-compose compose \(release)")
    }
    let next = policy.calendar.first { former.minorRelease < $0.minorRelease }?.minorRelease
    guard next == release.minorRelease else {
      throw refusal(
        next.map { "the calendar has \($0) after \(former.minorRelease), which is leading" }
          ?? "the calendar has no minor release after \(former.minorRelease), which is leading",
        "Correct the release, or 'calendar' of the policy")
    }
    return former
  }
}
