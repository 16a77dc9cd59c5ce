import ComposePlanning
import ReleaseModel
import Testing

/// What a plan says of resolved dependencies: owners, and waivers.
@Suite struct BlastPlanTests {
  private static func package(_ name: String) -> BinaryPackage {
    BinaryPackage(
      nevra: NEVRA(name: name, evr: EVR(version: "1.0", rpmRelease: "1"), arch: .noarch),
      package: name)
  }

  private func inventory() -> Inventory {
    var inventory = Inventory(
      buildSystem: "directory /pool",
      builds: [
        Sample.build("gamma", marker: "Gone."), Sample.build("iota"),
      ])
    let gamma = Self.package("gamma")
    let broken = BrokenPackage(
      rpm: Self.package("iota"), cause: .unprovided(requirement: "gamma", formerly: [gamma]),
      missing: [gamma])
    inventory.dependencies = DependencyResolution(broken: [Architecture("x86_64"): [broken]])
    inventory.owners = ["iota": "alice"]
    return inventory
  }

  @Test func `owners are named where the build system knows them`() throws {
    let plan = try Sample.plan("7.06.201903", inventory())
    #expect(plan.retired.first?.breaks == ["iota"])
    #expect(plan.retired.first?.breakage?.first?.owner == "alice")
    #expect(plan.warnings.contains { $0.code == "newly-broken" && $0.package == "iota" })
  }

  @Test func `without resolved dependencies nothing is said to break or not`() throws {
    var inventory = inventory()
    inventory.dependencies = nil
    #expect(try Sample.plan("7.06.201903", inventory).retired.first?.breaks == nil)
  }
}
