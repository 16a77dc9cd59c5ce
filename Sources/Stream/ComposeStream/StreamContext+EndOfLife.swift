import ComposePolicy
import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// Today, in UTC.
  package var today: CalendarDate { CalendarDate(secondsSince1970: time.now) }

  /// The end of life whose day has come and that covers `release`; that of the stream before
  /// its own. Nil where it gets what others get.
  ///
  /// - Parameter release: nil to ask for the stream alone.
  package func ending(of release: ReleaseID?) throws -> EndOfLife? {
    try ledger.endings().first { ending in
      ending.hasCome(on: today)
        && (ending.subject == nil || release.map(ending.covers) ?? false)
    }
  }

  /// Throws `refused` where the stream or `release` has ended: nothing is composed, promoted
  /// or pushed any more.
  ///
  /// - Parameter release: one that is, or shall be; nil to ask for the stream alone.
  package func requireNotEnded(_ release: ReleaseID?) throws {
    guard let ending = try ending(of: release) else { return }
    let name = ending.subject.map(\.description) ?? String(policy.major)
    let undo = "Take that back with: " + commands.commandLine("end \(name) --undo")
    let remedy: String
    switch status(of: ending).state {
    case .planned, .due: remedy = undo
    case .ended:
      remedy = undo + (status(of: ending).undoUntil.map { ", which can be done until \($0)" } ?? "")
    case .over, .closed:
      remedy = "Nothing comes after it; its last packages are in the archive"
    }
    throw ComposeError(
      .refused, ending.subject.map { "release \($0)" } ?? policy.stream,
      "it ended on \(ending.day): nothing is composed, promoted and pushed any more",
      remedy: remedy)
  }

  /// When the grace time of an end ends, seconds since 1970; nil before it is carried out.
  package func graceEnd(of ending: EndOfLife) -> Int? {
    ending.done.map { $0.at.addingClamped(policy.clocks.endGrace.seconds) }
  }

  /// How far an end of life is.
  package func status(of ending: EndOfLife) -> EndStatus {
    let end = graceEnd(of: ending)
    let state: EndStatus.State =
      if let done = ending.done, let end {
        done.isClosed ? .closed : time.now < end ? .ended : .over
      } else {
        ending.hasCome(on: today) ? .due : .planned
      }
    return EndStatus(
      day: ending.day.description, state: state,
      undoUntil: state == .ended ? end.map { Moment($0) } : nil)
  }

  /// The first day without updates; nil where no end of the stream was decided.
  package func endDay() throws -> CalendarDate? {
    try ledger.endings().first { $0.subject == nil }?.day
  }

  /// How the end of the stream is; nil where none was decided.
  package func endStatus() throws -> EndStatus? {
    try ledger.endings().first { $0.subject == nil }.map(status)
  }
}
