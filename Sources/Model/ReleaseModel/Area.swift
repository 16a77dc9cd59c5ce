/// One of the two kinds of tree that a release has.
package enum Area: String, Codable, CaseIterable, Comparable, Sendable {
  /// Frozen the day it is cut.
  case releases
  /// Starts as the release and grows with every push.
  case updates

  /// By name: `releases` before `updates`.
  package static func < (lhs: Area, rhs: Area) -> Bool {
    lhs.rawValue < rhs.rawValue
  }
}
