import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

/// What a command asks of one release.
struct PushPart {
  let release: ReleaseID
  let request: PushRequest
  /// The push that this very command made before it was killed; nil for none.
  let done: UpdateOperation?
}

extension UpdateCommand {
  /// What is asked of each release: of the one that is named, or of all that get pushes, from
  /// the newest to the oldest.
  ///
  /// Throws `refused` where several get pushes and the command means one of them without
  /// naming it, and where builds are to be taken out that none of them lists.
  ///
  /// - Parameter finished: what the command did before it was killed; nil for a dry run.
  func parts(
    of stream: StreamContext, _ named: ReleaseID?, _ finished: FinishedOperations?
  ) throws -> [PushPart] {
    let maintained = try stream.maintainedReleases()
    guard named == nil, maintained.count > 1 else {
      let release = try named ?? ReleasePlanner(stream, allowUnsigned: false).currentRelease()
      return [
        PushPart(release: release, request: request, done: done(request, in: release, finished))
      ]
    }
    if let cause = meansOneRelease {
      let names = maintained.map(\.description)
      throw ComposeError(
        .refused, "update \(stream.policy.major)",
        "\(cause), and \(names.joined(separator: " and ")) get pushes",
        remedy: "Name the release, such as: "
          + stream.commands.commandLine("update \(names[0])"))
    }
    guard case .withdraw(let asked, let reason) = request else {
      return maintained.map {
        PushPart(release: $0, request: request, done: done(request, in: $0, finished))
      }
    }
    return try withdrawals(of: asked, reason, from: maintained, stream, finished)
  }

  /// Why the command can only be about one release; nil where it can be about all.
  private var meansOneRelease: String? {
    if undo { return "--undo takes the newest push into one release back" }
    if !builds.isEmpty || !skip.isEmpty || !again.isEmpty {
      return "each minor release has builds of its own, and some are named"
    }
    if buildSystem.namesDirectories {
      return "a directory has the live builds of one minor release"
    }
    if announcement != nil || html != nil { return "a file has the announcement of one push" }
    return nil
  }

  /// Each release that lists some of the builds lets them go.
  private func withdrawals(
    of asked: Set<String>, _ reason: String, from releases: [ReleaseID], _ stream: StreamContext,
    _ finished: FinishedOperations?
  ) throws -> [PushPart] {
    var unknown = asked
    let parts = try releases.flatMap { release -> [PushPart] in
      var parts: [PushPart] = []
      let done = finished?.take(.update, of: release) {
        guard case .withdraw(let taken, _)? = ($0 as? UpdateOperation)?.request else {
          return false
        }
        return taken.isSubset(of: asked)
      }
      if let done = done as? UpdateOperation, case .withdraw(let taken, _) = done.request {
        unknown.subtract(taken)
        parts.append(PushPart(release: release, request: done.request, done: done))
      }
      let listed = Set(
        try stream.ledger.builds(of: release).filter { $0.unlisted == nil }
          .map(\.nvr.description)
      ).intersection(asked)
      unknown.subtract(listed)
      if !listed.isEmpty {
        parts.append(
          PushPart(release: release, request: .withdraw(listed, reason: reason), done: nil))
      }
      return parts
    }
    guard unknown.isEmpty else {
      let names = releases.map(\.description).joined(separator: " or ")
      throw ComposeError(
        .refused, "update \(stream.policy.major)",
        "\(unknown.sorted().joined(separator: ", ")) is not listed in the updates of \(names)",
        remedy: "Write it as name-version-release of a build that users can get")
    }
    return parts
  }

  private func done(
    _ request: PushRequest, in release: ReleaseID, _ finished: FinishedOperations?
  ) -> UpdateOperation? {
    finished?.take(.update, of: release) {
      ($0 as? UpdateOperation)?.answers(request) == true
    } as? UpdateOperation
  }
}
