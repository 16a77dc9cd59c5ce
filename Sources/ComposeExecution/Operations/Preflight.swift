import ComposePlanning
import ComposePolicy
import DurableFiles
import ReleaseModel

/// Looks whether a compose can succeed, before the first change.
struct Preflight {
  let site: Site

  /// Throws `cannotCreate` where a name is taken, `inputOutput` where space
  /// or inodes are short.
  func check(_ plan: Plan) throws {
    for tree in plan.trees {
      for root in [site.locations.staging, site.locations.public] {
        guard let directory = try Directory.openIfPresent(root: root),
          try directory.status(of: tree.path) != nil
        else { continue }
        throw ComposeError(
          .cannotCreate, "\(root)/\(tree.path)", "something is there that the ledger does not know",
          remedy: "Look at it, and move it away")
      }
    }
    try checkSpace(plan)
  }

  private func checkSpace(_ plan: Plan) throws {
    let staging = try Directory.openNearest(to: site.locations.staging)
    let rpms = plan.builds.flatMap(\.rpms)
    guard let first = rpms.first else { return }
    let pool = String(first.path[..<(first.path.lastIndex(of: "/") ?? first.path.startIndex)])
    let isLinkable = try Directory.openNearest(to: pool).isOnSameDevice(as: staging)
    let bytes = (isLinkable ? 0 : rpms.reduce(0) { $0 + $1.size }) + SpaceCheck.reserve
    let overhead = plan.trees.reduce(0) { $0 + $1.repositories.count * 64 }
    let inodes = (isLinkable ? 0 : rpms.count) + overhead
    try SpaceCheck.require(
      bytes: bytes, inodes: inodes, in: staging, site.locations.staging)
  }
}
