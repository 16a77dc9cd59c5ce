import BuildSystems
import ComposeChecks
import ComposePlanning
import ComposeStream
import ComposeTrees
import ReleaseModel

/// Tags the builds of a plan and reads the tag back: what the build system
/// says afterwards counts, not what the call returned.
struct TagBuilds: Step {
  let plan: Plan
  let buildSystem: any BuildSystem
  /// Whether a lock of the tag is an earlier compose's own.
  let reopening: Bool

  var title: String { "tag \(plan.builds.count.counted("build")) into \(plan.composeTag)" }

  // The tag may have all builds and not be locked yet.
  func isDone(in stream: StreamContext) throws -> Bool { false }

  func perform(in stream: StreamContext) throws {
    try buildSystem.tag(
      plan.builds.map(\.nvr), into: plan.composeTag, reopening: reopening)
    let difference = try difference()
    guard let first = difference.first else { return }
    throw ComposeError(
      .failed, "tag \(plan.composeTag)", first.message, remedy: first.remedy, findings: difference)
  }

  private func difference() throws -> [Finding] {
    let planned = Set(plan.builds.map(\.nvr.description))
    let tagged = Set(try buildSystem.builds(taggedInto: plan.composeTag)?.map(\.description) ?? [])
    let remedy = "Find out who else changes the tag, then plan and compose again"
    return planned.subtracting(tagged).sorted().map {
      Finding(code: "not-tagged", message: "\($0) is not in the tag", remedy: remedy)
    }
      + tagged.subtracting(planned).sorted().map {
        Finding(code: "tagged-too", message: "\($0) is in the tag, but not planned", remedy: remedy)
      }
  }
}
