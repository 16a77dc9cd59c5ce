import ComposePolicy
package import ComposeStream
import DependencyClosure
import PackageLibrary
package import ReleaseModel

extension StreamContext {
  /// Of builds that would leave the lists of the current release, those with an RPM
  /// that nothing replaces: no newer one has its name, and none obsoletes it. With
  /// the names of these RPMs.
  ///
  /// - Parameters:
  ///   - builds: that would leave.
  ///   - pushed: that come with the same push.
  package func irreplaceable(
    _ builds: Set<NVR>, bringing pushed: [Build]
  ) throws -> [NVR: [String]] {
    guard !builds.isEmpty, let current = try Baseline.current(in: self) else { return [:] }
    // A preview may not have their files.
    let readable = pushed.filter { $0.rpms.allSatisfy { $0.path.hasPrefix("/") } }
    let found = try Concurrently.map(policy.arches) { arch -> [NVR: [String]] in
      let paths = policy.repositories.binaryPaths(of: arch)
      if paths.isEmpty { return [:] }
      let universe = try PackageUniverse(arch: arch, assumesExternals: false)
      for path in paths { try current.add(to: universe, path, as: .release) }
      try add(readable, as: .release, to: universe, arch)
      return try universe.irreplaceable(builds)
    }
    return found.reduce(into: [:]) { all, some in
      all.merge(some) { Set($0).union($1).sorted() }
    }
  }
}
