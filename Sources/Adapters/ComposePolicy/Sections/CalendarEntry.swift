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

    static let keys: [PolicyKeys.Key] = [
      .init("calendar", "minor releases of Enterprise Linux and their dates", or: "none"),
      .init("calendar.*", "date (YYYY-MM-DD), or a mapping with `date` and `planned`"),
      .init("calendar.*.date", "date (YYYY-MM-DD)"),
      .init("calendar.*.planned", "`true` while the date is only expected", or: "false"),
    ]
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
      return Self(minorRelease: id.minorRelease, date: date, isPlanned: planned)
    }.sorted { $0.minorRelease < $1.minorRelease }
    for (earlier, later) in zip(entries, entries.dropFirst()) where later.date < earlier.date {
      throw node.problem(
        "\(later.minorRelease) is dated before \(earlier.minorRelease)",
        remedy: "Correct one of the dates")
    }
    return entries
  }

  static func node(_ entries: [Self]) -> Node {
    Node(
      entries.map { entry in
        let date = Node(entry.date.description)
        return pair(
          entry.minorRelease.description,
          entry.isPlanned ? Node([pair("date", date), pair("planned", Node("true"))]) : date)
      })
  }
}
