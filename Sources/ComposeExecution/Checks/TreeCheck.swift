import ReleaseLedger
import ReleaseModel

/// One thing that must hold of a tree before a release can be promoted.
///
/// To add one: a file of its own here, and a line in ``TreeCheckRunner``;
/// CONTRIBUTING.md walks through it.
protocol TreeCheck: Sendable {
  /// Stable name, as in reports.
  var name: String { get }

  /// What is wrong; empty where the check passes. Pure.
  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding]
}

/// What the ledger recorded of the release that is checked.
struct CheckedRelease {
  let record: ReleaseRecord
  /// NVRs of every build that it carries, pushes included.
  let builds: Set<String>
  /// NVRs of the builds that each area must have.
  let expected: [Area: Set<String>]
}
