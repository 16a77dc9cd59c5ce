import ComposePolicy
import ComposeTestSupport
import Foundation
import Testing

/// Each check passes on one collection and fails on another for exactly one
/// reason; what it says is held by golden files, as text and as JSON.
@Suite(.waiting) struct GateTests {
  /// A stream with a staged release, and what the check of it says.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the policy says of checks; `BASE` is a directory of the test's.
    var gate = Fixtures.noClientTests
    /// Checks that fail; none where all pass.
    var failing: [String] = []
    /// Source RPMs and binary RPMs of a release that is current before.
    var before: [RPMSpec] = []
    /// Taken out of the pool before the release that is checked.
    var gone: [String] = []
    let release: [RPMSpec]
    /// Pushed to the current release once the next one is staged.
    var pushed: [RPMSpec] = []
    var base: [RPMSpec] = []
    /// Changes the staged tree.
    var damage: (@Sendable (String, TemporaryDirectory) throws -> Void)?
    /// Checks that the golden files show.
    var only = GateTests.first
    /// Codes of all findings and warnings, for a check that came later: then
    /// the case has no golden files.
    var codes: [String]?

    var testDescription: String { name }
  }

  /// The checks that were there when the golden files were written. A later one
  /// has cases of its own, and has nothing to say in the others.
  static let first = [
    "metadata", "identity", "signatures", "manifest", "closure", "upgrade-path", "overlap",
    "rehearsal",
  ]

  @Test(arguments: passing + closure + others)
  func `a check says what is wrong, and nothing else does`(_ item: Case) throws {
    let scratch = try TemporaryDirectory.inMemory()
    let base = scratch.path("base")
    let installation = try Installation(
      small: scratch, gate: item.gate.replacing("BASE", with: "../base"))
    if !item.base.isEmpty {
      for spec in item.base { try spec.build(into: base, sources: false) }
      try Shell.check("createrepo_c", ["--quiet", base])
    }
    let id = item.before.isEmpty ? "7.06.201903" : "7.07.201908"
    if !item.before.isEmpty {
      for spec in item.before { try spec.build(into: installation.pool) }
      try installation.release("7.06.201903")
      for name in try FileManager.default.contentsOfDirectory(atPath: installation.pool)
      where item.gone.contains(where: { name.hasPrefix("\($0)-") }) {
        try FileManager.default.removeItem(atPath: "\(installation.pool)/\(name)")
      }
    }
    for spec in item.release { try spec.build(into: installation.pool) }
    let composed = try installation.run(
      ["compose", id, "--rpms", installation.pool, "--allow-unsigned"])
    #expect([0, 2].contains(composed.status), "\(composed.errors)")
    for spec in item.pushed { try spec.build(into: installation.pool) }
    if !item.pushed.isEmpty {
      try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    }
    for area in ["releases", "updates"] {
      try item.damage?("\(installation.root)/pub/alt/epel/\(area)/\(id)", scratch)
    }
    let arguments = ["check", id, "--dry-run"] + item.only.flatMap { ["--only", $0] }
    let text = try installation.run(arguments)
    let json = try installation.run(arguments + ["--format", "json"])
    let wanted: Int32 = item.failing.isEmpty ? 0 : 2
    #expect(text.status == wanted && json.status == wanted, "\(text.errors)\(text.output)")
    let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
    #expect(report.checks.filter { !$0.passed }.map(\.name) == item.failing)
    let later = CheckName.allCases.map(\.rawValue).filter {
      !Self.first.contains($0) && !item.only.contains($0)
    }
    if !later.isEmpty {
      let others = try installation.run(
        ["check", id, "--dry-run"] + later.flatMap { ["--only", $0] })
      #expect(others.status == 0, "\(others.errors)\(others.output)")
    }
    if let codes = item.codes {
      #expect(report.checks.flatMap { $0.findings + $0.warnings }.map(\.code) == codes)
      return
    }
    let name = "gate-" + item.name.replacing(" ", with: "-")
    try Golden.expect(installation.normalized(text.output), matches: "\(name).txt")
    try Golden.expect(installation.normalized(json.output), matches: "\(name).json")
  }

  private struct Report: Decodable {
    struct Check: Decodable {
      let name: String
      let passed: Bool
      let findings: [Finding]
      let warnings: [Finding]
    }

    struct Finding: Decodable { let code: String }

    let checks: [Check]
  }

  private static let gamma = RPMSpec("gamma")
  private static let iota = RPMSpec("iota", tags: ["Requires: gamma >= 1.0"])

  private static func withBase(_ more: String = "") -> String {
    "base:\n  - id: rhel\n    path: BASE\n\(noClientTests)\(more)"
  }

  private static let noClientTests = Fixtures.noClientTests

  /// What goes unasked is not what the case is about.
  private static let lettingGo = "gate: {vanish: 100 %}\n\(noClientTests)"

  static let passing = [
    Case(
      name: "all passes", before: [gamma],
      release: [iota, RPMSpec("gamma", "1.1"), RPMSpec("kappa", tags: ["Requires: glibc"])]),
    Case(
      name: "base provides", gate: withBase(),
      release: [RPMSpec("kappa", tags: ["Requires: glibc"])], base: [RPMSpec("glibc")]),
    Case(
      name: "levels", gate: "checks:\n  closure: warn\n  rehearsal: off", before: [gamma, iota],
      release: [RPMSpec("gamma", "1.1").retired("Upstream is gone.\n")]),
    Case(
      name: "waived",
      gate: noClientTests
        + "\nwaivers:\n  - check: closure\n    package: iota\n    reason: it is rebuilt next week"
        + "\n    until: \"7.7\"\n  - check: overlap\n    package: kappa\n    reason: nobody knows"
        + "\n    until: \"7.9\"",
      before: [gamma, iota], release: [RPMSpec("gamma", "1.1").retired("Upstream is gone.\n")]),
  ]

  static let closure = [
    Case(
      name: "closure retired", failing: ["closure"], before: [gamma, iota],
      release: [
        RPMSpec("gamma", "1.1").retired("Upstream is gone.\n"),
        RPMSpec("kappa", tags: ["Requires: iota"]),
        RPMSpec("wisher", tags: ["Recommends: gamma"]),
      ]),
    Case(
      name: "closure never carried", failing: ["closure"],
      release: [gamma.retired("gamma is retired: use delta.\n"), iota]),
    Case(
      name: "closure updated away", failing: ["closure"],
      before: [
        RPMSpec("gamma", tags: ["Provides: libgamma.so.1()(64bit)"]),
        RPMSpec("iota", tags: ["Requires: libgamma.so.1()(64bit)"]),
      ],
      release: [RPMSpec("gamma", "2.0", tags: ["Provides: libgamma.so.2()(64bit)"])]),
    Case(
      name: "closure dropped", gate: lettingGo, failing: ["closure"], before: [gamma, iota],
      gone: ["gamma"],
      release: []),
    Case(
      name: "closure conflict", failing: ["closure"],
      release: [
        RPMSpec("iota", tags: ["Requires: gamma", "Requires: delta"]),
        RPMSpec("gamma", tags: ["Conflicts: delta"]), RPMSpec("delta"),
      ]),
    Case(
      name: "closure rich", failing: ["closure"], before: [gamma, RPMSpec("delta")],
      release: [
        RPMSpec("gamma", "2.0").retired("Gone.\n"), RPMSpec("delta", "2.0").retired("Gone too.\n"),
        RPMSpec("iota", tags: ["Requires: (gamma or delta)"]),
      ]),
    Case(
      name: "closure with base", gate: withBase(), failing: ["closure"],
      release: [RPMSpec("kappa", tags: ["Requires: libnobody.so.1()(64bit)", "Requires: glibc"])],
      base: [RPMSpec("glibc")]),
    Case(
      name: "expired waiver",
      gate: noClientTests
        + "\nwaivers:\n  - check: closure\n    package: iota\n    reason: it was rebuilt next week"
        + "\n    until: \"7.6\"",
      failing: ["closure"], before: [gamma, iota],
      release: [RPMSpec("gamma", "1.1").retired("Upstream is gone.\n")]),
  ]

  static let others = [
    Case(
      name: "upgrade path", failing: ["upgrade-path"], before: [RPMSpec("alpha")],
      release: [RPMSpec("alpha", "1.1")], pushed: [RPMSpec("alpha", "2.0")]),
    Case(
      name: "upgrade path obsoletes", gate: lettingGo, failing: ["upgrade-path"],
      before: [RPMSpec("oldname", "2.0"), gamma], gone: ["oldname"],
      release: [RPMSpec("newname", "3.0", tags: ["Obsoletes: oldname < 2.0"])]),
    Case(
      name: "upgrade path renamed", before: [RPMSpec("oldname", "2.0"), gamma], gone: ["oldname"],
      release: [RPMSpec("newname", "3.0", tags: ["Obsoletes: oldname < 3.0"])]),
    Case(
      name: "upgrade path noarch", failing: ["upgrade-path"],
      before: [RPMSpec("alpha", "2.0", "1", arch: "x86_64")], gone: ["alpha"],
      release: [RPMSpec("alpha", "1.0", "1")]),
    Case(
      name: "vanish", failing: ["vanish"], before: [RPMSpec("alpha")],
      release: [RPMSpec("alpha", "1.1")], pushed: [RPMSpec("kappa")], only: ["vanish"]),
    Case(
      name: "vanish decided", before: [RPMSpec("alpha"), gamma], gone: ["alpha"],
      release: [
        RPMSpec("omega", tags: ["Obsoletes: alpha < 2"]),
        RPMSpec("gamma", "1.1").retired("Gone.\n"),
      ], only: ["vanish"]),
    Case(
      name: "contents", before: [gamma], release: [iota], only: ["contents"]),
    Case(
      name: "overlap", gate: withBase(), failing: ["overlap"],
      release: [
        RPMSpec("bash", "6.0"), RPMSpec("myglibc", tags: ["Provides: glibc = 9"]),
        RPMSpec("better", tags: ["Obsoletes: zlib < 5"]),
        RPMSpec("fine", tags: ["Obsoletes: zlib < 0.5"]),
      ],
      base: [RPMSpec("glibc", "2.17"), RPMSpec("bash", "4.2"), RPMSpec("zlib", "1.2")]),
    Case(
      name: "identity", failing: ["metadata", "identity", "manifest"], release: [RPMSpec("alpha")],
      damage: { tree, scratch in
        let other = try RPMSpec("alpha").withNoise(100)
          .build(into: scratch.path("other"), sources: false)
        let place = "\(tree)/Everything/x86_64/Packages/z"
        try FileManager.default.createDirectory(
          atPath: place, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          atPath: other[0], toPath: "\(place)/alpha-1.0-1.noarch.rpm")
      }),
    Case(
      name: "modes", failing: ["manifest"], release: [RPMSpec("alpha")],
      damage: { tree, _ in
        try Shell.check("chmod", ["4755", "\(tree)/.composeinfo"])
        try Shell.check("chmod", ["0666", "\(tree)/STATUS"])
        try Shell.check("chmod", ["0600", "\(tree)/COMPOSE_ID"])
        try Shell.check("chmod", ["2777", "\(tree)/Everything"])
        try Shell.check("chmod", ["0775", "\(tree)/metadata"])
      }, only: ["manifest"],
      codes: Array(repeating: "mode", count: 10)),
    Case(
      name: "metadata documents", failing: ["metadata"], release: [RPMSpec("alpha")],
      damage: { tree, scratch in
        try Documents.add("group", Documents.comps, "comps.xml", to: tree, scratch)
        try Documents.add("updateinfo", Documents.updateinfo, "updateinfo.xml", to: tree, scratch)
        try Documents.add("modules", Documents.modules, "modules.yaml", to: tree, scratch)
      }, only: ["metadata"]),
    Case(
      name: "metadata nonsense", failing: ["metadata"], release: [RPMSpec("alpha")],
      damage: { tree, scratch in
        try Documents.add("group", "<comps><group>", "comps.xml", to: tree, scratch)
        try Documents.add("modules", "document: modulemd\n", "modules.yaml", to: tree, scratch)
      }, only: ["metadata"]),
    Case(
      name: "metadata for old clients", failing: ["metadata"], release: [RPMSpec("alpha")],
      damage: { tree, scratch in
        try Documents.add(
          "group", Documents.goodComps, "comps.xml", to: tree, scratch, compression: "gz")
        // Only the name says how it is compressed: clients go by that.
        try Documents.add(
          "updateinfo", "<updates></updates>", "updateinfo.xml.zst", to: tree, scratch)
      }, only: ["metadata"]),
    Case(
      name: "metadata complete", release: [RPMSpec("alpha")],
      damage: { tree, scratch in
        try Documents.add("group", Documents.goodComps, "comps.xml", to: tree, scratch)
      }, only: ["metadata"]),
    Case(
      name: "groups of the base", gate: withBase(), release: [RPMSpec("alpha")],
      base: [RPMSpec("gdm"), RPMSpec("cups")],
      damage: { tree, scratch in
        try Documents.add(
          "group", Documents.comps(naming: ["alpha", "gdm", "cups"]), "comps.xml", to: tree,
          scratch)
      }, only: ["metadata"], codes: []),
    Case(
      name: "groups that nobody finds", gate: withBase(), failing: ["metadata"],
      release: [RPMSpec("alpha")], base: [RPMSpec("gdm")],
      damage: { tree, scratch in
        try Documents.add("group", Documents.lostComps, "comps.xml", to: tree, scratch)
      }, only: ["metadata"],
      codes: Array(
        repeating: [
          "group-names-absent", "group-names-absent", "group-without-id",
          "environment-names-absent", "category-names-absent",
        ], count: 2
      ).flatMap { $0 }),
    Case(
      name: "groups that lost a package", gate: lettingGo, failing: ["metadata"],
      before: [RPMSpec("alpha"), gamma], gone: ["gamma"], release: [],
      damage: { tree, scratch in
        try Documents.add(
          "group", Documents.comps(naming: ["alpha", "gamma", "firefox"]), "comps.xml", to: tree,
          scratch)
      }, only: ["metadata"], codes: ["group-names-absent", "group-names-absent"]),
    Case(
      name: "modular without a module", failing: ["metadata"],
      release: [RPMSpec("modal", tags: ["ModularityLabel: modal:1:1:c0ffee"])],
      only: ["metadata"], codes: ["modular-without-module", "modular-without-module"]),
    Case(
      name: "modular with its module",
      release: [RPMSpec("modal", tags: ["ModularityLabel: modal:1:1:c0ffee"])],
      damage: { tree, scratch in
        try Documents.add("modules", Documents.modal(), "modules.yaml", to: tree, scratch)
      }, only: ["metadata"], codes: []),
    Case(
      name: "rehearsal of a module", gate: "rehearsal:\n  install: [alpha, modal]",
      release: [RPMSpec("alpha"), RPMSpec("modal", tags: ["ModularityLabel: modal:1:1:c0ffee"])],
      damage: { tree, scratch in
        try Documents.add("modules", Documents.modal(), "modules.yaml", to: tree, scratch)
      }, only: ["rehearsal"], codes: []),
    Case(
      name: "rehearsal of a module that does not fit", gate: "rehearsal:\n  install: [modal]",
      failing: ["rehearsal"],
      release: [
        RPMSpec("modal", tags: ["ModularityLabel: modal:1:1:c0ffee", "Requires: not-here"])
      ],
      damage: { tree, scratch in
        try Documents.add("modules", Documents.modal(), "modules.yaml", to: tree, scratch)
      }, only: ["rehearsal"], codes: ["module-not-installable", "sample-not-installable"]),
    Case(
      name: "rehearsal of a module that nobody can enable", gate: "checks: {closure: off}",
      failing: ["rehearsal"],
      release: [RPMSpec("modal", tags: ["ModularityLabel: modal:1:1:c0ffee"])],
      damage: { tree, scratch in
        try Documents.add(
          "modules", Documents.modal(needing: "nobody: []"), "modules.yaml", to: tree, scratch)
      }, only: ["rehearsal"], codes: ["module-not-installable"]),
    Case(
      name: "rehearsal", gate: "rehearsal:\n  install: [alpha]", release: [RPMSpec("alpha")],
      only: ["rehearsal"]),
    Case(
      name: "rehearsal fails", gate: "rehearsal:\n  install: [alpha, kappa, absent]",
      failing: ["rehearsal"],
      release: [RPMSpec("alpha"), RPMSpec("kappa", tags: ["Requires: not-here"])],
      only: ["rehearsal"]),
  ]
}

