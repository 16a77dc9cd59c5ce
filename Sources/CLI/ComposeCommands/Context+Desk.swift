import ComposeStream
import BuildSystems
import ReleaseModel

/// What the commands of `retirement` ask for.
extension Context {
  /// The live builds of the directories that `--rpms` names; nil without it.
  func liveBuilds(
    ofDirectory options: BuildSystemOptions, _ stream: StreamContext
  ) async throws -> [Build]? {
    guard options.namesDirectories else { return nil }
    return try await directories(options.rpms, stream).liveBuilds(LiveQuery(), reporting: activity)
      .builds
  }
}
