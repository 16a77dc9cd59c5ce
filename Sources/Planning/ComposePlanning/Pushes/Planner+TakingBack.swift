import ComposePolicy
import ReleaseModel

extension Planner {
  func withdrawal(
    of nvrs: Set<String>, _ reason: String, _ current: ReleaseSnapshot, _ inventory: Inventory
  ) -> PushPlan {
    let listed = inventory.updates.versions.values.joined().filter { $0.unlisted == nil }
    let leaving = listed.filter { nvrs.contains($0.nvr.description) }
      .sorted { $0.nvr.description < $1.nvr.description }
    let unknown = nvrs.subtracting(leaving.map(\.nvr.description)).sorted().map { nvr in
      Finding(
        code: "not-listed", message: "\(nvr) is not listed in the updates of \(current.release)",
        remedy: "Write it as name-version-release of a build that users can get")
    }
    let gone = Set(leaving.map(\.nvr))
    let last = leaving.filter { version in
      !listed.contains { $0.nvr.name == version.nvr.name && !gone.contains($0.nvr) }
    }
    let warnings = Set(last.map(\.nvr.name)).sorted().map { package in
      Finding(
        code: "nothing-left", message: "users can get no other version of \(package)",
        remedy: "Push a newer one soon", package: package)
    }
    return plan(
      .withdrawal, reason: reason, current, inventory, Bringing(),
      unlisted: leaving.map { UnlistedEntry($0, .withdrawn) }, refusals: unknown,
      warnings: warnings)
  }

  func undo(
    _ reason: String, _ current: ReleaseSnapshot, _ inventory: Inventory
  ) -> PushPlan {
    let state = inventory.updates
    let standing = state.newestStanding(in: current.release, inventory.holds)
    if let unknown = state.unknownPush(upTo: current.pushes, after: standing) {
      // To take back the one before it would not be what was asked for.
      return plan(
        .undo, reason: reason, current, inventory, Bringing(),
        refusals: [
          Finding(
            code: "unknown-push",
            message: "what push \(unknown) into \(current.release) changed is not recorded",
            remedy: "Take single builds out with --withdraw")
        ])
    }
    guard let push = standing else {
      return plan(
        .undo, reason: reason, current, inventory, Bringing(),
        refusals: [
          Finding(
            code: "nothing-to-undo", message: "\(current.release) has no push that could be undone",
            remedy: "Take single builds out with --withdraw")
        ])
    }
    let leaving = state.listedBy(push)
    let back = state.unlistedBy(push, in: current.release, inventory.holds)
    var inventory = inventory
    let sentences = push.documents.map(\.undoing)
    if !sentences.isEmpty { inventory.news.changes = sentences }
    return plan(
      .undo, reason: reason, undoes: push.serial, current, inventory, Bringing(),
      unlisted: leaving.map { UnlistedEntry($0, .undone) },
      relisted: back.map { BuildEntry(package: $0.nvr.name, nvr: $0.nvr) })
  }
}
