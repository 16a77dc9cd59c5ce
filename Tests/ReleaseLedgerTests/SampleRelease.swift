import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// One release with a row in every table of the ledger.
struct SampleRelease {
  let id: ReleaseID
  let tag = "epel7-7.06"
  let tree: TreeName

  init() throws {
    id = try ReleaseID("7.06.201903")
    tree = TreeName(
      area: .updates, release: id, path: try RelativePath.of("updates/7.06.201903"))
  }

  func write(into ledger: Ledger) throws {
    try ledger.commit { change in
      try addRelease(change)
      try addHubSnapshot(change)
      try addChecks(change)
      try addPush(change)
      try addHolds(change)
      try addMirrors(change)
      try addEnds(change)
    }
  }

  /// One module that was told and owes again, and one that was never told.
  private func addMirrors(_ change: LedgerChange) throws {
    let modules = ["archive", "epel"].compactMap { ModuleName($0) }
    try change.setTold(modules[1], serial: 7, at: 107)
    try change.owe(modules, by: "promote \(id)", at: 108)
    try change.owe([modules[1]], by: "update \(id)", at: 109)
    try change.add(
      StatementRecord(
        serial: 3, release: id, written: 110, validUntil: 710,
        sha256: Checksum(digest: Array(repeating: 4, count: 32))))
    try change.setLink(
      LinkRecord(path: tree.path, release: id, former: nil, since: 111))
    try change.setLink(LinkRecord(path: tree.path, release: id, former: id, since: 112))
  }

  /// The stream ends one day, and the release has ended.
  private func addEnds(_ change: LedgerChange) throws {
    let day = try #require(CalendarDate("2024-06-30"))
    try change.setEnding(EndOfLife(subject: nil, day: day, decided: 113))
    try change.setEnding(
      EndOfLife(
        subject: id, day: day, decided: 114,
        done: EndOfLife.Done(release: id, at: 115, isClosed: true)))
    try change.rememberLock(of: "epel7", for: nil)
  }

  private func addRelease(_ change: LedgerChange) throws {
    try change.beginRelease(
      id, respin: 1, previous: nil, composeTag: tag, planDigest: "d", allowUnsigned: false, at: 100)
    try change.setTree(
      TreeRecord(
        name: tree, place: .public, manifest: Checksum(digest: Array(repeating: 1, count: 32)),
        revision: 5, packages: 3, bytes: 9))
    try change.setTestsUnsigned(id)
    try change.setState(.published, of: id, at: 101)
    try change.setCurrent(id, formerBecomes: .superseded, at: 102)
    try change.addBuilds(
      [
        BuildRecord(
          package: "alpha", evr: EVR(version: "1.0", rpmRelease: "1"), push: 0, marker: nil),
        BuildRecord(
          package: "alpha", evr: EVR(version: "1.1", rpmRelease: "1"), push: 1, marker: marker),
      ], to: id)
    try change.addRetirements(
      [
        RetirementRecord(
          package: "gamma", evr: EVR(epoch: 1, version: "1.0", rpmRelease: "1"), marker: marker)
      ], to: id)
    _ = try change.openOperation(
      kind: "archive", release: id.description, payload: "{}", at: 103)
    try change.addEvent(
      command: "promote", release: id.description, operatorName: "ann@host", summary: "promoted",
      at: 102)
    try change.makeTag(tag)
    try change.tag([NVR(name: "alpha", version: "1.0", rpmRelease: "1")], into: tag)
  }

  private var marker: MarkerRecord {
    MarkerRecord(
      marker: RetirementMarker(path: "/usr/share/doc/g/README-RETIRED", text: "Gone.\n"),
      rpm: "gamma-doc-1.0-1.noarch.rpm")
  }

  private func addHubSnapshot(_ change: LedgerChange) throws {
    try change.rememberHubTag(tag)
    try change.setHubSnapshot(
      HubSnapshotRecord(
        event: 17, at: 99,
        blocked: [HubSnapshotRecord.Blocked(package: "beta", nvr: "beta-1.0-1", marker: nil)],
        contradictions: [Finding(code: "block-without-marker", message: "m", remedy: "r")]),
      of: id)
  }

  private func addChecks(_ change: LedgerChange) throws {
    let nevra = NEVRA(
      name: "gamma", evr: EVR(epoch: 1, version: "1.0", rpmRelease: "1"),
      arch: Architecture("noarch"))
    try change.addLeaving(
      [
        FormerRPM(
          rpm: BinaryPackage(nevra: nevra, package: "gamma"), provides: ["gamma = 1:1.0-1"])
      ], to: id)
    try change.setChecks(
      passed: true,
      run: CheckRun(
        at: 104,
        subject: CheckSubject(
          manifests: [tree.path.description: "01"], baseline: nil, baselinePushes: 0, gate: "g"),
        failed: [], waived: []),
      of: id)
    try change.addOverrides(
      [GateOverride(gate: "soak", reason: "urgent", operatorName: "ann@host", at: 102)], to: id)
  }

  /// A build that was withdrawn, and groups that an undo took back.
  private func addHolds(_ change: LedgerChange) throws {
    try change.hold([
      BuildHold(
        nvr: "beta-1.1-1", cause: .withdrawn, reason: "eats data", operatorName: "ann@host",
        at: 106, release: id)
    ])
    let groups = DocumentChange(
      kind: .groups, key: "", digest: Checksum(digest: Array(repeating: 2, count: 32)),
      former: Data("<comps/>".utf8))
    try change.addDocumentChanges([groups], by: 1, to: id)
    try change.hold([groups], at: 106)
  }

  private func addPush(_ change: LedgerChange) throws {
    let old = NVR(name: "alpha", version: "1.0", rpmRelease: "1")
    try change.setPushes(1, of: id)
    try change.addPush(
      PushRecord(
        serial: 1, at: 105, kind: .update, operatorName: "ann@host", listed: ["alpha-1.1-1"],
        unlisted: ["alpha-1.0-1"]),
      to: id)
    try change.setUnlisted([old], because: .retention, by: 1, of: id)
    try change.setUnlistedFiles(
      [UnlistedFile(path: try RelativePath.of("alpha.rpm"), build: "alpha-1.0-1", since: 105)],
      of: tree)
    try change.remember(
      [
        KnownFile(
          area: .updates, path: try RelativePath.of("alpha.rpm"),
          sha256: Checksum(digest: Array(repeating: 3, count: 32)))
      ], of: id, at: 106)
    try change.setLeft([BuildEntry(package: "beta", nvr: "beta-1.0-1")], of: id, at: 106)
    try change.addRemoved([
      RemovedRPM(
        FormerRPM(
          rpm: BinaryPackage(
            nevra: NEVRA(
              name: "alpha-libs", evr: EVR(epoch: 2, version: "1.0", rpmRelease: "1"),
              arch: Architecture("x86_64")), package: "alpha"), provides: ["libalpha.so.1"]),
        build: "alpha-1.0-1", release: id, cause: .withdrawn, push: 1, at: 107,
        operatorName: "ann@host", reason: "It was wrong")
    ])
    try change.acknowledge([
      Acknowledgement(
        package: "gamma", nvr: "gamma-1.0-1", operatorName: "ann@host", note: "agreed", at: 98)
    ])
    try change.addAdvisories([
      Advisory(id: "EPEL-1", title: "t", kind: .security, issued: 10, builds: ["alpha-1.1-1"])
    ])
  }
}
