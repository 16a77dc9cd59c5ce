import ComposeTestSupport
import Testing

/// Packages in every state, from RPMs through the ledger to the screen and the
/// page.
@Suite(.waiting) struct PackagersDeskTests {
  /// alpha lives; beta retires after its commitment; gamma left with
  /// 7.07.201908 and came back; delta left with it; iota came in a push and
  /// retires too early. epsilon needs delta and iota; zeta replaces delta.
  static func scene() throws -> Rehearsal {
    let rehearsal = try Rehearsal.withoutClients()
    func add(_ spec: RPMSpec) throws { try spec.build(into: rehearsal.pool) }
    func update() throws {
      try rehearsal.succeed(["update", "7", "--rpms", rehearsal.pool, "--allow-unsigned"])
    }
    for name in ["alpha", "beta", "gamma", "delta"] { try add(RPMSpec(name)) }
    try rehearsal.release("7.06.201903")
    try add(RPMSpec("gamma", "1.1").retired("Nobody maintains it.\n"))
    try update()
    try add(RPMSpec("delta", "1.1").retired("Use zeta.\n"))
    try add(RPMSpec("zeta", tags: ["Obsoletes: delta < 2", "Provides: delta = 2"]))
    try rehearsal.release("7.07.201908")
    try add(RPMSpec("gamma", "2.0"))
    try add(RPMSpec("iota"))
    try add(RPMSpec("epsilon", tags: ["Requires: iota"]))
    try update()
    try add(RPMSpec("beta", "1.1").retired("Its time has come.\n"))
    try add(RPMSpec("iota", "1.1").retired("That was a mistake.\n"))
    try update()
    return rehearsal
  }

  @Test func `the desk tells of every state`() throws {
    let rehearsal = try Self.scene()
    func screen(_ name: String, _ arguments: [String], status: Int32 = 0) throws {
      let outcome = try rehearsal.run(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      try Golden.expect(rehearsal.normalized(outcome.output), matches: "desk-\(name).txt")
    }
    try screen("all", ["retirement", "7"])
    try screen("retiring", ["retirement", "7", "--state", "retiring"])
    try screen("both", ["retirement", "7", "--state", "retired", "--state", "retiring"])
    try screen("ends-before", ["retirement", "7", "--ends-before", "2020-01-01"])
    try screen("changed", ["retirement", "7", "--changed-in", "7.07.201908"])
    try screen("delta", ["retirement", "7", "delta", "--check"], status: 2)
    #expect(try rehearsal.run(["retirement", "7", "alpha", "gamma", "--check"]).status == 0)
    // Who answers for packages, a directory does not know.
    #expect(try rehearsal.run(["retirement", "7", "--owner", "anna"]).status == 69)
  }

  @Test func `a packager is walked through a retirement, and somebody agrees`() throws {
    let rehearsal = try Self.scene()
    func golden(_ name: String, _ arguments: [String]) throws {
      try Golden.expect(
        rehearsal.normalized(rehearsal.succeed(arguments)), matches: "walk-\(name).txt")
    }
    try golden("before", ["retirement", "announce", "7", "alpha", "--reason", "No time."])
    try golden("arrived", ["retirement", "announce", "7", "iota"])
    try golden("change", ["retirement", "announce", "7", "iota", "--change", "iota.so.2"])
    let plan = ["plan", "7.08.202004", "--rpms", rehearsal.pool, "--allow-unsigned"]
    #expect(try rehearsal.succeed(plan).contains("acknowledge 7 beta iota"))
    let before = try rehearsal.snapshot()
    try golden("acknowledge-dry", ["retirement", "acknowledge", "7", "iota", "-n"])
    #expect(try rehearsal.snapshot() == before)
    try golden(
      "acknowledge", ["retirement", "acknowledge", "7", "iota", "--note", "Agreed on 1 May"])
    #expect(try rehearsal.succeed(plan).contains("retire: beta\n"))
    try rehearsal.succeed(["retirement", "acknowledge", "7", "beta"])
    #expect(try !rehearsal.succeed(plan).contains("nobody has acknowledged"))
    try golden("acknowledged", ["retirement", "announce", "7", "iota"])
    #expect(try rehearsal.succeed(["history"]).contains("Agreed on 1 May"))
    // A later build asks anew.
    try RPMSpec("iota", "1.2").retired("Still a mistake.\n").build(into: rehearsal.pool)
    #expect(try rehearsal.succeed(plan).contains("acknowledge 7 iota"))
  }

  @Test func `only what has a marker can be agreed to`() throws {
    let rehearsal = try Self.scene()
    let before = try rehearsal.snapshot()
    let outcome = try rehearsal.run(["retirement", "acknowledge", "7", "iota", "alpha"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("package alpha: it is not retiring"))
    #expect(try rehearsal.snapshot() == before)
    #expect(try rehearsal.run(["retirement", "announce", "7", "nothing"]).status == 66)
    #expect(try rehearsal.run(["retirement", "7", "--state", "gone"]).status == 64)
    #expect(try rehearsal.run(["retirement", "7", "--ends-before", "2019-02-30"]).status == 64)
    #expect(try rehearsal.run(["retirement", "7", "--changed-in", "8.1"]).status == 64)
  }
}
