import ComposePlanning
import RPMPackages
import ReleaseModel
import Testing

@Suite struct ReleaseDifferenceTests {
  private func rpm(
    _ package: String, _ version: String, name: String? = nil, arch: String = "noarch",
    bytes: Int = 100
  ) -> ReleaseContents.ListedRPM {
    ReleaseContents.ListedRPM(
      nevra: NEVRA(
        name: name ?? package, evr: EVR(version: version, rpmRelease: "1"),
        arch: Architecture(arch)), package: package, bytes: bytes)
  }

  private func difference(
    _ old: [ReleaseContents.ListedRPM], _ new: [ReleaseContents.ListedRPM],
    retired: Set<String> = []
  ) throws -> ReleaseDifference {
    let (before, after) = (
      ReleaseContents(listed: old, order: .rpm), ReleaseContents(listed: new, order: .rpm)
    )
    return ReleaseDifference(
      from: .init(
        release: try ReleaseID("7.06.201903"), state: .current, tree: "/a", contents: before),
      before,
      to: .init(release: try ReleaseID("7.07.201908"), state: .staged, tree: "/b", contents: after),
      after, retired: retired, order: .rpm)
  }

  @Test func `what came, went, grew and went back`() throws {
    let found = try difference(
      [
        rpm("alpha", "1.0", arch: "src"), rpm("alpha", "1.0"), rpm("beta", "2.0", arch: "src"),
        rpm("gamma", "1.0", arch: "src", bytes: 70), rpm("same", "1.0", arch: "src"),
        rpm("left", "1.0", arch: "src"),
      ],
      [
        rpm("alpha", "1.10", arch: "src", bytes: 150), rpm("alpha", "1.10"),
        rpm("alpha", "1.10", name: "alpha-tools"), rpm("beta", "1.9", arch: "src"),
        rpm("delta", "1.0", arch: "src"), rpm("same", "1.0", arch: "src"),
      ], retired: ["gamma"])
    #expect(found.updated.map(\.package) == ["alpha"])
    #expect(found.updated.first?.from == "1.0-1" && found.updated.first?.to == "1.10-1")
    #expect(found.updated.first?.bytesFrom == 200 && found.updated.first?.bytesTo == 350)
    #expect(found.updated.first?.rpmsAdded == ["alpha-tools"])
    #expect(found.downgraded.map(\.package) == ["beta"])
    #expect(found.added.map(\.package) == ["delta"])
    #expect(found.removed.map(\.package) == ["gamma", "left"])
    #expect(found.removed.map(\.isRetired) == [true, false])
    #expect(found.unchanged == 1 && found.changed.isEmpty)
    #expect(found.from.packages == 5 && found.from.rpms == 6 && found.from.bytes == 570)
  }

  @Test func `older versions that a tree keeps do not count`() throws {
    let listed = [
      rpm("alpha", "1.9", arch: "src"), rpm("alpha", "1.10", arch: "src"),
      rpm("alpha", "1.10", arch: "src"), rpm("alpha", "1.9"), rpm("alpha", "1.10"),
    ]
    let found = try difference(listed, [rpm("alpha", "1.10", arch: "src"), rpm("alpha", "1.10")])
    #expect(found.unchanged == 1 && found.updated.isEmpty && found.changed.isEmpty)
    #expect(found.from.rpms == 2)
  }

  @Test func `one version with other RPMs is told apart`() throws {
    let found = try difference(
      [rpm("alpha", "1.0", arch: "src"), rpm("alpha", "1.0", arch: "x86_64")],
      [rpm("alpha", "1.0", arch: "src"), rpm("alpha", "1.0", arch: "aarch64")])
    #expect(found.changed.map(\.package) == ["alpha"])
    #expect(found.unchanged == 0)
    // Where no source RPM is listed, the RPM of the package's name says its version.
    let without = try difference(
      [rpm("beta", "1.0"), rpm("beta", "7.0", name: "beta-libs")],
      [rpm("beta", "1.0"), rpm("beta", "7.1", name: "beta-libs")])
    #expect(without.updated.isEmpty && without.unchanged == 1)
  }
}
