import Foundation
import ReleaseModel
import Testing

/// Where the noarch RPMs of a package are offered.
@Suite struct ArchitectureLimitsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let exclusive: [String]
    let excluded: [String]
    let arches: [String]
    let offered: [String]

    var testDescription: String { "+\(exclusive) -\(excluded)" }

    init(
      exclusive: [String] = [], excluded: [String] = [],
      of arches: [String] = ["aarch64", "ppc64", "ppc64le", "x86_64"], offered: [String]
    ) {
      self.exclusive = exclusive
      self.excluded = excluded
      self.arches = arches
      self.offered = offered
    }
  }

  static let cases = [
    Case(offered: ["aarch64", "ppc64", "ppc64le", "x86_64"]),
    Case(excluded: ["ppc64", "s390x"], offered: ["aarch64", "ppc64le", "x86_64"]),
    Case(exclusive: ["x86_64", "aarch64"], offered: ["aarch64", "x86_64"]),
    // rpmbuild asks a package that is noarch as a whole to list it.
    Case(exclusive: ["x86_64", "noarch"], offered: ["x86_64"]),
    Case(exclusive: ["noarch"], offered: ["aarch64", "ppc64", "ppc64le", "x86_64"]),
    Case(exclusive: ["noarch", "x86_64", "aarch64"], excluded: ["aarch64"], offered: ["x86_64"]),
    // The 32-bit personality is another machine.
    Case(excluded: ["i386", "i686"], offered: ["aarch64", "ppc64", "ppc64le", "x86_64"]),
    Case(exclusive: ["i686"], offered: []),
    Case(excluded: ["noarch"], offered: []),
    // Other names of one machine.
    Case(exclusive: ["amd64"], offered: ["x86_64"]),
    Case(excluded: ["ppc64p7"], offered: ["aarch64", "ppc64le", "x86_64"]),
    Case(exclusive: ["i586"], of: ["i386", "x86_64"], offered: ["i386"]),
    Case(exclusive: ["x86_64"], of: ["x86_64", "x86_64_v2"], offered: ["x86_64", "x86_64_v2"]),
    Case(exclusive: ["x86_64_v2"], of: ["x86_64", "x86_64_v2"], offered: ["x86_64_v2"]),
    Case(exclusive: ["armv7hl"], of: ["armhfp", "aarch64"], offered: ["armhfp"]),
  ]

  @Test(arguments: cases)
  func `ExclusiveArch and ExcludeArch decide`(_ item: Case) {
    let limits = ArchitectureLimits(exclusive: item.exclusive, excluded: item.excluded)
    #expect(item.arches.filter { limits.allow(Architecture($0)) } == item.offered)
  }

  private func rpm(
    _ arch: String, name: String = "tool", limits: ArchitectureLimits = .none
  ) -> RPMFile {
    RPMFile(
      path: "/pool/\(name).\(arch).rpm",
      nevra: NEVRA(
        name: name, evr: EVR(version: "1", rpmRelease: "1"), arch: Architecture(arch)),
      sourceRPM: arch == "src" ? nil : "tool-1-1.src.rpm", size: 1,
      sha256: Checksum(digest: [UInt8](repeating: 1, count: 32)), buildTime: 1,
      signature: .unsigned, marker: nil, undocumentedMarkers: [], limits: limits)
  }

  @Test func `the source RPM speaks for the noarch RPMs of its build, in any order`() throws {
    let limits = ArchitectureLimits(excluded: ["aarch64"])
    let files = [
      rpm("noarch"), rpm("x86_64", name: "tool-bin"), rpm("src", limits: limits),
      rpm("noarch", name: "tool-doc"),
    ]
    for files in [files, files.reversed()] {
      let build = Build(
        package: "tool", evr: EVR(version: "1", rpmRelease: "1"), rpms: files)
      let x86 = Architecture("x86_64")
      let arm = Architecture("aarch64")
      #expect(
        build.rpms.filter { $0.isOffered(on: arm) }.map(\.fileName) == [])
      #expect(
        build.rpms.filter { $0.isOffered(on: x86) }.map(\.fileName) == [
          "tool-1-1.noarch.rpm", "tool-bin-1-1.x86_64.rpm", "tool-doc-1-1.noarch.rpm",
        ])
      // As the journal of a push keeps it.
      let kept = try JSONDecoder().decode(Build.self, from: JSONEncoder().encode(build))
      #expect(kept == build && kept.rpms.map(\.limits) == build.rpms.map(\.limits))
    }
  }

  @Test func `a build without its source RPM has no limits`() {
    let build = Build(
      package: "tool", evr: EVR(version: "1", rpmRelease: "1"), rpms: [rpm("noarch")])
    #expect(build.rpms.map(\.limits) == [.none])
    #expect(build.rpms[0].isOffered(on: Architecture("aarch64")))
  }
}
