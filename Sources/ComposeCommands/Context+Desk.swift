import BuildSystems
import ComposeExecution
import ComposePlanning
import ComposePolicy
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

  /// Who needs whom among `builds`, or for nil in the release that users have.
  /// Nil where the policy does not ask, and with a warning where it cannot be
  /// told.
  ///
  /// - Parameter owners: of packages, by name.
  func closure(
    of builds: [Build]?, owners: [String: String] = [:], at site: Site
  ) throws -> DeskClosure? {
    guard site.policy.gate.level(of: .closure) != .off else { return nil }
    do {
      return try builds.map { try DeskClosure(of: $0, at: site, owners: owners) }
        ?? DeskClosure(ofCurrentAt: site, owners: owners)
    } catch let error as ComposeError where [.unavailable, .noInput, .badData].contains(error.kind)
    {
      warn("what breaks is not known: \(error)")
      return nil
    }
  }
}
