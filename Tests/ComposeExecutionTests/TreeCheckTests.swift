import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// Each check passes on an intact release and fails for its own reason.
@Suite struct TreeCheckTests {
  private static let package = "/Everything/x86_64/Packages/b/beta-1.0-1.noarch.rpm"

  /// The findings of each failed check after `damage` was done to the staged
  /// updates tree.
  private func findings(
    after damage: (Stage, String) throws -> Void
  ) async throws -> [String: Set<String>] {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    let before = try TreeCheckRunner(stream: stage.stream).run(stage.record("7.06.201903"))
    #expect(before.passed)
    try damage(stage, stage.locations.staging + "/updates/7.06.201903")
    let after = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record("7.06.201903"))
    #expect(after.passed == after.checks.allSatisfy(\.findings.isEmpty))
    #expect(try stage.record("7.06.201903").checksPassed == after.passed)
    return Dictionary(
      uniqueKeysWithValues: after.checks.filter { !$0.passed }.map {
        ($0.name, Set($0.findings.map(\.code)))
      })
  }

  /// Replaces a file, leaving its other names alone.
  private func replace(_ path: String, _ change: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    change(&data)
    try FileManager.default.removeItem(atPath: path)
    try data.write(to: URL(fileURLWithPath: path))
  }

  @Test func `a listed RPM that is missing`() async throws {
    let findings = try await findings { _, tree in
      try FileManager.default.removeItem(atPath: tree + Self.package)
    }
    #expect(findings == ["metadata": ["missing"], "manifest": ["missing"]])
  }

  @Test func `a payload with a flipped bit`() async throws {
    let findings = try await findings { _, tree in
      try replace(tree + Self.package) { $0[$0.count - 20] ^= 1 }
    }
    #expect(findings == ["signatures": ["damaged"]])
  }

  @Test func `another intact RPM under its name`() async throws {
    let findings = try await findings { stage, tree in
      let other = try Data(
        contentsOf: URL(fileURLWithPath: "\(stage.pool)/gamma-1.0-1.noarch.rpm"))
      try replace(tree + Self.package) { $0 = other }
    }
    #expect(
      findings == [
        "metadata": ["differs"], "identity": ["file-name", "nevra"], "manifest": ["changed"],
      ])
  }

  @Test func `a file of unknown origin`() async throws {
    let findings = try await findings { stage, tree in
      let scratch = try TemporaryDirectory()
      let rpm = try RPMSpec("stray").build(into: scratch.path, sources: false)[0]
      try FileManager.default.copyItem(
        atPath: rpm, toPath: tree + "/Everything/x86_64/Packages/b/stray-1.0-1.noarch.rpm")
    }
    #expect(
      findings == [
        "metadata": ["unlisted"], "identity": ["unknown-build"], "manifest": ["unknown"],
      ])
  }

  @Test func `metadata with a flipped bit`() async throws {
    let findings = try await findings { _, tree in
      let repodata = tree + "/Everything/x86_64/repodata"
      let name = try #require(
        try FileManager.default.contentsOfDirectory(atPath: repodata).first {
          $0.hasSuffix("-primary.xml.gz")
        })
      try replace("\(repodata)/\(name)") { $0[$0.count / 2] ^= 1 }
    }
    #expect(findings["metadata"]?.isEmpty == false)
    #expect(findings["manifest"] == ["changed"])
  }

  @Test func `a link instead of a file`() async throws {
    let findings = try await findings { _, tree in
      let path = tree + "/.composeinfo"
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/etc/passwd")
    }
    #expect(findings == ["manifest": ["not-regular"]])
  }

  @Test func `an unsigned RPM where that was not allowed`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    let plan = try await stage.plan("7.06.201903")
    #expect(plan.allowUnsigned)
    try await stage.compose("7.06.201903")
    let id = try ReleaseID("7.06.201903")
    let record = try stage.record("7.06.201903")
    // The same trees, recorded without the permission.
    try stage.ledger.commit { change in
      try change.beginRelease(
        id, respin: 0, previous: nil, composeTag: "t", planDigest: "d", allowUnsigned: false, at: 1)
      for tree in record.trees { try change.setTree(tree) }
    }
    let report = try TreeCheckRunner(stream: stage.stream).run(stage.record("7.06.201903"))
    let signatures = try #require(report.checks.first { $0.name == "signatures" })
    #expect(Set(signatures.findings.map(\.code)) == ["unsigned"])
  }
}
