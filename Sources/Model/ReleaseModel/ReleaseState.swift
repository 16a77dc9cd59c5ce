/// Where a release is in its life.
///
/// `planned → composing → staged → published → current → superseded →
/// archived`, with `abandoned` as the way out before `current`.
package enum ReleaseState: String, Codable, CaseIterable, Sendable {
  /// The ledger and JSON have these very words.
  case composing, staged, published, current, superseded, archived, abandoned
}
