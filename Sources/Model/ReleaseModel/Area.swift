/// One of the kinds of tree that a release may have.
package enum Area: String, Codable, CaseIterable, Comparable, Sendable {
  /// Frozen the day it is cut.
  case releases
  /// Starts as the release and grows with every push.
  case updates
  /// What waits to become stable: it has what its tag has, and no more.
  case testing

  /// Whether users get what is in it without asking for more: all but ``testing``.
  package var isStable: Bool { self != .testing }

  private var rank: Int {
    switch self {
    case .releases: 0
    case .updates: 1
    case .testing: 2
    }
  }

  /// `releases` before `updates`, and what is not stable last.
  package static func < (lhs: Area, rhs: Area) -> Bool { lhs.rank < rhs.rank }
}
