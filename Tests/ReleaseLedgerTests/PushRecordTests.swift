import ComposeTestSupport
import ReleaseLedger
import ReleaseModel
import Testing

@Suite struct PushRecordTests {
  private let nvr = NVR(name: "alpha", version: "1.1", rpmRelease: "1")

  private func ledger() throws -> (Ledger, ReleaseID, TreeName) {
    let ledger = try Ledger.inMemory()
    let id = try ReleaseID("7.06.201903")
    let tree = TreeName(
      area: .updates, release: id, path: try RelativePath.of("updates/7.06.201903"))
    try ledger.commit { change in
      try change.beginRelease(
        id, respin: 0, previous: nil, composeTag: "t", planDigest: "d", allowUnsigned: false,
        at: 1)
      try change.addBuilds(
        [
          BuildRecord(
            package: "alpha", evr: EVR(version: "1.1", rpmRelease: "1"), push: 1, marker: nil)
        ],
        to: id)
    }
    return (ledger, id, tree)
  }

  @Test func `a build leaves the lists and comes back`() throws {
    let (ledger, id, _) = try ledger()
    #expect(try ledger.builds(of: id).map(\.unlisted) == [nil])
    try ledger.commit { try $0.setUnlisted([nvr], because: .withdrawn, by: 2, of: id) }
    #expect(try ledger.builds(of: id).map(\.unlisted) == [.withdrawn])
    try ledger.commit { try $0.setUnlisted([nvr], because: nil, by: 3, of: id) }
    #expect(try ledger.builds(of: id).map(\.unlisted) == [nil])
    // Another build of the package is another matter.
    let other = NVR(name: "alpha", version: "1.2", rpmRelease: "1")
    try ledger.commit { try $0.setUnlisted([other], because: .undone, by: 4, of: id) }
    #expect(try ledger.builds(of: id).map(\.unlisted) == [nil])
  }

  @Test func `pushes are kept in their order`() throws {
    let (ledger, id, _) = try ledger()
    let pushes = [
      PushRecord(
        serial: 1, at: 10, kind: .update, operatorName: "ann@host", listed: ["alpha-1.1-1"],
        unlisted: []),
      PushRecord(
        serial: 2, at: 20, kind: .undo, operatorName: "ann@host", reason: "broken", undoes: 1,
        listed: [], unlisted: ["alpha-1.1-1"]),
    ]
    for push in pushes.reversed() { try ledger.commit { try $0.addPush(push, to: id) } }
    #expect(try ledger.pushes(of: id) == pushes)
  }

  @Test func `files that nothing leads to are recorded whole`() throws {
    let (ledger, _, tree) = try ledger()
    let files = [
      UnlistedFile(path: try RelativePath.of("a.rpm"), build: "alpha-1.1-1", since: 5),
      UnlistedFile(path: try RelativePath.of("b.xml.gz"), build: nil, since: 6),
    ]
    try ledger.commit { try $0.setUnlistedFiles(files, of: tree) }
    #expect(try ledger.unlistedFiles(of: tree) == files)
    let other = TreeName(area: .releases, release: tree.release, path: tree.path)
    #expect(try ledger.unlistedFiles(of: other).isEmpty)
    try ledger.commit { try $0.setUnlistedFiles([files[1]], of: tree) }
    #expect(try ledger.unlistedFiles(of: tree) == [files[1]])
  }

  @Test func `an advisory is what users were told last`() throws {
    let (ledger, _, _) = try ledger()
    let advisory = Advisory(
      id: "EPEL-1", title: "t", kind: .security, issued: 10, builds: ["alpha-1.1-1"])
    try ledger.commit { try $0.addAdvisories([advisory]) }
    #expect(try ledger.advisories() == ["EPEL-1": advisory])
    let mended = Advisory(
      id: "EPEL-1", title: "u", kind: .security, issued: 10, builds: ["alpha-1.1-1"])
    try ledger.commit { try $0.addAdvisories([mended]) }
    #expect(try ledger.advisories() == ["EPEL-1": mended])
  }
}
