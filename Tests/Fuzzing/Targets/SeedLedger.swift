import Digests
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel

/// A ledger with a row in nearly every table.
enum SeedLedger {
  private static let known = Guarded<[UInt8]?>(nil)

  /// The bytes of its file.
  static func bytes(in scratch: Scratch) throws -> [UInt8] {
    if let bytes = known.withLock({ $0 }) { return bytes }
    let file = "\(scratch.path)/seed.sqlite"
    let ledger = try Ledger.open(path: file)
    try write(into: ledger)
    try ledger.close()
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    known.withLock { $0 = bytes }
    return bytes
  }

  private static func write(into ledger: Ledger) throws {
    let id = try ReleaseID("7.06.201903")
    let tree = TreeName(
      area: .updates, release: id, path: try RelativePath.of("updates/7.06.201903"))
    let evr = EVR(epoch: 1, version: "1.0", rpmRelease: "1")
    let marker = MarkerRecord(
      marker: RetirementMarker(path: "/usr/share/doc/g/README-RETIRED", text: "Gone.\n"),
      rpm: "gamma-doc-1.0-1.noarch.rpm")
    let former = FormerRPM(
      rpm: BinaryPackage(
        nevra: NEVRA(name: "gamma", evr: evr, arch: .noarch), package: "gamma"),
      provides: ["gamma = 1:1.0-1"])
    let nvr = NVR(name: "gamma", version: "1.0", rpmRelease: "1")
    try ledger.commit { change in
      try change.beginRelease(
        id, respin: 1, previous: try ReleaseID("7.05.201901"), composeTag: "t", planDigest: "d",
        allowUnsigned: false, at: 100)
      try change.setTree(
        TreeRecord(
          name: tree, place: .public, manifest: Checksum(of: [1]), revision: 5, packages: 3,
          bytes: 9))
      try change.setCurrent(id, formerBecomes: .superseded, at: 102)
      try change.addBuilds(
        [BuildRecord(package: "gamma", evr: evr, push: 1, marker: marker)], to: id)
      try change.addRetirements(
        [RetirementRecord(package: "gamma", evr: evr, marker: marker)], to: id)
      _ = try change.openOperation(
        kind: "archive", release: id.description, payload: "{}", at: 103)
      try change.addEvent(
        command: "promote", release: id.description, operatorName: "ann", summary: "s", at: 102)
      try change.makeTag("t")
      try change.tag([nvr], into: "t")
      try change.setHubSnapshot(
        HubSnapshotRecord(
          event: 17, at: 99, blocked: [.init(package: "beta", nvr: nvr, marker: nil)],
          contradictions: [Finding(code: "c", message: "m", remedy: "r")]), of: id)
      try change.addLeaving([former], to: id)
      try change.setChecks(
        passed: true,
        run: CheckRun(
          at: 104,
          subject: CheckSubject(manifests: ["p": "0"], baseline: nil, baselinePushes: 0, gate: "g"),
          failed: [], waived: []), of: id)
      try change.addOverrides(
        [GateOverride(gate: "soak", reason: "r", operatorName: "ann", at: 102)], to: id)
      try change.setPushes(1, of: id)
      try change.addPush(
        PushRecord(
          serial: 1, at: 105, kind: .update, operatorName: "ann", listed: [nvr], unlisted: []),
        to: id)
      try change.setUnlistedFiles(
        [UnlistedFile(path: try RelativePath.of("gamma.rpm"), build: nvr, since: 105)], of: tree)
      try change.setLeft([BuildEntry(package: "gamma", nvr: nvr)], of: id, at: 106)
      try change.addRemoved([
        RemovedRPM(
          former, build: nvr, release: id, cause: .withdrawn, push: 1, at: 107,
          operatorName: "ann", reason: "r")
      ])
      try change.acknowledge([
        Acknowledgement(package: "gamma", nvr: nvr, operatorName: "ann", note: "n", at: 98)
      ])
      try change.addAdvisories([
        Advisory(id: "EPEL-1", title: "t", kind: .security, issued: 10, builds: ["gamma-1.0-1"])
      ])
      try change.hold([
        BuildHold(
          nvr: nvr, cause: .withdrawn, reason: "r", operatorName: "ann", at: 106, release: id)
      ])
      let groups = DocumentChange(
        kind: .groups, key: "", digest: Checksum(of: [2]), former: Data("<comps/>".utf8))
      try change.addDocumentChanges([groups], by: 1, to: id)
      try change.hold([groups], at: 106)
    }
  }

  /// Everything that a ledger tells, and the sentences that are made of its times.
  static func read(_ ledger: Ledger) throws {
    let id = try ReleaseID("7.06.201903")
    let releases = (try? ledger.releases()) ?? []
    for release in releases {
      _ = Moment(release.since).description
      for tree in release.trees { _ = try? ledger.unlistedFiles(of: tree.name) }
    }
    for release in [id] + releases.map(\.id) {
      _ = try? ledger.builds(of: release)
      _ = try? ledger.retirements(of: release)
      _ = try? ledger.leaving(of: release)
      _ = try? ledger.checkRun(of: release)
      _ = try? ledger.overrides(of: release)
      _ = try? ledger.pushes(of: release).map { CalendarDate(secondsSince1970: $0.at).description }
      _ = try? ledger.left(of: release)
      _ = try? ledger.documentChanges(of: release)
      _ = try? ledger.hubSnapshot(of: release)
    }
    _ = try? ledger.events().map { Moment($0.at).description }
    _ = try? ledger.openOperation()
    _ = try? ledger.unreportedOperations()
    _ = try? ledger.operations(after: 0)
    _ = try? ledger.lastOperation()
    _ = try? ledger.revisionFloor()
    _ = try? ledger.holds().map(\.sentence)
    _ = try? ledger.documentHolds()
    _ = try? ledger.advisories()
    _ = try? ledger.removedRPMs().map(\.removal)
    _ = try? ledger.acknowledgements()
    _ = try? ledger.builds(taggedInto: "t")
  }
}
