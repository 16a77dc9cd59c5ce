import ComposePlanning
package import ReleaseModel

/// Builds that retire their packages: those with a marker, live or in what users
/// have.
package struct RetiringBuilds: Sendable {
  /// By package.
  package let builds: [String: NVR]

  /// - Parameter live: nil where nobody was asked.
  package init(live: [Build]?, in stream: StreamContext) throws {
    var builds = (try stream.currentSnapshot()?.newest ?? [:]).compactMapValues { carried in
      carried.marker.map { _ in carried.nvr }
    }
    for build in live ?? [] { builds[build.package] = build.marker.map { _ in build.nvr } }
    self.builds = builds
  }
}
