import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseModel
import Testing

/// Which versions stay, as golden cases: a line of versions, what the policy
/// keeps, and what leaves.
@Suite struct RetentionTests {
  /// A version as `1.0@0`: with the push that brought it; `-` in front where it
  /// is not listed any more.
  private static func version(_ text: String) -> UpdatesState.Version {
    let isUnlisted = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: "@")
    let evr = EVR(version: String(parts[0]), rpmRelease: "1")
    return UpdatesState.Version(
      nvr: NVR(name: "alpha", version: evr.version, rpmRelease: "1"), evr: evr,
      push: Int(parts[1]) ?? 0, unlisted: isUnlisted ? .withdrawn : nil)
  }

  /// Push N came N days after the cut; now it is day 10.
  private func leaving(_ versions: String, keeping retention: String) throws -> [String] {
    let policy = try Policy(
      text: String(contentsOfFile: "\(Fixtures.policies)/epel-7.yaml", encoding: .utf8)
        .replacing("    begins: release\n", with: "    keeps: \(retention)\n"), file: "t.yaml")
    let versions = versions.split(separator: " ").map { Self.version(String($0)) }
    var inventory = Inventory(
      buildSystem: "t", builds: [], current: try Sample.snapshot("7.06.201903", [], pushes: 9))
    inventory.updates = UpdatesState(
      versions: ["alpha": versions],
      pushes: (1...9).map {
        UpdatesState.Push(
          serial: $0, at: $0 * 86_400, kind: .update, undoes: nil, listed: [], unlisted: [])
      })
    return try Planner(policy: policy, order: .rpm)
      .push(from: inventory, now: 10 * 86_400, allowUnsigned: true).unlisted.map(\.nvr.description)
  }

  @Test(arguments: [
    ("1.0@0 1.1@1 1.2@2", "all", []),
    ("1.0@0 1.1@1 1.2@2", "2 versions", ["alpha-1.0-1"]),
    ("1.0@0 1.1@1 1.2@2", "1 version", ["alpha-1.1-1", "alpha-1.0-1"]),
    ("1.0@0", "1 version", []),
    // By rpm's order, whatever came first.
    ("2.0~rc1@2 2.0@1", "1 version", ["alpha-2.0~rc1-1"]),
    // What is not listed does not count, and does not leave twice.
    ("1.0@0 -1.1@1 1.2@2", "2 versions", []),
    // A version leaves so many days after the next one came.
    ("1.0@0 1.1@4", "6 days", ["alpha-1.0-1"]),
    ("1.0@0 1.1@5", "6 days", []),
    ("1.0@0 1.1@2 1.2@5", "6 days", ["alpha-1.0-1"]),
    ("1.0@0 1.1@2 1.2@5", "5 days", ["alpha-1.1-1", "alpha-1.0-1"]),
    // The newest never leaves, however old it is.
    ("1.0@0", "1 day", []),
    // A version that was pushed with a later one came with it.
    ("1.0@0 1.1@0", "1 day", []),
  ])
  func `what leaves`(versions: String, keeps: String, leaves: [String]) throws {
    #expect(try leaving(versions, keeping: keeps) == leaves)
  }

  @Test func `a push that brings a version makes room for it`() throws {
    let policy = try Policy(
      text: String(contentsOfFile: "\(Fixtures.policies)/epel-7.yaml", encoding: .utf8)
        .replacing("    begins: release\n", with: "    keeps: 1 version\n"), file: "t.yaml")
    let old = Sample.build("alpha")
    var inventory = Inventory(
      buildSystem: "t", builds: [Sample.build("alpha", "1.1")],
      current: try Sample.snapshot("7.06.201903", [old]))
    inventory.updates = UpdatesState(
      versions: [
        "alpha": [.init(nvr: old.nvr, evr: old.evr, push: 0, unlisted: nil)]
      ])
    let plan = try Planner(policy: policy, order: .rpm)
      .push(from: inventory, now: 0, allowUnsigned: true)
    #expect(plan.builds.map(\.nvr.description) == ["alpha-1.1-1"])
    #expect(plan.unlisted.map(\.nvr) == ["alpha-1.0-1"])
    #expect(plan.unlisted.map(\.cause) == [.retention])
  }
}
