import ComposePlanning
package import ReleaseModel

/// Builds that retire their packages: those with a marker, live or in what users
/// have.
package struct RetiringBuilds: Sendable {
  /// By package.
  package let builds: [String: NVR]

  /// - Parameters:
  ///   - live: nil where nobody was asked.
  ///   - hidden: builds with a marker that blocks hide, by package.
  package init(
    live: [Build]?, hidden: [String: NVR] = [:], in stream: StreamContext
  ) throws {
    var builds = (try stream.currentSnapshot()?.newest ?? [:]).compactMapValues { carried in
      carried.marker.map { _ in carried.nvr }
    }
    for build in live ?? [] { builds[build.package] = build.marker.map { _ in build.nvr } }
    builds.merge(hidden) { first, _ in first }
    self.builds = builds
  }
}
