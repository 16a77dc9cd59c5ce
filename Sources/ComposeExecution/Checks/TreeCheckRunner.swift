import ComposePolicy
import DurableFiles
package import ReleaseLedger
import ReleaseModel

/// Runs all checks on the trees of a release.
package struct TreeCheckRunner: Sendable {
  private let site: Site

  package init(site: Site) {
    self.site = site
  }

  /// Reads the trees of `record` and judges them.
  ///
  /// Throws `refused` where the release has no trees to check.
  package func run(_ record: ReleaseRecord) throws -> CheckReport {
    guard !record.trees.isEmpty, record.trees.allSatisfy({ $0.place != .gone }) else {
      throw record.refusal(
        "it is \(record.state.rawValue) and has no trees", "Check a release that has trees")
    }
    let builds = try site.ledger.builds(of: record.id)
    let all = Set(builds.map(\.nvr.description))
    let cut = Set(builds.filter { $0.push == 0 }.map(\.nvr.description))
    let beginsEmpty = site.policy.areas[.updates]?.begins == .empty
    let release = CheckedRelease(
      record: record, builds: all,
      expected: [.releases: cut, .updates: beginsEmpty ? all.subtracting(cut) : all])
    var scanner = TreeScanner(site: site)
    let scans = try record.trees.map { try scanner.scan($0) }
    let checks: [any TreeCheck] = [
      MetadataCheck(), IdentityCheck(), SignatureCheck(),
      ManifestCheck(manifests: manifests(record)),
    ]
    return CheckReport(
      release: record.id,
      checks: checks.map { check in
        CheckResult(
          name: check.name,
          findings: scans.flatMap { scan in
            check.findings(in: scan, of: release).map { $0.within(scan.path) }
          })
      })
  }

  /// Runs the checks and records the verdict, which `promote` asks for.
  package func runAndRecord(_ record: ReleaseRecord) throws -> CheckReport {
    let report = try run(record)
    let failed = report.checks.filter { !$0.passed }.map(\.name)
    try site.ledger.commit { change in
      try change.setChecks(passed: report.passed, of: record.id)
      try change.addEvent(
        command: "check", release: record.id.description, operatorName: site.operatorName,
        summary: report.passed ? "passed" : "failed: \(failed.joined(separator: ", "))",
        at: site.time.now)
    }
    return report
  }

  private func manifests(_ record: ReleaseRecord) -> [Area: Result<Manifest, ComposeError>] {
    var manifests: [Area: Result<Manifest, ComposeError>] = [:]
    for tree in record.trees {
      do {
        let (manifest, checksum) = try site.locations.open(tree).manifest()
        guard checksum == tree.manifest else {
          throw ComposeError(
            .badData, "\(tree.name)/\(Manifest.fileName)", "it is not what was recorded",
            remedy: "Find out what changed the tree; compose again")
        }
        manifests[tree.name.area] = .success(manifest)
      } catch let error as ComposeError {
        manifests[tree.name.area] = .failure(error)
      } catch {
        manifests[tree.name.area] = .failure(
          ComposeError(.failed, "\(tree.name)", "\(error)", remedy: "Check again"))
      }
    }
    return manifests
  }
}

extension Finding {
  /// The same finding, with the directory that it is about in front.
  fileprivate func within(_ path: String) -> Finding {
    Finding(code: code, message: "\(path): \(message)", remedy: remedy)
  }
}
