import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import RPMPackages
import ReleaseModel

/// Builds that exist only as values: planning is pure.
enum Sample {
  static func policy() throws -> Policy {
    try Policy(file: "\(Fixtures.policies)/epel-7.yaml")
  }

  static func build(
    _ package: String, _ version: String = "1.0", _ rpmRelease: String = "1", epoch: Int = 0,
    arches: [String] = ["noarch", "src"], marker: String? = nil, problem: String? = nil,
    undocumented: [String] = [], inSource: [String] = [],
    signature: RPMSignature = .trusted(keyID: "0123456789abcdef"), buildTime: Int = 1_552_000_000
  ) -> Build {
    let evr = EVR(epoch: epoch, version: version, rpmRelease: rpmRelease)
    let rpms = arches.map { arch in
      let isSource = arch == "src"
      let nevra = NEVRA(name: package, evr: evr, arch: Architecture(arch))
      return RPMFile(
        path: "/pool/\(nevra.fileName)", nevra: nevra,
        sourceRPM: isSource ? nil : "\(package)-\(version)-\(rpmRelease).src.rpm", size: 1000,
        sha256: Checksum(digest: Array("\(nevra)".utf8.prefix(32)).padded(to: 32)),
        buildTime: buildTime, signature: signature,
        signatureHash: signature == .unsigned ? nil : "sha256",
        marker: isSource
          ? nil
          : marker.map {
            RetirementMarker(path: "/usr/share/doc/README-RETIRED", text: $0, problem: problem)
          },
        undocumentedMarkers: isSource ? inSource : undocumented)
    }
    return Build(package: package, evr: evr, rpms: rpms)
  }

  static func snapshot(_ id: String, _ builds: [Build], pushes: Int = 0) throws -> ReleaseSnapshot {
    ReleaseSnapshot(
      release: try ReleaseID(id), newest: carried(builds), pushes: pushes)
  }

  static func carried(_ builds: [Build]) -> [String: ReleaseSnapshot.CarriedBuild] {
    Dictionary(
      uniqueKeysWithValues: builds.map { build in
        (
          build.package,
          .init(nvr: build.nvr, evr: build.evr, push: 0, marker: build.marker?.marker)
        )
      })
  }

  static func plan(
    _ release: String, _ inventory: Inventory, allowUnsigned: Bool = false
  ) throws -> Plan {
    try Planner(policy: policy(), order: .rpm).plan(
      ReleaseID(release), from: inventory, allowUnsigned: allowUnsigned)
  }
}

extension Array where Element == UInt8 {
  fileprivate func padded(to count: Int) -> [UInt8] {
    self + [UInt8](repeating: 0, count: Swift.max(0, count - self.count))
  }
}
