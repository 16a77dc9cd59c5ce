package import ReleaseModel
import Yams

extension Policy {
  /// `calendar`: when a minor release of Enterprise Linux came or will come.
  package struct CalendarEntry: Hashable, Sendable, PolicySection {
    /// Of the policy's own major version.
    package let minorRelease: MinorRelease
    /// The day it came; the expected day while ``isPlanned``.
    package let date: CalendarDate
    /// Whether the date may still change; commitments count from dates either
    /// way.
    package let isPlanned: Bool
    /// How long its release gets pushes once it is not the leading one any more; nil: it gets
    /// none.
    package let end: MaintenanceEnd?

    static let keys: [PolicyKeys.Key] = [
      .init("calendar", "minor releases of Enterprise Linux and their dates", or: "none"),
      .init("calendar.*", "date (YYYY-MM-DD), or a mapping with `date`, `planned` and `ends`"),
      .init("calendar.*.date", "date (YYYY-MM-DD)"),
      .init("calendar.*.planned", "`true` while the date is only expected", or: "false"),
      .init(
        "calendar.*.ends",
        "the last day on which its release gets pushes once a later one is current, or `next`: "
          + "until the next minor release comes", or: "it gets none then"),
    ]
  }

  /// When the maintenance of a minor release ends.
  package enum MaintenanceEnd: Hashable, Sendable, CustomStringConvertible {
    /// Its last day.
    case on(CalendarDate)
    /// The day on which the next minor release comes is the first without it.
    case next

    /// As the policy has it.
    package var description: String {
      switch self {
      case .on(let day): day.description
      case .next: "next"
      }
    }
  }
}

extension Policy.CalendarEntry {
  /// Decodes `calendar`; sorted by minor release.
  static func decode(_ node: PolicyNode?, major: Int) throws -> [Self] {
    guard let node else { return [] }
    let entries = try node.members().map { key, value -> Self in
      guard let id = try? ReleaseID(key), id.month == nil, id.major == major else {
        throw value.problem(
          "'\(key)' is not a minor release of \(major)", remedy: "Write it as \"\(major).6\"")
      }
      let isMapping = value.node.mapping != nil
      let dateNode = isMapping ? try value.required("date") : value
      guard let date = CalendarDate(try dateNode.text()) else {
        throw dateNode.problem(
          "'\(try dateNode.text())' is not a date", remedy: "Write YYYY-MM-DD, a day that exists")
      }
      let planned = isMapping ? try value.optional("planned")?.flag() ?? false : false
      let end = isMapping ? try value.optional("ends").map { try Self.end($0, after: date) } : nil
      return Self(minorRelease: id.minorRelease, date: date, isPlanned: planned, end: end)
    }.sorted { $0.minorRelease < $1.minorRelease }
    for (earlier, later) in zip(entries, entries.dropFirst()) where later.date < earlier.date {
      throw node.problem(
        "\(later.minorRelease) is dated before \(earlier.minorRelease)",
        remedy: "Correct one of the dates")
    }
    return entries
  }

  private static func end(
    _ node: PolicyNode, after date: CalendarDate
  ) throws -> Policy.MaintenanceEnd {
    let text = try node.text()
    if text == Policy.MaintenanceEnd.next.description { return .next }
    guard let day = CalendarDate(text) else {
      throw node.problem(
        "'\(text)' is neither a date nor 'next'",
        remedy: "Write YYYY-MM-DD, a day that exists, or next")
    }
    guard date <= day else {
      throw node.problem(
        "it ends on \(day), before it comes on \(date)", remedy: "Correct one of the dates")
    }
    return .on(day)
  }

  static func node(_ entries: [Self]) -> Node {
    Node(
      entries.map { entry in
        let date = Node(entry.date.description)
        let more =
          (entry.isPlanned ? [pair("planned", Node("true"))] : [])
          + (entry.end.map { [pair("ends", Node($0.description))] } ?? [])
        return pair(
          entry.minorRelease.description, more.isEmpty ? date : Node([pair("date", date)] + more))
      })
  }
}
