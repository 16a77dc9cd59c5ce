import ComposePlanning
import ComposePolicy
import RPMPackages
import ReleaseModel
import Testing

/// What goes from one release to the next, and who decided it.
@Suite struct VanishingTests {
  private let former: ReleaseID
  private let release: ReleaseID

  init() throws {
    former = try ReleaseID("7.06.201903")
    release = try ReleaseID("7.07.201908")
  }

  private static func policy(_ more: String = "", arches: String = "[x86_64]") throws -> Policy {
    try Policy(
      text: """
        stream: test-7
        major: 7
        title: Test
        release: {minorDigits: 2, month: required}
        roots: {public: /p, staging: /s, archive: /a, state: /v}
        areas: {updates: {path: "updates/{release}"}}
        links: {updates/7: "{release}"}
        arches: \(arches)
        \(more)
        """, file: "p.yaml")
  }

  private static func path(_ text: String) throws -> RelativePath {
    try #require(RelativePath(text))
  }

  /// A binary RPM in the repository of `arch`, with its source RPM.
  private func contents(
    _ names: [(package: String, name: String)], arch: String = "x86_64",
    rpmArch: String = "noarch", groups: Set<String> = [], modules: Set<String> = []
  ) throws -> ServedContents {
    func rpm(_ name: String, _ arch: String, _ package: String) -> ServedContents.RPM {
      ServedContents.RPM(nevra: Self.nevra(name, arch), package: package)
    }
    return ServedContents(
      repositories: [
        try Self.path("Everything/\(arch)"): names.map { rpm($0.name, rpmArch, $0.package) },
        try Self.path("Everything/source/tree"): Set(names.map(\.package)).sorted().map {
          rpm($0, "src", $0)
        },
      ], groups: groups, modules: modules)
  }

  private static func nevra(_ name: String, _ arch: String = "noarch") -> NEVRA {
    NEVRA(
      name: name, evr: EVR(epoch: 0, version: "1", rpmRelease: "1"), arch: Architecture(arch))
  }

  private func vanishing(
    _ before: ServedContents, _ after: ServedContents,
    deciding decisions: Vanishing.Decisions = Vanishing.Decisions(), policy: Policy? = nil
  ) throws -> Vanishing {
    Vanishing(
      from: before, of: former, to: after, of: release, deciding: decisions,
      policy: try policy ?? Self.policy())
  }

  private func numbered(_ count: Int) -> [(package: String, name: String)] {
    (1...count).map { ("pkg\($0)", "pkg\($0)") }
  }

  @Test(arguments: [(11, true), (100, false), (99, true)])
  func `one package of eleven is refused, one of a hundred told`(
    count: Int, isRefused: Bool
  ) throws {
    let found = try vanishing(
      contents(numbered(count)), contents(Array(numbered(count).dropLast())))
    #expect(found.findings.map(\.code) == (isRefused ? ["vanished-packages"] : []))
    #expect(found.warnings.map(\.code) == ["vanished"])
    #expect(found.warnings.map(\.package) == ["pkg\(count)"])
    #expect(try vanishing(contents(numbered(3)), contents(numbered(4))).warnings.isEmpty)
  }

  @Test func `the policy says how much may go`() throws {
    let policy = try Self.policy("gate: {vanish: 20 %}")
    let (before, after) = (try contents(numbered(10)), try contents(numbered(8)))
    #expect(try vanishing(before, after, policy: policy).findings.isEmpty)
    let strict = try Self.policy("gate: {vanish: 19.99%}")
    #expect(try vanishing(before, after, policy: strict).findings.count == 1)
    #expect(try Self.policy("gate: {vanish: 0 %}").gate.limits.vanish.isExceeded(by: 1, of: 9999))
  }

