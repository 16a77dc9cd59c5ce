import ComposePlanning
import ReleaseModel
import Testing

@Suite struct PlannerTests {
  @Test func `the first release adds everything`() throws {
    let plan = try Sample.plan(
      "7.06.201903",
      Inventory(buildSystem: "test", builds: [Sample.build("alpha"), Sample.build("beta")]))
    #expect(plan.added.map(\.package) == ["alpha", "beta"])
    #expect(plan.carried.isEmpty && plan.updated.isEmpty && plan.retired.isEmpty)
    #expect(plan.previous == nil)
    #expect(plan.refusals.isEmpty)
    #expect(plan.revision == 1_552_000_000)
    #expect(plan.date == "2019-03-07")
    #expect(plan.steps.count == 5)
    // noarch in four architectures, sources in one repository.
    #expect(plan.trees.map(\.packages) == [10, 10])
    #expect(plan.trees[0].repositories.count == 9)
    #expect(plan.forecast.bytesIfCopied == 4000, "each RPM once, whatever its names")
    #expect(plan.forecast.inodes >= 20 + 18)
  }

  @Test func `a later release carries, updates, adds and retires`() throws {
    let before = [
      Sample.build("alpha"), Sample.build("beta"), Sample.build("gamma"), Sample.build("omega"),
    ]
    let inventory = Inventory(
      buildSystem: "test",
      builds: [
        Sample.build("alpha"), Sample.build("beta", "2.0", epoch: 1),
        Sample.build("gamma", "1.0", "2", marker: "Upstream is gone.\n"), Sample.build("pi"),
      ], current: try Sample.snapshot("7.06.201903", before), revisionFloor: 1_600_000_000)
    let plan = try Sample.plan("7.07.201908", inventory)
    #expect(plan.carried.map(\.package) == ["alpha"])
    #expect(plan.updated.map { "\($0.package) \($0.from) \($0.to)" } == ["beta 1.0-1 1:2.0-1"])
    #expect(plan.added.map(\.package) == ["pi"])
    #expect(plan.retired.map(\.package) == ["gamma"])
    #expect(plan.retired.first?.text == "Upstream is gone.\n")
    #expect(plan.builds.map(\.package) == ["alpha", "beta", "pi"])
    #expect(
      plan.warnings.map(\.code) == ["vanished", "unacknowledged"],
      "omega has gone without a marker, and nobody has agreed to the end of gamma")
    #expect(plan.refusals.map(\.code) == ["vanished-packages"], "one of four is above 1 %")
    #expect(plan.revision == 1_600_000_001, "the revision never goes back")
  }

  @Test func `a marker in any binary RPM retires the package, in the source RPM it does not`()
    throws
  {
    let doc = Sample.build("gamma", arches: ["noarch"], marker: "Gone.").rpms
    let rest = Sample.build("gamma", arches: ["x86_64", "ppc64le", "src"]).rpms
    let build = Build(package: "gamma", evr: doc[0].nevra.evr, rpms: doc + rest)
    let plan = try Sample.plan("7.06.201903", Inventory(buildSystem: "t", builds: [build]))
    #expect(plan.retired.map(\.rpm) == ["gamma-1.0-1.noarch.rpm"])
    #expect(plan.builds.isEmpty)
    #expect(plan.refusals.map(\.code) == ["nothing-live"])
  }

  @Test func `a newer build without the marker brings a package back, with a word`() throws {
    var inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("omicron", "1.0", "3")],
      current: try Sample.snapshot("7.06.201903", [Sample.build("alpha")]))
    inventory.retiredEarlier = ["omicron": try ReleaseID("7.06.201903")]
    let plan = try Sample.plan("7.07.201908", inventory)
    #expect(plan.retired.isEmpty)
    #expect(plan.added.map(\.package) == ["omicron"])
    #expect(plan.warnings.map(\.code).contains("returned"))
  }

  @Test func `a marker that is not doc is a warning`() throws {
    let build = Sample.build("zeta", undocumented: ["/usr/share/zeta/README-RETIRED.txt"])
    let plan = try Sample.plan("7.06.201903", Inventory(buildSystem: "t", builds: [build]))
    #expect(plan.retired.isEmpty)
    #expect(plan.builds.map(\.package) == ["zeta"])
    #expect(plan.warnings.map(\.code) == ["marker-not-doc"])
  }

  @Test(arguments: [RPMSignature.unsigned, .unknownKey(keyID: "ffffffffffffffff")])
  func `an RPM that nobody trusted signed is refused, or with permission a warning`(
    signature: RPMSignature
  ) throws {
    let inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha", signature: signature)])
    let refused = try Sample.plan("7.06.201903", inventory)
    #expect(refused.refusals.count == 2)
    let allowed = try Sample.plan("7.06.201903", inventory, allowUnsigned: true)
    #expect(allowed.refusals.isEmpty)
    #expect(allowed.warnings.count == 2)
    #expect(allowed.allowUnsigned)
  }

  @Test func `a retired package's signature does not matter`() throws {
    let inventory = Inventory(
      buildSystem: "t",
      builds: [
        Sample.build("alpha"), Sample.build("gamma", marker: "Gone.", signature: .unsigned),
      ])
    #expect(try Sample.plan("7.06.201903", inventory).refusals.isEmpty)
  }

  @Test(arguments: ReleaseState.allCases)
  func `only an abandoned or interrupted release can be composed again`(
    state: ReleaseState
  ) throws {
    let inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha")],
      states: [try ReleaseID("7.06.201903"): state])
    let codes = try Sample.plan("7.06.201903", inventory).refusals.map(\.code)
    #expect(codes == (state == .abandoned || state == .composing ? [] : ["exists"]))
  }

  @Test func `a release before the current one is refused`() throws {
    let inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha")],
      current: try Sample.snapshot("7.07.201908", [Sample.build("alpha")]))
    #expect(try Sample.plan("7.06.201903", inventory).refusals.map(\.code) == ["older-release"])
    #expect(try Sample.plan("7.08.202003", inventory).refusals.isEmpty)
  }

  @Test func `going back to an older build is a warning`() throws {
    let inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha", "2.0~rc1")],
      current: try Sample.snapshot("7.06.201903", [Sample.build("alpha", "2.0")]))
    #expect(
      try Sample.plan("7.07.201908", inventory).warnings.map(\.code) == ["older-than-current"])
  }

  @Test func `foreign machines and unknown minor releases are warnings`() throws {
    let inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha", arches: ["x86_64", "s390x", "src"])])
    let plan = try Sample.plan("7.42.203001", inventory)
    #expect(plan.warnings.map(\.code) == ["foreign-arch", "not-in-calendar"])
    #expect(plan.trees[0].packages == 2)
  }

  @Test func `planning the same twice gives the same bytes`() throws {
    let inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha"), Sample.build("gamma", marker: "x")])
    let first = try PlanFile.encode(Sample.plan("7.06.201903", inventory))
    #expect(try PlanFile.encode(Sample.plan("7.06.201903", inventory)) == first)
  }

  @Test func `a build that would be in no repository is left out, with a word`() throws {
    let inventory = Inventory(
      buildSystem: "t",
      builds: [Sample.build("alpha"), Sample.build("s390utils", arches: ["s390x"])])
    let plan = try Sample.plan("7.06.201903", inventory)
    #expect(plan.builds.map(\.package) == ["alpha"])
    #expect(plan.warnings.map(\.code).contains("no-repository"))
  }
}
