import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeStage
import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// `ExclusiveArch` and `ExcludeArch` of a source package decide into which
/// repositories its noarch RPMs go.
@Suite struct NoarchPlacesTests {
  /// Names of RPMs in the repository of each architecture.
  private func names(_ stage: Stage, _ tree: String) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for arch in ["aarch64", "ppc64", "ppc64le", "x86_64"] {
      let place = "\(stage.root)\(tree)/Everything/\(arch)/Packages"
      let paths =
        FileManager.default.fileExists(atPath: place)
        ? try stage.contents(of: place).keys.map { String($0.drop { $0 != "/" }.dropFirst()) } : []
      found[arch] = paths.filter { !$0.isEmpty }.sorted()
    }
    return found
  }

  private func checked(_ stage: Stage, _ release: String) throws -> CheckReport {
    try TreeCheckRunner(stream: stage.stream).run(stage.record(release))
  }

  @Test func `a compose leaves them out where the source package does`() async throws {
    let stage = try Stage()
    // On aarch64 nothing provides what it needs, nor do users get it there.
    try RPMSpec("jvm", arch: "x86_64", tags: ["ExclusiveArch: x86_64"])
      .build(into: stage.pool)
    try RPMSpec("jtool", tags: ["ExclusiveArch: x86_64 noarch", "Requires: jvm"])
      .build(into: stage.pool)
    try RPMSpec("vtool", tags: ["ExcludeArch: aarch64 i686"]).build(into: stage.pool)
    try RPMSpec("plain").build(into: stage.pool)
    let plan = try await stage.compose("7.06.201903")
    #expect(plan.warnings.allSatisfy { $0.code == "unsigned" }, "\(plan.warnings)")
    #expect(
      plan.limited?.map { "\($0.package): \($0.arches.map(\.name))" } == [
        #"jtool: ["x86_64"]"#, #"vtool: ["ppc64", "ppc64le", "x86_64"]"#,
      ])
    let tree = "/pub/alt/epel/updates/7.06.201903"
    let found = try names(stage, tree)
    #expect(found["aarch64"] == ["plain-1.0-1.noarch.rpm"])
    #expect(found["ppc64le"] == ["plain-1.0-1.noarch.rpm", "vtool-1.0-1.noarch.rpm"])
    #expect(
      found["x86_64"] == [
        "jtool-1.0-1.noarch.rpm", "jvm-1.0-1.x86_64.rpm", "plain-1.0-1.noarch.rpm",
        "vtool-1.0-1.noarch.rpm",
      ])
    // What the plan counts is what is there.
    let counted = plan.trees[0].repositories.filter {
      $0.path.description.hasPrefix("Everything/") && !$0.path.description.contains("debug")
        && !$0.path.description.contains("source")
    }
    #expect(
      counted.map { $0.packages }
        == counted.map { item in
          found[item.path.description.split(separator: "/").last.map(String.init) ?? ""]?.count
            ?? -1
        })
    let checks = try checked(stage, "7.06.201903")
    #expect(checks.passed, "\(checks)")
    #expect(try stage.verify("7.06.201903").isEmpty)
    let rpms = try String(
      contentsOfFile: stage.root + tree + "/metadata/rpms.json", encoding: .utf8)
    #expect(!rpms.contains("Everything/aarch64/Packages/v/vtool"))
    #expect(rpms.contains("Everything/ppc64/Packages/v/vtool"))
  }

  @Test func `so does a push, and taking it back leaves nothing behind`() async throws {
    let stage = try Stage()
    try RPMSpec("plain").build(into: stage.pool)
    try await stage.release("7.06.201903")
    let tree = "/pub/epel/updates/7.06.201903"
    let before = try names(stage, tree)
    try RPMSpec("doc", tags: ["ExcludeArch: ppc64 ppc64le"]).build(into: stage.pool)
    let plan = try await stage.pushPlan()
    #expect(plan.limited?.map(\.arches) == [[Architecture("aarch64"), Architecture("x86_64")]])
    try await stage.update()
    let after = try names(stage, tree)
    #expect(after["ppc64"] == before["ppc64"] && after["ppc64le"] == before["ppc64le"])
    #expect(after["aarch64"] == ["doc-1.0-1.noarch.rpm", "plain-1.0-1.noarch.rpm"])
    #expect(try checked(stage, "7.06.201903").passed)
    #expect(try stage.verify("7.06.201903").isEmpty)
    let withdrawal = try await stage.pushPlan(.withdraw(["doc-1.0-1"], reason: "it is wrong"))
    try Executor(stream: stage.stream).run(UpdateOperation(withdrawal, in: stage.stream))
    let name = try #require(stage.policy.tree(.updates, of: ReleaseID("7.06.201903")))
    let gone = try stage.ledger.unlistedFiles(of: name).map(\.path.description)
      .filter { $0.hasSuffix(".rpm") }
    #expect(
      gone == [
        "Everything/aarch64/Packages/d/doc-1.0-1.noarch.rpm",
        "Everything/source/tree/Packages/d/doc-1.0-1.src.rpm",
        "Everything/x86_64/Packages/d/doc-1.0-1.noarch.rpm",
      ])
    #expect(try checked(stage, "7.06.201903").passed)
  }

  @Test func `what no architecture of ours may have is left out with its source`() async throws {
    let stage = try Stage()
    try RPMSpec("plain").build(into: stage.pool)
    try RPMSpec(
      "mainframe", arch: "s390x", tags: ["ExclusiveArch: s390x"],
      subpackages: [.init("doc", arch: "noarch", files: ["/usr/share/mainframe/doc": "x"])]
    ).build(into: stage.pool)
    let plan = try await stage.compose("7.06.201903")
    #expect(plan.warnings.map(\.code).filter { $0 != "unsigned" } == ["no-repository"])
    #expect(plan.builds.map(\.package) == ["plain"])
    #expect(plan.limited == nil)
  }

  /// `user` needs `vtool`, which leaves aarch64 with its new build.
  private func leavingOneArchitecture(waivers: String) async throws -> Stage {
    let stage = try Stage()
    try RPMSpec("vtool").build(into: stage.pool)
    try RPMSpec("user", tags: ["Requires: vtool"]).build(into: stage.pool)
    try await stage.release("7.06.201903")
    try RPMSpec("vtool", "2.0", tags: ["ExcludeArch: aarch64"]).build(into: stage.pool)
    let path = "\(Fixtures.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    stage.policy = try Policy(
      text: text.replacing(
        "calendar:", with: "\(Fixtures.noClientTests)\ngate: {vanish: 100 %}\n\(waivers)\ncalendar:"
      )
      .replacing("  databases: true\n", with: ""), file: path)
    return stage
  }

  private static func waiver(on arch: String) -> String {
    "waivers:\n  - check: closure\n    package: user\n    arch: \(arch)\n    reason: nobody there\n"
      + "    until: \"7.9\"\n"
  }

  @Test func `what breaks on one architecture is found there, beforehand too`() async throws {
    let stage = try await leavingOneArchitecture(waivers: "")
    let plan = try await stage.compose("7.07.201908")
    let broken = plan.warnings.filter { $0.package == "user" && $0.code != "unsigned" }
    #expect(broken.map(\.arches) == [[Architecture("aarch64")]])
    #expect(broken.map(\.message).allSatisfy { $0.hasSuffix("(on aarch64)") })
    let closure = try checked(stage, "7.07.201908").checks.first { $0.name == "closure" }
    #expect(closure?.findings.map(\.arches) == [[Architecture("aarch64")]])
  }

  @Test func `a waiver of that architecture lets it pass`() async throws {
    let stage = try await leavingOneArchitecture(waivers: Self.waiver(on: "aarch64"))
    let plan = try await stage.compose("7.07.201908")
    #expect(
      plan.warnings.filter { $0.package == "user" && $0.code != "unsigned" }.map(\.code) == [
        "waived"
      ])
    let closure = try checked(stage, "7.07.201908").checks.first { $0.name == "closure" }
    #expect(closure?.passed == true && closure?.waived.count == 1)
  }

  @Test func `one of another architecture does not, and has nothing to let pass`() async throws {
    let stage = try await leavingOneArchitecture(waivers: Self.waiver(on: "ppc64"))
    try await stage.compose("7.07.201908")
    let closure = try checked(stage, "7.07.201908").checks.first { $0.name == "closure" }
    #expect(closure?.passed == false && closure?.waived.isEmpty == true)
    #expect(closure?.warnings.map(\.code).contains("needless-waiver") == true)
  }

  @Test func `what breaks everywhere passes only where it is waived`() async throws {
    let stage = try await leavingOneArchitecture(waivers: Self.waiver(on: "x86_64"))
    try RPMSpec("vtool", "3.0").retired().build(into: stage.pool)
    try await stage.compose("7.07.201908")
    let closure = try #require(
      try checked(stage, "7.07.201908").checks.first { $0.name == "closure" })
    #expect(closure.waived.map(\.finding.arches) == [[Architecture("x86_64")]])
    #expect(
      closure.findings.map(\.arches) == [
        [Architecture("aarch64"), Architecture("ppc64"), Architecture("ppc64le")]
      ])
  }
}