  @Test func `markers, blocks and obsoletes are decisions`() throws {
    let before = try contents([("alpha", "alpha"), ("beta", "beta"), ("beta", "beta-libs")])
    let after = try contents([("alpha", "alpha")])
    #expect(
      try vanishing(before, after, deciding: .init(packages: ["beta"])).warnings.isEmpty)
    let whole: Set = [Self.nevra("beta"), Self.nevra("beta-libs")]
    #expect(try vanishing(before, after, deciding: .init(obsoleted: whole)).warnings.isEmpty)
    let half = try vanishing(before, after, deciding: .init(obsoleted: [Self.nevra("beta")]))
    #expect(half.findings.map(\.code) == ["vanished-packages"], "beta-libs is replaced by nothing")
  }

  @Test func `a subpackage that goes while its source stays is told by its source`() throws {
    let before = try contents([("alpha", "alpha"), ("alpha", "alpha-tools")])
    let after = try contents([("alpha", "alpha")])
    let found = try vanishing(before, after)
    #expect(found.findings.map(\.code) == ["vanished-binaries"])
    #expect(found.warnings.map(\.package) == ["alpha"])
    #expect(found.warnings.first?.message.contains("alpha-tools.noarch") == true)
    let replaced = Vanishing.Decisions(obsoleted: [Self.nevra("alpha-tools")])
    #expect(try vanishing(before, after, deciding: replaced).warnings.isEmpty)
    // Nobody could look: then it is not refused, but said.
    let unknown = try vanishing(before, after, deciding: .init(obsoleted: nil))
    #expect(unknown.findings.isEmpty && unknown.warnings[0].message.contains("not known"))
    let moved = try contents([("alpha", "alpha"), ("omega", "alpha-tools")])
    #expect(try vanishing(before, moved).warnings.isEmpty, "another source has it now")
  }

  @Test func `debug information comes and goes`() throws {
    let before = try contents([("alpha", "alpha"), ("alpha", "alpha-debuginfo")])
    #expect(try vanishing(before, contents([("alpha", "alpha")])).warnings.isEmpty)
  }

  @Test func `a waiver lets one package go, until it ends`() throws {
    func policy(until: String) throws -> Policy {
      try Self.policy(
        "waivers: [{check: vanish, package: beta, reason: nobody built it, until: \"\(until)\"}]")
    }
    let before = try contents([("alpha", "alpha"), ("beta", "beta")])
    let after = try contents([("alpha", "alpha")])
    let waived = try vanishing(before, after, policy: policy(until: "7.7"))
    #expect(waived.findings.map(\.code) == ["vanished"], "the gate lets just this pass")
    #expect(waived.warnings.isEmpty)
    let expired = try vanishing(before, after, policy: policy(until: "7.6"))
    #expect(expired.findings.map(\.code) == ["vanished-packages"])
  }

  @Test func `an architecture goes by a decision alone`() throws {
    let before = try contents(numbered(3), arch: "ppc64")
    let after = try contents(numbered(3))
    #expect(try vanishing(before, after).findings.map(\.code) == ["vanished-arch"])
    let dropping = try Self.policy("droppedArches: {ppc64: \"7.7\"}")
    let found = try vanishing(before, after, policy: dropping)
    #expect(found.findings.isEmpty && found.warnings.map(\.code) == ["dropped-arch"])
    #expect(dropping.asOf(former).arches.map(\.name) == ["ppc64", "x86_64"])
    #expect(dropping.asOf(release).arches.map(\.name) == ["x86_64"])
    #expect(dropping.asOf(former).asOf(release).arches.map(\.name) == ["x86_64"])
    let later = try Self.policy("droppedArches: {ppc64: \"7.8\"}")
    #expect(try vanishing(before, after, policy: later).findings.map(\.code) == ["vanished-arch"])
  }

  @Test func `a package that was only for what goes is not told twice`() throws {
    var before = try contents([("alpha", "alpha")])
    before.repositories[try Self.path("Everything/ppc64")] = [
      ServedContents.RPM(nevra: Self.nevra("delta", "ppc64"), package: "delta")
    ]
    let found = try vanishing(
      before, contents([("alpha", "alpha")]),
      policy: Self.policy("droppedArches: {ppc64: \"7.7\"}"))
    #expect(found.findings.isEmpty && found.warnings.map(\.code) == ["dropped-arch"])
  }

  @Test func `a machine without any build, and a repository that is moved, are refused`() throws {
    let before = try contents(numbered(200), rpmArch: "x86_64")
    var after = try contents(Array(numbered(200).dropFirst()))
    #expect(try vanishing(before, after).findings.map(\.code) == ["vanished-arch"])
    after = try contents(numbered(200))
    #expect(try vanishing(before, after).findings.isEmpty, "all became noarch")
    var moved = before
    moved.repositories[try Self.path("Extras/x86_64/os")] = []
    #expect(try vanishing(moved, before).findings.map(\.code) == ["vanished-repository"])
    var empty = before
    empty.repositories[try Self.path("Everything/x86_64")] = []
    #expect(
      try vanishing(before, empty).findings.map(\.code).contains("emptied-repository"))
  }

  @Test func `groups and module streams are kept, too`() throws {
    let before = try contents(numbered(2), groups: ["web", "mail"], modules: ["perl:5.30"])
    let after = try contents(numbered(2), groups: ["web"])
    #expect(
      try vanishing(before, after).findings.map(\.code) == ["vanished-groups", "vanished-modules"])
    let waivers = ["@mail", "perl:5.30"].map {
      "{check: vanish, package: \"\($0)\", reason: it is over, until: \"7.7\"}"
    }
    let policy = try Self.policy("waivers: [\(waivers.joined(separator: ", "))]")
    let waived = try vanishing(before, after, policy: policy)
    #expect(waived.findings.map(\.code) == ["vanished-group", "vanished-module"])
    #expect(waived.warnings.isEmpty)
  }
}
