import ComposePolicy
import ReleaseModel

/// Decides which older versions leave the lists of an updates tree.
package struct RetentionRule: Sendable {
  let retention: Retention
  let order: VersionOrder
  /// Seconds since 1970, by serial of the push.
  let times: [Int: Int]
  /// Seconds since 1970.
  let now: Int

  /// The listed versions of one package that go; never the newest.
  ///
  /// By age, a version goes so many days after a newer one came: until then
  /// users may be on their way from one to the other.
  func leaving(_ versions: [UpdatesState.Version]) -> [UpdatesState.Version] {
    let listed = versions.filter { $0.unlisted == nil }.sorted {
      order.isOlder($1.evr, than: $0.evr)
    }
    switch retention {
    case .all: return []
    case .versions(let count): return Array(listed.dropFirst(count))
    case .days(let days):
      return zip(listed.dropFirst(), listed).filter { _, newer in
        times[newer.push].map { now.subtractingClamped($0) >= days * 86_400 } ?? false
      }.map(\.0)
    }
  }
}
