package import ReleaseModel

/// Turns RPM files into builds, and picks the live ones.
///
/// Builds come first, from the names of source RPMs alone; only files of one
/// build are compared with each other. So no file of a build can be lost to a
/// build that has a file of the same name.
package struct BuildGrouping {
  private let files: [RPMFile]
  private var refusals: [Finding] = []
  /// Two different files of one name in one build.
  private var conflicts: [NVR: [Finding]] = [:]
  /// Files that are named otherwise than their headers say.
  private var misnamed: [NVR: [Finding]] = [:]

  init(files: [RPMFile]) {
    self.files = files
  }

  /// Groups by source RPM; the latest EVR of each package is live, and of one that
  /// several module streams have, the latest of each stream.
  func liveBuilds(order: VersionOrder) -> LiveBuilds {
    var grouping = self
    let builds = grouping.builds()
    var latest: [[String?]: Build] = [:]
    for build in builds {
      let line = [build.package, build.moduleStream]
      if let other = latest[line], !order.isOlder(other.evr, than: build.evr) { continue }
      latest[line] = build
    }
    let live = latest.values.sorted {
      $0.package == $1.package
        ? order.isOlder($0.evr, than: $1.evr) : $0.package < $1.package
    }
    let isLive = Set(live.map(\.nvr))
    let sorted = builds.map(\.nvr)
    // A conflict between files of old builds is only a warning: no release gets
    // those builds.
    return LiveBuilds(
      builds: live, blocked: nil,
      versions: Dictionary(live.map { ($0.package, $0.evr) }) { $1 },
      refusals: grouping.refusals
        + sorted.filter(isLive.contains).flatMap { grouping.conflicts[$0] ?? [] },
      warnings: sorted.flatMap { grouping.misnamed[$0] ?? [] }
        + live.filter { build in !build.rpms.contains { $0.kind == .source } }.map(Self.noSource)
        + sorted.filter { !isLive.contains($0) }.flatMap { grouping.conflicts[$0] ?? [] })
  }

  private static func noSource(_ build: Build) -> Finding {
    Finding(
      code: "no-source", message: "\(build.nvr) has no source RPM",
      remedy: "Add \(build.nvr).src.rpm, so that users can get the source")
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
    for file in files {
      let sourceName = file.kind == .source ? file.fileName : file.sourceRPM ?? ""
      let found = sources[sourceName] ?? NVR(sourceRPM: sourceName)
      sources[sourceName] = .some(found)
      guard let nvr = found else {
        refusals.append(.noSourceName(file, at: file.path))
        continue
      }
      bySource[nvr, default: []].append(file)
    }
    return bySource.map { nvr, rpms in
      let unique = uniqueFiles(rpms, of: nvr)
      return (
        nvr.description, Build(package: nvr.name, evr: Self.evr(of: nvr, unique), rpms: unique)
      )
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// One file for each file name: two equal ones are one, two different ones
  /// cannot both be in a repository.
  private mutating func uniqueFiles(_ files: [RPMFile], of build: NVR) -> [RPMFile] {
    var places: [String: Int] = [:]
    var unique: [RPMFile] = []
    for file in files {
      guard let place = places[file.fileName] else {
        places[file.fileName] = unique.count
        unique.append(file)
        continue
      }
      let other = unique[place]
      if other.sha256 != file.sha256 {
        conflicts[build, default: []].append(.conflictingFiles(other, file))
      } else if !other.isNamedRightly, file.isNamedRightly {
        unique[place] = file
      }
    }
    let odd = unique.filter { !$0.isNamedRightly }
    if !odd.isEmpty {
      misnamed[build] = odd.map { file in
        Finding(
          code: "file-name",
          message: "\(file.path.sanitizedForDisplay) holds \(file.fileName)",
          remedy: "Rename it; the tree uses the name from its header")
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

extension Finding {
  /// An RPM that names no source RPM by which its build could be told.
  static func noSourceName(_ file: RPMFile, at place: String, of package: String? = nil) -> Finding
  {
    let named = file.sourceRPM.flatMap { $0.isEmpty ? nil : $0 }
    return Finding(
      code: "no-source-name",
      message: "\(place.sanitizedForDisplay) "
        + (named.map {
          "says that it is from \($0.excerptForDisplay), which is no file name of a source RPM"
        } ?? "does not say which source RPM it is from"),
      remedy:
        "Build it anew with rpmbuild; until then untag the build, or take the file out of the "
        + "directory", package: package)
  }
}

extension RPMFile {
  fileprivate var isNamedRightly: Bool { path.hasSuffix("/" + fileName) }
}
