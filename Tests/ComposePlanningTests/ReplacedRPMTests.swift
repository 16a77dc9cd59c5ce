import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseModel
import Testing

/// One name with two contents: who did it, and what a plan makes of it.
@Suite struct ReplacedRPMTests {
  private func rpm(
    _ name: String = "beta", key: String?, payload: String?, built: Int = 1_552_000_000
  ) throws -> RPMFile {
    let nevra = NEVRA(
      name: name, evr: EVR(epoch: 0, version: "1.0", rpmRelease: "1"), arch: .noarch)
    return RPMFile(
      path: "/pool/\(nevra.fileName)", nevra: nevra, sourceRPM: "beta-1.0-1.src.rpm", size: 1,
      sha256: Checksum(digest: Array(repeating: 7, count: 32)), buildTime: built,
      signature: key.map { .trusted(keyID: $0) } ?? .unsigned, marker: nil,
      undocumentedMarkers: [], payloadHash: payload)
  }

  private func replaced(_ new: RPMFile, _ old: RPMFile) -> ReplacedRPM {
    ReplacedRPM(new, package: "beta", replacing: old)
  }

  @Test func `the digest of header and payload tells a new signature from a new build`() throws {
    let old = try rpm(key: "aaaa", payload: "11")
    let signed = replaced(try rpm(key: "bbbb", payload: "11", built: 1), old)
    #expect(signed.cause == .signedAgain(from: "aaaa", to: "bbbb"))
    let built = replaced(try rpm(key: "aaaa", payload: "22"), old)
    #expect(built.cause == .builtAgain)
    // Where a file has none, the build time tells.
    #expect(
      replaced(try rpm(key: nil, payload: nil), old).cause == .signedAgain(from: "aaaa", to: nil))
    #expect(replaced(try rpm(key: "aaaa", payload: nil, built: 1), old).cause == .builtAgain)
  }

  private func inventory(live: Build, current: Build) throws -> Inventory {
    var inventory = Inventory(
      buildSystem: "t", builds: [live], current: try Sample.snapshot("7.06.201903", [current]))
    inventory.replaced = [
      replaced(try rpm(key: "bbbb", payload: "11"), try rpm(key: "aaaa", payload: "11"))
    ]
    return inventory
  }

  @Test func `a plan refuses it, and a waiver of the package or of all lets it pass`() throws {
    let inventory = try inventory(live: Sample.build("beta"), current: Sample.build("beta"))
    let plan = try Sample.plan("7.07.201908", inventory)
    #expect(plan.refusals.map(\.code) == ["re-signed"])
    #expect(plan.refusals.first?.message.contains("bbbb") == true)
    #expect(plan.refusals.first?.message.contains("aaaa") == true)
    for package in ["beta", "\"*\""] {
      let text = try String(contentsOfFile: "\(Fixtures.policies)/epel-7.yaml", encoding: .utf8)
      let waived = try Planner(
        policy: Policy(
          text: text
            + "\nwaivers: [{check: contents, package: \(package), reason: x, until: \"7.7\"}]\n",
          file: "p.yaml"), order: .rpm
      ).plan(ReleaseID("7.07.201908"), from: inventory, allowUnsigned: false)
      #expect(waived.refusals.isEmpty && waived.warnings.map(\.code) == ["waived"])
    }
  }

  @Test func `a push that has it is refused; what it leaves alone is told`() throws {
    func push(_ inventory: Inventory) throws -> PushPlan {
      try Planner(policy: Sample.policy(), order: .rpm)
        .push(from: inventory, now: 0, allowUnsigned: false)
    }
    let pushed = try push(
      inventory(live: Sample.build("beta"), current: Sample.build("beta", "0.9")))
    #expect(pushed.refusals.map(\.code) == ["re-signed"])
    let left = try push(inventory(live: Sample.build("beta"), current: Sample.build("beta")))
    #expect(left.refusals.isEmpty && left.isEmpty)
    #expect(left.warnings.map(\.code) == ["re-signed"])
  }
}
