/// What a release that users have or had still gets, by the calendar of its stream.
///
/// A release that nobody had yet (composing, staged, published) or that was dropped has none.
package enum ReleaseStanding: String, Codable, CaseIterable, Sendable {
  /// Links lead to it, and it gets pushes: the newest.
  case leading
  /// A later one is leading, and it gets pushes all the same.
  case maintained
  /// A later one took its place, and it gets nothing any more.
  case superseded
  /// Its time is over, by the calendar or because it was ended.
  case ended

  /// Whether pushes go into it.
  package var getsPushes: Bool { self == .leading || self == .maintained }
}
