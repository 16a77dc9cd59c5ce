package import ReleaseModel

/// What one tree gives who installs from it: the newest of each RPM that it lists, by
/// source package.
package struct ReleaseContents: Sendable {
  /// One RPM, as metadata lists it.
  package struct ListedRPM: Sendable {
    let nevra: NEVRA
    let package: String
    let bytes: Int

    /// - Parameters:
    ///   - package: name of the source package.
    ///   - bytes: size of the file.
    package init(nevra: NEVRA, package: String, bytes: Int) {
      self.nevra = nevra
      self.package = package
      self.bytes = bytes
    }
  }

  /// One source package with its RPMs.
  struct Package: Sendable {
    /// Of the source RPM; where none is listed, of the RPM of that name, else of any.
    let evr: EVR
    let rpms: [Name: ListedRPM]

    var bytes: Int { rpms.values.clampedSum(\.bytes) }
    /// Names of what users install, without debuginfo.
    var names: Set<String> {
      Set(rpms.values.map(\.nevra).filter { RPMFile.kind(of: $0) == .binary }.map(\.name))
    }
  }

  /// What there is one newest of.
  struct Name: Hashable, Sendable {
    let name: String
    let arch: Architecture
  }

  let packages: [String: Package]

  /// - Parameters:
  ///   - listed: in any order; older versions and repetitions do not count.
  ///   - order: by which the newest is told.
  package init(listed: [ListedRPM], order: VersionOrder) {
    var newest: [String: [Name: ListedRPM]] = [:]
    for rpm in listed {
      let name = Name(name: rpm.nevra.name, arch: rpm.nevra.arch)
      let known = newest[rpm.package]?[name]
      if let known, !order.isOlder(known.nevra.evr, than: rpm.nevra.evr) { continue }
      newest[rpm.package, default: [:]][name] = rpm
    }
    packages = newest.reduce(into: [:]) { packages, item in
      let (package, rpms) = item
      let sources = rpms.values.filter { RPMFile.kind(of: $0.nevra) == .source }
      let namesakes = rpms.values.filter { $0.nevra.name == package }
      let candidates =
        [sources, namesakes, Array(rpms.values)].first { !$0.isEmpty } ?? []
      guard let first = candidates.first else { return }
      let evr = candidates.map(\.nevra.evr).reduce(first.nevra.evr) {
        order.isOlder($0, than: $1) ? $1 : $0
      }
      packages[package] = Package(evr: evr, rpms: rpms)
    }
  }
}