/// Further documents of a repository, put in by modifyrepo_c.
private enum Documents {
  static let goodComps = comps(naming: ["alpha"])
  static let comps = comps(naming: ["alpha", "absent"])

  /// Ids and names that no client finds.
  static let lostComps =
    "<?xml version=\"1.0\"?><comps>"
    + "<group><id>tools</id><packagelist><packagereq>alpha</packagereq>"
    + "<packagereq>gdm</packagereq><packagereq>absent</packagereq>"
    + "<packagereq> alpha </packagereq></packagelist></group><group><id/></group>"
    + "<environment><id>desk</id><grouplist><groupid>tools</groupid></grouplist>"
    + "<optionlist><groupid>lost</groupid></optionlist></environment>"
    + "<category><id>apps</id><grouplist><groupid>gone</groupid></grouplist></category></comps>"

  static func modal(needing requirement: String = "platform: [el7]") -> String {
    """
    ---
    document: modulemd
    version: 2
    data:
      name: modal
      stream: "1"
      version: 1
      context: c0ffee
      arch: x86_64
      summary: Modal
      description: Modal.
      license: {module: [MIT]}
      dependencies: [{requires: {\(requirement)}}]
      profiles: {common: {rpms: [modal]}}
      artifacts: {rpms: ["modal-0:1.0-1.noarch"]}
    ...

    """
  }

