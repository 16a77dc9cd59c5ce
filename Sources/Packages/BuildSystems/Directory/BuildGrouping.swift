package import ReleaseModel

/// Turns RPM files into builds, and picks the live ones.
package struct BuildGrouping {
  private let files: [RPMFile]
  private var refusals: [Finding] = []
  /// Two different files of one name, by that name.
  private var conflicts: [String: Finding] = [:]
  private var warnings: [Finding] = []

  init(files: [RPMFile]) {
    self.files = files
  }

  /// Groups by source RPM; the latest EVR of each package is live.
  func liveBuilds(order: VersionOrder) -> LiveBuilds {
    var grouping = self
    let builds = grouping.builds()
    var latest: [String: Build] = [:]
    for build in builds {
      if let other = latest[build.package], !order.isOlder(other.evr, than: build.evr) { continue }
      latest[build.package] = build
    }
    let live = latest.values.sorted { $0.package < $1.package }
    for build in live where !build.rpms.contains(where: { $0.kind == .source }) {
      grouping.warnings.append(
        Finding(
          code: "no-source", message: "\(build.nvr) has no source RPM",
          remedy: "Add \(build.nvr).src.rpm, so that users can get the source"))
    }
    // A conflict between files of old builds is only a warning: no release gets
    // those builds.
    let names = Set(live.flatMap(\.rpms).map(\.fileName))
    let sorted = grouping.conflicts.sorted { $0.key < $1.key }
    return LiveBuilds(
      builds: live, blocked: nil,
      versions: Dictionary(live.map { ($0.package, $0.evr) }) { first, _ in first },
      refusals: grouping.refusals + sorted.filter { names.contains($0.key) }.map(\.value),
      warnings: grouping.warnings + sorted.filter { !names.contains($0.key) }.map(\.value))
  }

  /// The builds of `files`, sorted by NVR; files that name no source RPM are
  /// left out.
  package static func builds(of files: [RPMFile]) -> [Build] {
    var grouping = BuildGrouping(files: files)
    return grouping.builds()
  }

  private mutating func builds() -> [Build] {
    // Parse the name of each source RPM once: many RPMs share one.
    var sources: [String: NVR?] = [:]
    var bySource: [NVR: [RPMFile]] = [:]
    for file in uniqueFiles() {
      let sourceName = file.kind == .source ? file.fileName : file.sourceRPM ?? ""
      let found = sources[sourceName] ?? NVR(sourceRPM: sourceName)
      sources[sourceName] = .some(found)
      guard let nvr = found else {
        refusals.append(
          Finding(
            code: "no-source-name",
            message: "\(file.path.sanitizedForDisplay) does not say which source RPM it is from",
            remedy: "Rebuild it with rpmbuild, or take it out of the directory"))
        continue
      }
      bySource[nvr, default: []].append(file)
    }
    return bySource.map { nvr, rpms in
      (nvr.description, Build(package: nvr.name, evr: Self.evr(of: nvr, rpms), rpms: rpms))
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// One file for each file name: two equal ones are one, two different ones
  /// cannot both be in a repository.
  private mutating func uniqueFiles() -> [RPMFile] {
    var byName: [String: RPMFile] = [:]
    var unique: [RPMFile] = []
    for file in files {
      let name = file.fileName
      if let other = byName[name] {
        if other.sha256 != file.sha256 {
          conflicts[name] = Finding(
            code: "conflicting-files",
            message: "\(file.path.sanitizedForDisplay) and \(other.path.sanitizedForDisplay) "
              + "are both \(name) with different contents",
            remedy: "Keep the right one")
        }
        continue
      }
      byName[name] = file
      unique.append(file)
      if !file.path.hasSuffix("/" + name) {
        warnings.append(
          Finding(
            code: "file-name", message: "\(file.path.sanitizedForDisplay) holds \(name)",
            remedy: "Rename it; the tree uses the name from its header"))
      }
    }
    return unique
  }

  /// SOURCERPM has no epoch: it is the source RPM's own where that is there,
  /// else that of the RPM with the package's name, version and rpmRelease.
  private static func evr(of nvr: NVR, _ rpms: [RPMFile]) -> EVR {
    let same = rpms.filter {
      $0.nevra.evr.version == nvr.version && $0.nevra.evr.rpmRelease == nvr.rpmRelease
    }
    let best =
      same.first { $0.kind == .source } ?? same.first { $0.nevra.name == nvr.name } ?? same.first
    return EVR(
      epoch: best?.nevra.evr.epoch ?? 0, version: nvr.version, rpmRelease: nvr.rpmRelease)
  }
}
