import ComposeTrees
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// `identity`: each RPM is what its file name, its metadata and the recorded
/// builds say it is, and every recorded build is there.
struct IdentityCheck: TreeCheck {
  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding] {
    // Nearly all RPMs are right: only what is found is put in order.
    var found: [RelativePath: [Finding]] = [:]
    var seen: Set<String> = []
    // RPMs of one build name the same source RPM.
    var builds: [String: String] = [:]
    for (path, result) in scan.rpms {
      guard case .success(let rpm) = result else { continue }
      if rpm.fileName != path.name {
        found[path, default: []].append(
          Finding(
            code: "file-name", message: "\(path) holds \(rpm.nevra)",
            remedy: "Find out who renamed it; compose again", package: rpm.package,
            rpms: [rpm.nevra.description]))
      }
      let source = rpm.kind == .source ? rpm.fileName : rpm.sourceRPM ?? ""
      let build = builds[source] ?? NVR(sourceRPM: source)?.description ?? source
      builds[source] = build
      seen.insert(build)
      if !release.builds.contains(build) {
        found[path, default: []].append(
          Finding(
            code: "unknown-build", message: "\(path) is from \(build), which is not recorded",
            remedy: "Find out where it comes from; compose again", package: rpm.package,
            rpms: [rpm.nevra.description]))
      }
    }
    var findings = found.sorted { $0.key < $1.key }.flatMap(\.value)
    findings += metadata(scan, release) + doubles(scan) + held(seen, scan.tree, release)
    let expected = release.expected[scan.tree.area] ?? []
    return findings
      + expected.subtracting(seen).sorted().map {
        Finding(
          code: "absent-build", message: "no RPM of \($0) is in \(scan.tree)",
          remedy: release.remedyForDamage)
      }
  }

  /// Builds that the tree lists although a person took them out. A frozen tree
  /// that users have cannot be mended any more: there, pushes take them out of
  /// the updates.
  private func held(
    _ listed: Set<String>, _ tree: TreeName, _ release: CheckedRelease
  ) -> [Finding] {
    guard tree.area != .releases || release.record.promotion == nil else { return [] }
    return release.holds.filter { listed.contains($0.key) }.values
      .sorted { $0.nvr.description < $1.nvr.description }.map {
        $0.finding(
          "is held, but listed in \(tree)",
          remedy: Self.remedy(of: release.record))
      }
  }

  /// How a held build leaves: of a release that users have, by its next push.
  private static func remedy(of record: ReleaseRecord) -> String {
    switch record.state {
    case .current: "Take it out with: epel-compose update \(record.id.major)"
    case .superseded: "Take it out with: epel-compose update \(record.id)"
    default: "Abandon the release and compose it again without the build"
    }
  }

  /// Two different files that call themselves the same: clients take either.
  private func doubles(_ scan: TreeScan) -> [Finding] {
    // Nearly all have one file only, in several repositories.
    var known: [NEVRA: Checksum] = [:]
    var doubles: Set<NEVRA> = []
    let distinct = Dictionary(
      scan.rpms.values.compactMap { result in (try? result.get()).map { ($0.sha256, $0.nevra) } }
    ) { first, _ in first }
    for (checksum, nevra) in distinct {
      if known.updateValue(checksum, forKey: nevra) != nil { doubles.insert(nevra) }
    }
    if doubles.isEmpty { return [] }
    let rpms = scan.rpms.compactMap { path, result in
      (try? result.get()).map { (path: path, rpm: $0) }
    }.filter { doubles.contains($0.rpm.nevra) }
    return Dictionary(grouping: rpms, by: \.rpm.nevra)
      .sorted { $0.key.description < $1.key.description }
      .map { nevra, files in
        let paths = files.map(\.path.description).sorted()
        return Finding(
          code: "two-files",
          message: "\(paths.joined(separator: " and ")) are both \(nevra), but differ",
          remedy: "Find out which one is right; compose again",
          package: files.map { ($0.path, $0.rpm.package) }.min { $0.0 < $1.0 }?.1,
          rpms: [nevra.description])
      }
  }

  private func metadata(_ scan: TreeScan, _ release: CheckedRelease) -> [Finding] {
    var findings: [Finding] = []
    for (repository, result) in scan.repositories.sorted(by: { $0.key < $1.key }) {
      guard case .success(let contents) = result else { continue }
      for package in contents.packages {
        let path = repository.appending(package.location)
        guard case .success(let rpm)? = scan.rpms[path] else { continue }
        // Metadata gives a source RPM the architecture `src` as well.
        guard rpm.nevra != package.nevra, !(rpm.kind == .source && package.nevra.arch.isSource)
        else { continue }
        findings.append(
          Finding(
            code: "nevra", message: "\(path) is \(rpm.nevra), but listed as \(package.nevra)",
            remedy: release.remedyForDamage))
      }
    }
    return findings
  }
}
