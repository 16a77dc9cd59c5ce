/// One build in the build system: an NVR with its RPMs.
package struct Build: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// Of the source RPM; binary RPMs may have another.
  package let evr: EVR
  /// Sorted by file name.
  package let rpms: [RPMFile]

  /// Sorts `rpms` by file name, in any order given. `ExclusiveArch` and
  /// `ExcludeArch` of the source RPM hold for all of its `noarch` RPMs: rpmbuild
  /// writes them nowhere else.
  package init(package: String, evr: EVR, rpms: [RPMFile]) {
    self.package = package
    self.evr = evr
    let limits = rpms.first { $0.kind == .source }?.limits
    self.rpms = rpms.map { rpm in
      guard let limits, rpm.nevra.arch == .noarch, rpm.limits != limits else {
        return (rpm.fileName, rpm)
      }
      return (rpm.fileName, rpm.limited(to: limits))
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// How the build system names it; without the epoch.
  package var nvr: NVR {
    NVR(name: package, version: evr.version, rpmRelease: evr.rpmRelease)
  }

  /// The module stream that it is of, as `module:stream`; nil for most builds. Users of
  /// one stream get nothing of another, so each has a live build of its own.
  package var moduleStream: String? { rpms.lazy.compactMap(\.moduleStream).min() }

  /// The marker that retires the package, and the RPM that carries it: the
  /// first by file name among the binary RPMs that has a text, else the first. One in any sub-package
  /// retires the whole source package, in every architecture.
  package var marker: (marker: RetirementMarker, rpm: RPMFile)? {
    let markers = rpms.filter { $0.kind != .source }.compactMap { rpm in
      rpm.marker.map { (marker: $0, rpm: rpm) }
    }
    return markers.first { !$0.marker.text.isEmpty } ?? markers.first
  }
}
