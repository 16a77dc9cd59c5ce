import Advisories
import ReleaseModel
import Testing

@Suite struct AdvisorySelectionTests {
  private func advisory(
    _ id: String, _ builds: [String], title: String = "t", issued: Int = 100, updated: Int? = nil
  ) -> Advisory {
    Advisory(
      id: id, title: title, kind: .bugfix, issued: issued, updated: updated, builds: builds)
  }

  private let listed: Set<NVR> = [
    NVR(name: "beta", version: "1.0", rpmRelease: "1.el9"),
    NVR(name: "gamma-libs", version: "2", rpmRelease: "3.el9"),
  ]

  @Test func `advisories of the tree's builds, with only those`() throws {
    let selection = try AdvisorySelection(
      directory: [advisory("D-1", ["beta-1.0-1.el9", "beta-1.0-2.el9", "alpha-1-1.el9"])],
      bodhi: [
        advisory("B-1", ["gamma-libs-2-3.el9", "beta-1.0-1.el9"]),
        advisory("B-2", ["beta-1.0-2.el9"]),
      ], listed: listed)
    #expect(selection.advisories.map(\.id) == ["B-1", "D-1"])
    #expect(
      selection.advisories.map(\.builds) == [
        ["beta-1.0-1.el9", "gamma-libs-2-3.el9"], ["beta-1.0-1.el9"],
      ])
    #expect(selection.findings.isEmpty)
  }

  @Test func `a tree without builds has no advisories`() throws {
    let selection = try AdvisorySelection(
      directory: [advisory("D-1", ["beta-1.0-1.el9"])], bodhi: [], listed: [])
    #expect(selection.advisories.isEmpty)
  }

  @Test func `the order is that of issue, then of ids, whatever the sources' order`() throws {
    let advisories = [
      advisory("C", ["beta-1.0-1.el9"], issued: 50), advisory("b", ["beta-1.0-1.el9"]),
      advisory("B", ["beta-1.0-1.el9"]), advisory("A", ["beta-1.0-1.el9"], issued: 200),
    ]
    for order in [advisories, advisories.reversed()] {
      let selection = try AdvisorySelection(directory: order, bodhi: [], listed: listed)
      #expect(selection.advisories.map(\.id) == ["C", "B", "b", "A"])
    }
  }

  @Test func `the directory's advisory is taken whole, with a finding`() throws {
    let selection = try AdvisorySelection(
      directory: [advisory("X", ["beta-1.0-1.el9"], title: "mended")],
      bodhi: [advisory("X", ["beta-1.0-1.el9", "gamma-libs-2-3.el9"], title: "broken")],
      listed: listed)
    #expect(selection.advisories.map(\.title) == ["mended"])
    #expect(selection.advisories.first?.builds == ["beta-1.0-1.el9"])
    #expect(
      selection.findings == [
        Finding(
          code: "advisory-replaced", message: "the directory's advisory X is taken, not Bodhi's",
          remedy: "Remove it from the directory if Bodhi's is right by now")
      ])
  }

  @Test func `Bodhi's builds do not come back through an advisory that was replaced`() throws {
    let bodhi = [advisory("X", ["beta-1.0-1.el9"])]
    let selection = try AdvisorySelection(
      directory: [advisory("X", ["other-1-1.el9"])], bodhi: bodhi, listed: listed)
    #expect(selection.advisories.isEmpty)
    #expect(selection.findings.map(\.code) == ["advisory-replaced"])
  }

  @Test func `no finding about an advisory that is not of this tree`() throws {
    let selection = try AdvisorySelection(
      directory: [advisory("X", ["other-1-1.el9"])], bodhi: [advisory("X", ["other-1-1.el9"])],
      listed: listed)
    #expect(selection.findings.isEmpty)
  }

  @Test func `an id twice in one source is refused`() throws {
    let twice = [advisory("X", ["beta-1.0-1.el9"]), advisory("X", ["other-1-1.el9"])]
    let inDirectory = #expect(throws: ComposeError.self) {
      try AdvisorySelection(directory: twice, bodhi: [], listed: listed)
    }
    #expect(
      inDirectory?.description == "advisory 'X': the directory of advisories has it twice. Give "
        + "each an id of its own, or remove one.")
    let inBodhi = #expect(throws: ComposeError.self) {
      try AdvisorySelection(directory: [], bodhi: twice, listed: listed)
    }
    #expect(inBodhi?.kind == .badData)
    #expect(inBodhi?.cause == "Bodhi has it twice")
  }

  @Test func `a date of issue that was served stays`() throws {
    let selection = try AdvisorySelection(
      directory: [
        advisory("late", ["beta-1.0-1.el9"], issued: 300),
        advisory("early", ["beta-1.0-1.el9"], issued: 50, updated: 80),
        advisory("new", ["beta-1.0-1.el9"], issued: 60),
      ], bodhi: [], listed: listed)
    let kept = selection.keepingIssued(["late": 10, "early": 100, "gone": 1])
    #expect(kept.advisories.map(\.id) == ["late", "new", "early"])
    #expect(kept.advisories.map(\.issued) == [10, 60, 100])
    // What was to be a new date of issue is when it changed.
    #expect(kept.advisories.map(\.updated) == [300, nil, nil])
    #expect(kept.keepingIssued(["late": 10, "early": 100]) == kept)
    #expect(selection.keepingIssued([:]) == selection)
  }
}
