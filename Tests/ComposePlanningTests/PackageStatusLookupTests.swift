import ComposePlanning
import ComposeTestSupport
import ReleaseModel
import Testing

@Suite struct PackageStatusLookupTests {
  private func history(
    _ id: String, _ state: ReleaseState, _ builds: [Build], retired: [String] = []
  ) throws -> ReleaseHistory {
    ReleaseHistory(
      release: try ReleaseID(id), state: state, newest: Sample.carried(builds),
      retired: Dictionary(
        uniqueKeysWithValues: retired.map {
          (
            $0,
            RetiredEntry(
              package: $0, nvr: NVR(name: $0, version: "1.0", rpmRelease: "2"), epoch: 0,
              marker: "/m", text: "Gone.", rpm: "r")
          )
        }), treePath: "/pub/epel/updates/\(id)")
  }

  private func makeLookup(live: [Build]? = nil, blocked: [BlockedEntry]? = nil) throws
    -> PackageStatusLookup
  {
    PackageStatusLookup(
      policy: try Sample.policy(),
      history: [
        try history(
          "7.06.201903", .superseded,
          [Sample.build("alpha"), Sample.build("gamma"), Sample.build("omega")],
          retired: ["epsilon"]),
        try history(
          "7.07.201908", .current,
          [Sample.build("alpha"), Sample.build("kappa", marker: "Soon gone.")],
          retired: ["epsilon", "gamma"]),
      ], live: live, blocked: blocked)
  }

  @Test(
    arguments: [
      ("alpha", PackageStatus.State.live, "7.06.201903", "2019-08-06", "7.07.201908"),
      ("kappa", .retiring, "7.07.201908", "2020-03-31", "7.07.201908"),
      ("gamma", .retired, "7.07.201908", nil, "7.06.201903"),
      ("epsilon", .retired, "7.06.201903", nil, nil),
      ("omega", .retired, nil, nil, "7.06.201903"),
      ("nothing", .unknown, nil, nil, nil),
    ] as [(String, PackageStatus.State, String?, String?, String?)])
  func `the ledger alone answers`(
    package: String, state: PackageStatus.State, since: String?, until: String?, tree: String?
  ) throws {
    let status = try makeLookup().status(of: package)
    #expect(status.state == state)
    #expect(status.committedUntil == until)
    #expect(status.lastTree == tree.map { "/pub/epel/updates/\($0)" })
    if since != nil { #expect(status.since == since) }
  }

  @Test func `what its packager said stays when it is blocked, before or after`() throws {
    let lookup = try makeLookup(
      live: [Sample.build("alpha")],
      blocked: [
        BlockedEntry(package: "gamma"), BlockedEntry(package: "kappa"),
        BlockedEntry(package: "alpha"),
        BlockedEntry(package: "omega", nvr: "omega-1.0-2", marker: "/m", text: "Hidden."),
        BlockedEntry(package: "rho"),
      ])
    let gamma = lookup.status(of: "gamma")
    #expect(gamma.state == .retired && gamma.since == "7.07.201908" && gamma.text == "Gone.")
    #expect(gamma.blocked && lookup.status(of: "kappa").text == "Soon gone.")
    let omega = lookup.status(of: "omega")
    #expect(omega.state == .retired && omega.since == "7.07.201908" && omega.text == "Hidden.")
    #expect(lookup.status(of: "rho").state == .blocked, "nobody retired it")
    #expect(lookup.status(of: "alpha").state == .blocked)
    let filter = PackageFilter(states: [.blocked])
    #expect(["gamma", "kappa", "rho"].allSatisfy { filter.takes(lookup.status(of: $0)) })
    #expect(!filter.takes(lookup.status(of: "epsilon")))
  }

  @Test func `live builds are newer than the ledger`() throws {
    let lookup = try makeLookup(
      live: [
        Sample.build("alpha", "2.0", marker: "Going."), Sample.build("gamma", "2.0"),
        Sample.build("pi"),
      ], blocked: [BlockedEntry(package: "kappa")])
    #expect(lookup.status(of: "alpha").state == .retiring)
    #expect(lookup.status(of: "alpha").text == "Going.")
    #expect(lookup.status(of: "gamma").state == .live, "a newer build without a marker un-retires")
    #expect(lookup.status(of: "pi").state == .live)
    #expect(lookup.status(of: "kappa").state == .retiring, "its marker stays, block or not")
    #expect(lookup.status(of: "kappa").blocked)
    #expect(lookup.packages == ["alpha", "epsilon", "gamma", "kappa", "omega", "pi"])
  }

  private func status(
    _ package: String, firstPush: Int? = nil, pushed seconds: Int = 1_558_051_200
  ) throws -> PackageStatus {
    let releases = [
      ReleaseHistory(
        release: try ReleaseID("7.06.201903"), state: .superseded,
        newest: Sample.carried([Sample.build("alpha"), Sample.build("gamma")]), retired: [:],
        treePath: "/a", pushTimes: [1: seconds], firstPush: firstPush.map { ["gamma": $0] } ?? [:]),
      try history(
        "7.07.201908", .current, [Sample.build("alpha")], retired: ["gamma"]),
    ]
    return PackageStatusLookup(policy: try Sample.policy(), history: releases, live: nil)
      .status(of: package)
  }

  @Test func `what leaves with the release that ends its commitment is not early`() throws {
    #expect(try !status("gamma").early)
    #expect(try !status("gamma", firstPush: 1).early)
    #expect(try status("gamma", firstPush: 1, pushed: 1_566_259_200).early, "2019-08-20")
    #expect(try status("alpha").served == ["7.06.201903", "7.07.201908"])
    #expect(try status("alpha").rule == "minor release 7.7")
  }

  @Test func `what came back is committed anew, from its push`() throws {
    let seconds = 1_569_974_400  // 2019-10-02
    let lookup = PackageStatusLookup(
      policy: try Sample.policy(),
      history: [
        try history("7.06.201903", .superseded, [Sample.build("gamma")]),
        ReleaseHistory(
          release: try ReleaseID("7.07.201908"), state: .current,
          newest: Sample.carried([Sample.build("gamma", "2.0")]),
          retired: try history("7.07.201908", .current, [], retired: ["gamma"]).retired,
          treePath: "/b", pushTimes: [3: seconds], firstPush: ["gamma": 3]),
      ], live: nil)
    let status = lookup.status(of: "gamma")
    #expect(status.state == .live)
    #expect(status.returned == "7.07.201908")
    #expect(status.committedSince == "2019-10-02")
    #expect(status.committedUntil == "2020-03-31")
  }

  @Test func `a package that comes back after its release was cut has a history in order`() throws {
    var events = PackageEvents()
    let nvr = { (version: String) in NVR(name: "gamma", version: version, rpmRelease: "1") }
    events.add(try ReleaseID("7.06.201903"), builds: [(nvr("1.0"), 0)], retired: [:])
    events.add(
      try ReleaseID("7.07.201908"), builds: [(nvr("2.0"), 2)], retired: ["gamma": "gamma-1.1-1"])
    events.add(try ReleaseID("7.08.202004"), builds: [(nvr("2.0"), 0)], retired: [:])
    #expect(
      events.events["gamma"]?.map { "\($0.kind) \($0.nvr) \($0.push ?? 0)" } == [
        "added gamma-1.0-1 0", "retired gamma-1.1-1 0", "returned gamma-2.0-1 2",
        "carried gamma-2.0-1 0",
      ])
  }
}
