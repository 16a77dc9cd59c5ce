import ComposePolicy
import ReleaseModel

/// Compares the month in the name of a release with the releases before it, the
/// calendar and the clock: lifetimes count from it.
struct ReleaseMonth {
  private let release: ReleaseID
  private let month: Int?
  private let policy: Policy

  init(of release: ReleaseID, policy: Policy) {
    self.release = release
    month = release.month
    self.policy = policy
  }

  /// A month before that of an earlier minor release would let lifetimes end
  /// before they began.
  ///
  /// - Parameter states: of all releases of the stream; abandoned ones do not
  ///   count.
  func refusals(_ states: [ReleaseID: ReleaseState]) -> [Finding] {
    guard let month else { return [] }
    let others = states.filter { $0.value != .abandoned && $0.key != release }.keys
    let before = others.filter { $0 < release }.max { ($0.month ?? 0) < ($1.month ?? 0) }
    let after = others.filter { release < $0 }.min { ($0.month ?? month) < ($1.month ?? month) }
    if let before, let earlier = before.month, month < earlier {
      return [
        Finding(
          code: "month-goes-back",
          message: "\(release) is of \(Self.text(month)), but \(before), which comes before it, "
            + "of \(Self.text(earlier))",
          remedy: "Write the month in which it is cut: \(Self.text(earlier)) or later")
      ]
    }
    if let after, let later = after.month, month > later {
      return [
        Finding(
          code: "month-goes-back",
          message: "\(release) is of \(Self.text(month)), but \(after), which comes after it, "
            + "of \(Self.text(later))",
          remedy: "Choose a release after \(after)")
      ]
    }
    return []
  }

  /// - Parameter now: seconds since 1970; nil where nobody looked.
  func warnings(now: Int?) -> [Finding] {
    guard let month else { return [] }
    return [farFromCalendar(month), now.flatMap { inFuture(month, now: $0) }].compactMap { $0 }
  }

  private func farFromCalendar(_ month: Int) -> Finding? {
    let entries = policy.calendar
    guard let index = entries.firstIndex(where: { $0.minorRelease == release.minorRelease })
    else { return nil }
    func finding(_ cause: String) -> Finding {
      Finding(
        code: "month-not-in-calendar",
        message: "\(release) is of \(Self.text(month)), but \(cause)",
        remedy: "Correct the month, or 'calendar': lifetimes count from it")
    }
    let entry = entries[index]
    if month < Self.month(of: entry.date) {
      return finding(
        "\(entry.minorRelease) \(entry.isPlanned ? "is planned for" : "came on") \(entry.date)")
    }
    guard index + 1 < entries.count else { return nil }
    let next = entries[index + 1]
    guard month > Self.month(of: next.date) else { return nil }
    return finding(
      "\(next.minorRelease) \(next.isPlanned ? "is planned for" : "came on") \(next.date)")
  }

  /// A cut of next month is prepared ahead; more is a slip of the pen.
  private func inFuture(_ month: Int, now: Int) -> Finding? {
    let today = CalendarDate(secondsSince1970: now)
    guard month > Self.month(of: today.adding(months: 1)) else { return nil }
    return Finding(
      code: "month-in-future",
      message: "\(release) is of \(Self.text(month)), and today is \(today)",
      remedy: "Correct the month: lifetimes count from it")
  }

  private static func month(of date: CalendarDate) -> Int { date.year * 100 + date.month }

  /// `2019-08`.
  private static func text(_ month: Int) -> String {
    "\(month / 100)-" + (month % 100 < 10 ? "0" : "") + "\(month % 100)"
  }
}
