/// Where a release is in its life.
///
/// `planned → composing → staged → published → current → superseded →
/// archived`, with `abandoned` as the way out before `current`. The ledger and
/// JSON have the raw values.
package enum ReleaseState: String, Codable, CaseIterable, Sendable {
  /// Its compose has begun and is not done.
  case composing
  /// Its trees are complete below the staging root.
  case staged
  /// Its trees are at their public paths; links do not lead there yet.
  case published
  /// Links lead to it.
  case current
  /// A later release was promoted.
  case superseded
  /// Its trees are below the archive root as well, or only there.
  case archived
  /// It was dropped; it can be composed again.
  case abandoned
}
