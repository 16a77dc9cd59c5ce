import KojiClient
import ReleaseModel

/// Reads the builds that the blocks of a tag hide: the newest tagged build of
/// each blocked package, and whether it has a retirement marker.
struct HiddenBuilds {
  let hub: KojiHub
  let tag: String
  let event: BuildSystemEvent
  let copies: SignedCopies

  /// Sorted by package. A build that cannot be read has no marker here, and is no
  /// error: no user gets it.
  func read(_ packages: [String]) throws -> [BlockedPackage] {
    let newest = try hub.newestTagged(of: packages, in: tag, at: event)
    let rpms = try hub.rpms(ofBuilds: newest.values.map(\.id))
    return packages.sorted().map { package in
      guard let build = newest[package] else { return BlockedPackage(package: package) }
      let found = marker(of: build, rpms[build.id] ?? [])
      return BlockedPackage(
        package: package, nvr: build.nvr, marker: found?.marker, markerRPM: found?.rpm,
        epoch: build.evr.epoch)
    }
  }

  private func marker(
    of build: TaggedBuild, _ rpms: [TaggedRPM]
  ) -> (marker: RetirementMarker, rpm: String)? {
    for rpm in rpms.sorted(by: { $0.nevra.fileName < $1.nevra.fileName })
    where !rpm.nevra.arch.isSource {
      let found = try? copies.find(SignedCopies.Wanted(build: build, rpm: rpm))
      if let marker = found?.file?.marker { return (marker, rpm.nevra.fileName) }
    }
    return nil
  }
}
