import ComposePlanning
import ReleaseModel
import Testing

@Suite struct PackageDeskTests {
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
              package: $0, nvr: "\($0)-1.0-2", epoch: 0, marker: "/m", text: "Gone.", rpm: "r",
              breaks: nil)
          )
        }), treePath: "/pub/epel/updates/\(id)")
  }

  private func desk(live: [Build]? = nil, blocked: [BlockedEntry]? = nil) throws -> PackageDesk {
    PackageDesk(
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
    let status = try desk().status(of: package)
    #expect(status.state == state)
    #expect(status.committedUntil == until)
    #expect(status.lastTree == tree.map { "/pub/epel/updates/\($0)" })
    if since != nil { #expect(status.since == since) }
  }

  @Test func `live builds are newer than the ledger`() throws {
    let desk = try desk(
      live: [
        Sample.build("alpha", "2.0", marker: "Going."), Sample.build("gamma", "2.0"),
        Sample.build("pi"),
      ], blocked: [BlockedEntry(package: "kappa")])
    #expect(desk.status(of: "alpha").state == .retiring)
    #expect(desk.status(of: "alpha").text == "Going.")
    #expect(desk.status(of: "gamma").state == .live, "a newer build without a marker un-retires")
    #expect(desk.status(of: "pi").state == .live)
    #expect(desk.status(of: "kappa").state == .blocked)
    #expect(desk.packages == ["alpha", "epsilon", "gamma", "kappa", "omega", "pi"])
  }
}
