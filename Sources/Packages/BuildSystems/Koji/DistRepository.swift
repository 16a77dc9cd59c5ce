import ComposePolicy
import KojiClient
package import ReleaseModel

/// Waits for a `distRepo` task of the hub and finds what it made.
struct DistRepository {
  let hub: KojiHub
  let files: any TopDirectory
  /// Seconds for the whole task.
  let patience: Int
  let activity: any ActivityReporting

  /// Seconds between questions: short for a hub that is idle, then longer.
  private static let pauses = (first: 0.2, longest: 10.0)

  func wait(for id: Int, of tag: String) throws -> BuiltRepositories {
    activity.begin("Waiting for task \(id) of the hub", total: nil, unit: "")
    defer { activity.end() }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(patience)
    var pause = Self.pauses.first
    while true {
      let task = try hub.task(id)
      switch task.state {
      case .closed:
        guard let number = task.repository else {
          throw failed(id, "the hub does not say which they are")
        }
        return BuiltRepositories(
          label: "repository \(number) of task \(id)", files: files,
          directory: try RelativePath.of("repos-dist/\(tag)/\(number)"))
      case .canceled: throw failed(id, "it was canceled")
      case .failed: throw failed(id, try hub.failure(ofTask: id))
      case .free, .open, .assigned: break
      }
      guard clock.now < end else {
        throw ComposeError(
          .unavailable, "task \(id) of \(hub.access.url)",
          "it has not ended within \(patience / 60) minutes, and still runs",
          remedy: "Find out what the builders do (koji cancel \(id) ends it), "
            + "and set 'koji.waits.tasks' of the policy")
      }
      try hub.pause(seconds: pause)
      pause = min(Self.pauses.longest, pause * 2)
    }
  }

  private func failed(_ id: Int, _ cause: String) -> ComposeError {
    ComposeError(
      .failed, "task \(id) of \(hub.access.url)", "the repositories were not made: \(cause)",
      remedy: "Mend what the task's log names (koji watch-logs \(id)), then compose again, "
        + "or set 'metadata: here'")
  }
}

extension KojiBuildSystem: RepositoryBuilder {
  /// By a `distRepo` task of the hub, which needs the permission for it; a
  /// signed copy by the first of the policy's keys that has one is taken.
  package func buildRepositories(
    of tag: String, arches: [Architecture], allowUnsigned: Bool, splitDebug: Bool
  ) throws -> BuiltRepositories {
    let task = try hub.requestRepositories(
      of: tag, keys: names.signingKeys, arches: arches.map(\.name), allowUnsigned: allowUnsigned,
      splitDebug: splitDebug)
    activity.note("task \(task) of the hub makes the repositories")
    return try DistRepository(
      hub: hub, files: metadataFiles, patience: names.waits.tasks.seconds, activity: activity
    ).wait(for: task, of: tag)
  }
}
