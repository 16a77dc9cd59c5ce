import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import Digests
import Foundation
import ReleaseModel

/// A plan file; one that can be read is sealed anew, so that more of it is reached.
struct PlanTarget: FuzzTarget {
  static let name = "plan"
  private let policy: Policy

  init() throws { policy = try Policy(file: "\(Fixtures.policies)/epel-7.yaml") }

  func seeds() throws -> [[UInt8]] {
    let nevra = NEVRA(
      name: "alpha", evr: EVR(epoch: 1, version: "1.0", rpmRelease: "1"), arch: .noarch)
    let rpm = RPMFile(
      path: "/pool/alpha-1.0-1.noarch.rpm", nevra: nevra, sourceRPM: "alpha-1.0-1.src.rpm",
      size: 1234, sha256: Checksum(of: [1]), buildTime: 1_552_000_000,
      signature: .expiredKey(keyID: "0123456789abcdef", since: 1_500_000_000), marker: nil,
      undocumentedMarkers: [])
    let build = Build(package: "alpha", evr: nevra.evr, rpms: [rpm])
    let inventory = Inventory(buildSystem: "a directory", builds: [build])
    let plan = try Planner(policy: policy, order: Self.order).plan(
      try ReleaseID("7.06.201903"), from: inventory, allowUnsigned: true)
    return [try PlanFile.encode(plan)]
  }

  func run(_ input: [UInt8]) throws {
    _ = try? PlanFile.decode(input, file: "plan.json")
    let plan = try JSONDecoder().decode(Plan.self, from: Data(input))
    _ = try PlanFile.decode(PlanFile.encode(plan), file: "plan.json")
  }

  private static let order = VersionOrder { lhs, rhs in
    lhs.description < rhs.description ? -1 : lhs.description == rhs.description ? 0 : 1
  }
}
