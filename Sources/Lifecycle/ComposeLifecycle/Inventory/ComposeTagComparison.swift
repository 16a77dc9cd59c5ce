package import BuildSystems
import ComposePolicy
package import ComposeStream
package import ReleaseLedger
package import ReleaseModel

/// Compares what the build system has in a compose tag with the builds that the
/// release was cut with: the tag shall say for ever what is in the trees.
package struct ComposeTagComparison {
  /// By this name `check` shows it, beside the checks of the trees.
  package static let name = "compose-tag"

  private let record: ReleaseRecord
  private let buildSystem: any BuildSystem
  private let stream: StreamContext

  /// - Parameter buildSystem: where `record` was tagged.
  package init(
    of record: ReleaseRecord, in buildSystem: any BuildSystem, _ stream: StreamContext
  ) {
    self.record = record
    self.buildSystem = buildSystem
    self.stream = stream
  }

  /// What differs stands in the way. That the tag is not locked, or that the
  /// build system does not answer, does not.
  package func result() throws -> CheckResult {
    do {
      let findings = try differences()
      return CheckResult(
        name: Self.name, level: .refuse, findings: findings,
        warnings: findings.isEmpty ? try lock() : [])
    } catch let error as ComposeError where error.kind == .unavailable {
      return CheckResult(
        name: Self.name, level: .refuse,
        warnings: [
          Finding(
            code: "tag-unknown",
            message: "\(record.composeTag) was not compared: \(error.thing): \(error.cause)",
            remedy: "Check again when the hub is well")
        ])
    }
  }

  private func differences() throws -> [Finding] {
    let tag = record.composeTag
    guard let found = try buildSystem.builds(taggedInto: tag) else {
      return [
        Finding(
          code: "no-tag", message: "the tag \(tag) is gone",
          remedy: "Find out who deleted it; abandon the release and compose it again")
      ]
    }
    let cut = Set(
      try stream.ledger.builds(of: record.id).filter { $0.push == 0 }.map(\.nvr.description))
    let tagged = Set(found.map(\.description))
    return cut.subtracting(tagged).sorted().map { nvr in
      Finding(
        code: "not-tagged", message: "\(nvr) is in the release, but not in \(tag) any more",
        remedy:
          "Tag it again (koji tag-build \(tag.shellWord) \(nvr.shellWord)), or abandon the release")
    }
      + tagged.subtracting(cut).sorted().map { nvr in
        Finding(
          code: "tagged-too", message: "\(nvr) is in \(tag), but not in the release",
          remedy: "koji untag-build \(tag.shellWord) \(nvr.shellWord)")
      }
  }

  private func lock() throws -> [Finding] {
    guard stream.policy.koji?.locks == true,
      try buildSystem.protection(of: record.composeTag)?.isLocked == false
    else { return [] }
    return [
      Finding(
        code: "tag-unlocked", message: "\(record.composeTag) is not locked",
        remedy: "Lock it: koji edit-tag --lock \(record.composeTag.shellWord)")
    ]
  }
}
