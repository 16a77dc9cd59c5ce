import BuildSystems
import ComposeExecution
import ComposePlanning
import ReleaseModel

/// What the commands of `retirement` ask for.
extension Context {
  /// The live builds of the directory that `--rpms` names; nil without it.
  func liveBuilds(
    ofDirectory options: BuildSystemOptions, _ site: Site
  ) async throws -> [Build]? {
    guard let rpms = options.rpms else { return nil }
    return try await directory(rpms, site).liveBuilds(LiveQuery(), reporting: activity).builds
  }
}
