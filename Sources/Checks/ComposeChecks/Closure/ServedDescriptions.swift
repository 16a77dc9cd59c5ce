import ComposePolicy
package import ComposeStream
import RPMPackages
package import ReleaseModel
import RepoMetadata

/// What the packages that users have now say of themselves, by the metadata of the
/// current release.
package struct ServedDescriptions {
  /// By name of the source package.
  package let descriptions: [String: PackageDescription]

  /// Nothing before the first promotion, and where the trees of the current release
  /// cannot be found any more.
  ///
  /// Throws `badData` where metadata cannot be read.
  package init(in stream: StreamContext) throws {
    guard let current = try Baseline.current(in: stream) else {
      descriptions = [:]
      return
    }
    let repositories = stream.policy.repositories
    let places: [(arch: Architecture, path: RelativePath)] =
      stream.policy.arches.flatMap { arch in
        repositories.binaryPaths(of: arch).map { (arch, $0) }
      } + repositories.sourcePaths.map { (.src, $0) }
    let listed = try Concurrently.map(places) { place in
      try current.descriptions(of: place.path)
    }
    var found: [String: Gathered] = [:]
    for (place, packages) in zip(places, listed) {
      for package in packages {
        found[package.package, default: Gathered()].add(package, for: place.arch)
      }
    }
    descriptions = found.compactMapValues(\.description)
  }

  /// One source package as it is put together.
  private struct Gathered {
    /// The source RPM, or what comes nearest to it: only the binary RPMs may be there.
    private var main: DescribedPackage?
    /// What the repositories of each architecture list, by name of the RPM.
    private var versions: [String: [Architecture: Set<EVR>]] = [:]

    mutating func add(_ package: DescribedPackage, for arch: Architecture) {
      if !arch.isSource {
        versions[package.nevra.name, default: [:]][arch, default: []].insert(package.nevra.evr)
      }
      if main.map({ Self.isNearer(package, than: $0) }) ?? true { main = package }
    }

    private static func isNearer(_ one: DescribedPackage, than other: DescribedPackage) -> Bool {
      let (rank, otherRank) = (Self.rank(one), Self.rank(other))
      if rank != otherRank { return rank < otherRank }
      let (evr, otherEVR) = (one.nevra.evr, other.nevra.evr)
      if evr != otherEVR { return VersionOrder.rpm.isOlder(otherEVR, than: evr) }
      return one.nevra.name.precedesByBytes(other.nevra.name)
    }

    private static func rank(_ package: DescribedPackage) -> Int {
      if package.nevra.arch.isSource { return 0 }
      return package.nevra.name == package.package ? 1 : 2
    }

    var description: PackageDescription? {
      main.map { main in
        PackageDescription(
          summary: main.summary, text: main.text, license: main.license, url: main.url,
          subpackages: versions.sorted { $0.key.precedesByBytes($1.key) }.map { name, listed in
            PackageDescription.Subpackage(
              name: name, arches: listed.keys.sorted(),
              hasOlderVersion: listed.values.contains { $0.count > 1 })
          })
      }
    }
  }
}
