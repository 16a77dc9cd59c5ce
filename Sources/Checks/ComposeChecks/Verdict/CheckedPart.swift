import ComposePolicy
import ReleaseLedger
package import ReleaseModel

/// Which trees of a release are checked together: what is wrong with what is tested never stands
/// in the way of what users get.
package enum CheckedPart: Hashable, Sendable {
  /// What users get.
  case stable
  /// What those get who test; users have it beside the other trees.
  case testing

  /// The part that a tree of `area` belongs to.
  package init(of area: Area) { self = area.isStable ? .stable : .testing }

  /// Its trees.
  func trees(of record: ReleaseRecord) -> [TreeRecord] {
    record.trees.filter { CheckedPart(of: $0.name.area) == self }
  }

  /// Checks that it is asked for. What is tested has no release before it that it could be
  /// compared with: builds come and go as packagers decide.
  var checks: Set<CheckName> {
    switch self {
    case .stable: Set(CheckName.allCases)
    case .testing: Set(CheckName.allCases).subtracting([.upgradePath, .vanish, .contents])
    }
  }
}
