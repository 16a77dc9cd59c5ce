import ComposeStream
import BuildSystems
import ReleaseModel

/// What the commands of `retirement` ask for.
extension Context {
  /// The live builds of the directory that `--rpms` names; nil without it.
  func liveBuilds(
    ofDirectory options: BuildSystemOptions, _ stream: StreamContext
  ) async throws -> [Build]? {
    guard let rpms = options.rpms else { return nil }
    return try await directory(rpms, stream).liveBuilds(LiveQuery(), reporting: activity).builds
  }
}