  static func comps(naming names: [String]) -> String {
    let packages = names.map { "<packagereq type=\"mandatory\">\($0)</packagereq>" }.joined()
    return "<?xml version=\"1.0\"?><comps><group><id>tools</id><name>Tools</name>"
      + "<packagelist>\(packages)</packagelist></group></comps>"
  }

  static let updateinfo = advisories(["EPEL-1", "EPEL-1"])

  private static func advisories(_ ids: [String]) -> String {
    "<?xml version=\"1.0\"?><updates>"
      + ids.map { id in
        "<update from=\"a\" status=\"stable\" type=\"security\" version=\"1\"><id>\(id)</id>"
          + "<title>t</title><issued date=\"2019-03-01 00:00:00\"/><pkglist><collection short=\"c\">"
          + "<name>c</name><package name=\"alpha\" version=\"9\" release=\"1\" epoch=\"0\" "
          + "arch=\"noarch\" src=\"a\"><filename>alpha-9-1.noarch.rpm</filename></package>"
          + "</collection></pkglist></update>"
      }.joined() + "</updates>"
  }

  static let modules = """
    ---
    document: modulemd
    version: 2
    data:
      name: tools
      stream: "1"
      version: 20190301
      context: abc
      summary: Tools
      description: Tools.
      license:
        module: [MIT]
      artifacts:
        rpms:
          - alpha-0:1.0-1.noarch
          - alpha-0:9-1.noarch
    ...

    """

  static func add(
    _ type: String, _ text: String, _ name: String, to tree: String,
    _ scratch: TemporaryDirectory, compression: String? = nil
  ) throws {
    let file = try scratch.write(text, to: name)
    try Shell.check(
      "modifyrepo_c",
      ["--mdtype=\(type)"]
        + (compression.map { ["--compress", "--compress-type=\($0)"] } ?? ["--no-compress"])
        + [file, "\(tree)/Everything/x86_64/repodata"])
  }
}
