import ComposeTestSupport
import Testing

/// Packages in every state, from RPMs through the ledger to the screen and the
/// page.
@Suite(.waiting) struct RetirementCommandTests {
  /// alpha lives; beta retires after its commitment; gamma left with
  /// 7.07.201908 and came back; delta left with it; iota came in a push and
  /// retires too early. epsilon needs delta and iota; zeta replaces delta.
  static func scene() throws -> Installation {
    let installation = try Installation.withoutClients()
    func add(_ spec: RPMSpec) throws { try spec.build(into: installation.pool) }
    func update() throws {
      try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    }
    for name in ["alpha", "beta", "gamma", "delta"] { try add(RPMSpec(name)) }
    try installation.release("7.06.201903")
    try add(RPMSpec("gamma", "1.1").retired("Nobody maintains it.\n"))
    try update()
    try add(RPMSpec("delta", "1.1").retired("Use zeta.\n"))
    try add(RPMSpec("zeta", tags: ["Obsoletes: delta < 2", "Provides: delta = 2"]))
    try installation.release("7.07.201908")
    try add(RPMSpec("gamma", "2.0"))
    try add(RPMSpec("iota"))
    try add(RPMSpec("epsilon", tags: ["Requires: iota"]))
    try update()
    try add(RPMSpec("beta", "1.1").retired("Its time has come.\n"))
    try add(RPMSpec("iota", "1.1").retired("That was a mistake.\n"))
    try update()
    return installation
  }

  @Test func `retirement shows packages in every state`() throws {
    let installation = try Self.scene()
    func screen(_ name: String, _ arguments: [String], status: Int32 = 0) throws {
      let outcome = try installation.run(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      try Golden.expect(installation.normalized(outcome.output), matches: "retirement-\(name).txt")
    }
    try screen("all", ["retirement", "7"])
    try screen("retiring", ["retirement", "7", "--state", "retiring"])
    try screen("both", ["retirement", "7", "--state", "retired", "--state", "retiring"])
    try screen("ends-before", ["retirement", "7", "--ends-before", "2020-01-01"])
    try screen("changed", ["retirement", "7", "--changed-in", "7.07.201908"])
    try screen("delta", ["retirement", "7", "delta", "--check"], status: 2)
    #expect(try installation.run(["retirement", "7", "alpha", "gamma", "--check"]).status == 0)
    // Who answers for packages, a directory does not know.
    #expect(try installation.run(["retirement", "7", "--owner", "anna"]).status == 69)
  }

  @Test func `announce shows the steps of a retirement, and acknowledge agrees`() throws {
    let installation = try Self.scene()
    func golden(_ name: String, _ arguments: [String]) throws {
      try installation.expectScreen(arguments, matches: "retirement-\(name).txt")
    }
    try golden("announce-before", ["retirement", "announce", "7", "alpha", "--reason", "No time."])
    try golden("announce-arrived", ["retirement", "announce", "7", "iota"])
    try golden("announce-change", ["retirement", "announce", "7", "iota", "--change", "iota.so.2"])
    let plan = ["plan", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned"]
    #expect(try installation.succeed(plan).contains("acknowledge 7 beta iota"))
    let before = try installation.snapshot()
    try golden("acknowledge-dry-run", ["retirement", "acknowledge", "7", "iota", "-n"])
    #expect(try installation.snapshot() == before)
    try golden(
      "acknowledge", ["retirement", "acknowledge", "7", "iota", "--note", "Agreed on 1 May"])
    #expect(try installation.succeed(plan).contains("retire: beta\n"))
    try installation.succeed(["retirement", "acknowledge", "7", "beta"])
    #expect(try !installation.succeed(plan).contains("nobody has acknowledged"))
    try golden("announce-acknowledged", ["retirement", "announce", "7", "iota"])
    #expect(try installation.succeed(["history"]).contains("Agreed on 1 May"))
    // A later build asks anew.
    try RPMSpec("iota", "1.2").retired("Still a mistake.\n").build(into: installation.pool)
    #expect(try installation.succeed(plan).contains("acknowledge 7 iota"))
  }

  @Test func `only what has a marker can be agreed to`() throws {
    let installation = try Self.scene()
    let error = try installation.expectRefusal(
      ["retirement", "acknowledge", "7", "iota", "alpha"], status: 2)
    #expect(error.contains("package alpha: it is not retiring"))
    #expect(try installation.run(["retirement", "announce", "7", "nothing"]).status == 66)
    #expect(try installation.run(["retirement", "7", "--state", "gone"]).status == 64)
    #expect(try installation.run(["retirement", "7", "--ends-before", "2019-02-30"]).status == 64)
    #expect(try installation.run(["retirement", "7", "--changed-in", "8.1"]).status == 64)
  }
}
