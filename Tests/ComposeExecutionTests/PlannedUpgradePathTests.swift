import ComposeChecks
import ComposePlanning
import ComposePolicy
import ComposeStage
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// A plan says beforehand what the check of the upgrade path will find.
@Suite struct PlannedUpgradePathTests {
  private static let codes: Set = ["older", "obsoletes-too-little", "waived"]

  private func stage(_ more: String = "") throws -> Stage {
    let stage = try Stage()
    let path = "\(Fixtures.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    stage.policy = try Policy(
      text: text.replacing(
        "calendar:", with: "\(Fixtures.noClientTests)\ngate: {vanish: 100 %}\n\(more)\ncalendar:"
      )
      .replacing("  databases: true\n", with: ""), file: path)
    return stage
  }

  /// What the plan says, and what the check finds of the same release.
  private func compared(
    _ stage: Stage, _ before: RPMSpec, _ after: RPMSpec
  ) async throws -> (planned: [Finding], check: CheckResult) {
    try before.build(into: stage.pool)
    try await stage.release("7.06.201903")
    try FileManager.default.removeItem(atPath: stage.pool)
    try after.build(into: stage.pool)
    let plan = try await stage.compose("7.07.201908")
    let checks = try TreeCheckRunner(stream: stage.stream).run(
      stage.record("7.07.201908"), only: [.upgradePath])
    return (
      plan.warnings.filter { Self.codes.contains($0.code) }, try #require(checks.checks.first)
    )
  }

  private let renamed = (
    RPMSpec("oldname", "2.0"), RPMSpec("newname", "3.0", tags: ["Obsoletes: oldname < 2.0"])
  )

  @Test func `of packages that go back and of replacements that replace too little`() async throws {
    for (before, after) in [(RPMSpec("alpha", "2.0"), RPMSpec("alpha", "1.0")), renamed] {
      let (planned, check) = try await compared(stage(), before, after)
      #expect(!planned.isEmpty)
      #expect(
        Set(planned.map { "\($0.message) \($0.arches ?? [])" })
          == Set(check.findings.map { "\($0.message) \($0.arches ?? [])" }))
    }
  }

  @Test func `nothing of what goes forward`() async throws {
    let (planned, check) = try await compared(
      stage(), RPMSpec("oldname", "2.0"),
      RPMSpec("newname", "3.0", tags: ["Obsoletes: oldname < 3.0"]))
    #expect(planned.isEmpty && check.passed)
  }

  @Test func `nothing where the check is off, and what is waived as waived`() async throws {
    let off = try await compared(stage().without(.upgradePath), renamed.0, renamed.1)
    #expect(off.planned.isEmpty)
    let waived = try await compared(
      stage(
        "waivers:\n  - check: upgrade-path\n    package: newname\n    reason: r\n    until: \"7.9\"\n"
      ), renamed.0, renamed.1)
    #expect(Set(waived.planned.map(\.code)) == ["waived"])
    #expect(waived.check.passed)
  }
}

extension Stage {
  fileprivate func without(_ check: CheckName) throws -> Stage {
    let path = "\(Fixtures.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    policy = try Policy(
      text: text.replacing(
        "calendar:",
        with:
          "\(Fixtures.noClientTests)\n  \(check.rawValue): off\ngate: {vanish: 100 %}\n\ncalendar:"
      ).replacing("  databases: true\n", with: ""), file: path)
    return self
  }
}
