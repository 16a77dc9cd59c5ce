import ComposePlanning
import ReleaseModel
import Testing

/// What plans say of markers that cannot be read, and of files that only look like one.
@Suite struct MarkerFindingTests {
  private func plan(_ build: Build, allowUnsigned: Bool = false) throws -> Plan {
    try Sample.plan(
      "7.06.201903",
      Inventory(buildSystem: "a directory", builds: [Sample.build("delta"), build]),
      allowUnsigned: allowUnsigned)
  }

  @Test func `a marker that cannot be read retires all the same`() throws {
    let plan = try plan(Sample.build("gamma", marker: "", problem: "its payload breaks off"))
    #expect(plan.retired.map(\.package) == ["gamma"])
    let warning = try #require(plan.warnings.first { $0.code == "marker-text" })
    #expect(warning.message.hasPrefix("text not readable: /usr/share/doc/README-RETIRED of gamma-"))
    #expect(warning.message.contains("its payload breaks off"))
    #expect(plan.refusals.isEmpty)
    let readable = try self.plan(Sample.build("gamma", marker: "Gone.\n"))
    #expect(!readable.warnings.contains { $0.code == "marker-text" })
  }

  @Test(arguments: [
    (["/usr/share/doc/README-RETIRED/"], [], "the directory /usr/share/doc/README-RETIRED/"),
    ([], ["README-RETIRED"], "README-RETIRED, but no binary RPM has it"),
    (["/usr/README-RETIRED"], ["README-RETIRED"], "/usr/README-RETIRED, but not as %doc"),
  ])
  func `what only looks like a marker is told once`(
    binary: [String], source: [String], words: String
  ) throws {
    let plan = try plan(Sample.build("gamma", undocumented: binary, inSource: source))
    #expect(plan.retired.isEmpty)
    let warnings = plan.warnings.filter { $0.code == "marker-not-doc" }
    #expect(warnings.count == 1)
    #expect(warnings.first?.message.contains(words) == true, "\(warnings)")
  }

  @Test func `a source of a marker that retires is nothing to tell`() throws {
    let plan = try plan(Sample.build("gamma", marker: "Gone.\n", inSource: ["README-RETIRED"]))
    #expect(plan.retired.map(\.package) == ["gamma"])
    #expect(!plan.warnings.contains { $0.code == "marker-not-doc" })
  }

  @Test func `what rpm refuses is refused, unsigned RPMs allowed or not`() throws {
    let broken = RPMSignature.unreadable(
      cause: "its signature is no OpenPGP packet", isBroken: true)
    let odd = RPMSignature.unreadable(cause: "its hash is unknown", isBroken: false)
    for isAllowed in [false, true] {
      let refused = try plan(Sample.build("gamma", signature: broken), allowUnsigned: isAllowed)
      #expect(Set(refused.refusals.map(\.code)) == ["unreadable-signature"])
      #expect(refused.refusals.first?.message.contains("is not signed") == false)
    }
    let allowed = try plan(Sample.build("gamma", signature: odd), allowUnsigned: true)
    #expect(allowed.refusals.isEmpty)
    #expect(allowed.warnings.contains { $0.code == "unsupported-signature" })
    #expect(try !plan(Sample.build("gamma", signature: odd)).refusals.isEmpty)
  }
}
