import ComposePlanning
import ComposeTestSupport
import ReleaseModel
import Testing

/// What a hub says besides builds, in a plan.
@Suite struct HubPlanTests {
  private func codes(_ findings: [Finding]) -> [String] {
    findings.map(\.code).filter { BlockContradiction.codes.contains($0) }
  }

  @Test func blocksAndMarkersThatAgree() throws {
    var inventory = Inventory(
      buildSystem: "hub", builds: [Sample.build("alpha")],
      blocked: [
        BlockedEntry(package: "beta", nvr: "beta-1.0-1", marker: "/usr/share/doc/README-RETIRED"),
        BlockedEntry(package: "never-built"), BlockedEntry(package: "long-gone"),
      ])
    inventory.retiredEarlier["long-gone"] = try ReleaseID("7.05.201804")
    #expect(try codes(Sample.plan("7.06.201903", inventory).warnings) == [])
  }

  @Test func blocksAndMarkersThatDoNot() throws {
    let inventory = Inventory(
      buildSystem: "hub",
      builds: [Sample.build("alpha"), Sample.build("gamma", marker: "It goes.")],
      blocked: [BlockedEntry(package: "beta", nvr: "beta-1.0-1"), BlockedEntry(package: "delta")],
      current: try Sample.snapshot("7.05.201804", [Sample.build("delta")]))
    let warnings = try Sample.plan("7.06.201903", inventory).warnings
    #expect(
      codes(warnings) == ["marker-without-block", "block-without-marker", "block-without-marker"])
    #expect(warnings.contains { $0.message.contains("delta-1.0-1 has no marker") })
  }

  @Test func `a block does not hide that a marker retires`() throws {
    var inventory = Inventory(
      buildSystem: "hub", builds: [Sample.build("alpha")],
      blocked: [
        BlockedEntry(
          package: "gamma", nvr: "gamma-1.0-2", marker: "/m", text: "It goes.", rpm: "g.rpm",
          epoch: 3),
        BlockedEntry(package: "omega"), BlockedEntry(package: "sigma"),
      ],
      current: try Sample.snapshot(
        "7.06.201903",
        [
          Sample.build("alpha"), Sample.build("gamma"),
          Sample.build("omega", marker: "It went to RHEL."), Sample.build("sigma"),
        ]))
    inventory.blockedBefore = []
    let plan = try Sample.plan("7.07.201908", inventory)
    #expect(plan.departing.map(\.package) == ["gamma", "omega"])
    #expect(plan.departing.map(\.text) == ["It goes.", "It went to RHEL."])
    #expect(plan.departing.map(\.nvr) == ["gamma-1.0-2", "omega-1.0-1"])
    #expect(plan.departing.first?.epoch == 3 && plan.departing.first?.rpm == "g.rpm")
    let asked = plan.warnings.first { $0.code == "unacknowledged" }
    #expect(asked?.message.hasSuffix("gamma, omega") == true)
    #expect(codes(plan.warnings) == ["block-without-marker"], "sigma has no marker")
    #expect(plan.blocked.count == 3)
  }

  @Test func `blocks without news are one line, new ones are told`() throws {
    let names = (1...12).map { "blocked\($0)" } + ["fresh"]
    var inventory = Inventory(
      buildSystem: "hub", builds: [Sample.build("alpha")],
      blocked: names.map { BlockedEntry(package: $0, nvr: NVR("\($0)-1-1")) },
      current: try Sample.snapshot("7.06.201903", [Sample.build("alpha")]))
    inventory.blockedBefore = Set(names.dropLast() + ["free"])
    let plan = try Sample.plan("7.07.201908", inventory)
    #expect(plan.blocked.filter { $0.isNew == true }.map(\.package) == ["fresh"])
    #expect(plan.unblocked == ["free"])
    #expect(
      plan.warnings.filter { $0.code == "block-without-marker" }.map(\.message) == [
        "fresh is blocked in the build system, but fresh-1-1 has no marker",
        "12 packages are blocked without a marker, as before",
      ])
    inventory.blockedBefore = nil
    #expect(try Sample.plan("7.07.201908", inventory).blocked.allSatisfy { $0.isNew == true })
  }

  @Test func `a release behind one that was rolled back is told`() throws {
    var inventory = Inventory(
      buildSystem: "hub", builds: [Sample.build("alpha", "1.5"), Sample.build("beta")],
      current: try Sample.snapshot("7.06.201903", [Sample.build("alpha"), Sample.build("beta")]))
    let left = try Sample.snapshot("7.07.201908", [Sample.build("alpha", "2.0")])
    inventory.others = [OtherRelease(left, wasCurrent: true)]
    func told(_ id: String) throws -> [String] {
      try Sample.plan(id, inventory).warnings.filter { $0.code == "older-than-rolled-back" }
        .compactMap(\.package)
    }
    #expect(try told("7.08.202004") == ["alpha"])
    inventory.others = [OtherRelease(left, wasCurrent: false)]
    #expect(try told("7.08.202004") == [])
  }

  /// A directory of RPMs knows no blocks: that is no contradiction.
  @Test func whoKnowsNoBlocks() throws {
    let inventory = Inventory(
      buildSystem: "directory",
      builds: [Sample.build("alpha"), Sample.build("gamma", marker: "It goes.")])
    #expect(try codes(Sample.plan("7.06.201903", inventory).warnings) == [])
  }

  @Test func whatElseIsInTheComposeTag() throws {
    var inventory = Inventory(buildSystem: "hub", builds: [Sample.build("alpha")])
    inventory.composeTagBuilds = [NVR(name: "alpha", version: "1.0", rpmRelease: "1")]
    #expect(try Sample.plan("7.06.201903", inventory).refusals.isEmpty)
    inventory.composeTagBuilds.append(NVR(name: "beta", version: "1", rpmRelease: "1"))
    #expect(try Sample.plan("7.06.201903", inventory).refusals.map(\.code) == ["tagged-too"])
  }

  @Test func theEventIsShownButIsNoDrift() throws {
    var inventory = Inventory(buildSystem: "hub", builds: [Sample.build("alpha")])
    inventory.event = BuildSystemEvent(id: 7, time: 1_552_000_000)
    let before = try Sample.plan("7.06.201903", inventory)
    inventory.event = BuildSystemEvent(id: 8, time: 1_552_000_001)
    let after = try Sample.plan("7.06.201903", inventory)
    #expect(before.event?.id == 7 && before.digest == after.digest)
    #expect(PlanDrift.between(saved: before, now: after).isEmpty)
  }

  @Test func whatTheHubKnowsOfASignature() throws {
    let build = Sample.build("alpha")
    let name = build.rpms[0].nevra.fileName
    var inventory = Inventory(buildSystem: "hub", builds: [build])
    inventory.signatureFindings[name] = Finding(code: "no-signed-copy", message: name, remedy: "-")
    #expect(
      try Sample.plan("7.06.201903", inventory).refusals.contains { $0.code == "no-signed-copy" })
  }

  @Test func pendingBuildsAge() {
    let day = 86_400
    let entry = PendingEntry(
      package: "a", nvr: "a-1-1", tag: "t", since: 1_552_000_000, now: 1_552_000_000 + 3 * day - 1)
    #expect(entry.since == "2019-03-07" && entry.days == 2)
    #expect(PendingEntry(package: "a", nvr: "a-1-1", tag: "t").days == nil)
  }
}
