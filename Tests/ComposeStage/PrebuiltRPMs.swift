import ComposeTestSupport

/// RPMs that are built once for all tests.
package struct PrebuiltRPMs: Sendable {
  private let directory: TemporaryDirectory

  package var path: String { directory.path }

  private init(_ specs: [RPMSpec], sources: Bool = true) {
    do {
      directory = try TemporaryDirectory()
      directory.removeAtExit()
      for spec in specs { try spec.build(into: directory.path, sources: sources) }
    } catch {
      fatalError("rpmbuild does not work here: \(error)")
    }
  }

  /// The first release: alpha for a machine, beta and gamma for all.
  package static let first = PrebuiltRPMs([
    RPMSpec(
      "alpha", arch: "x86_64", subpackages: [.init("doc", arch: "noarch"), .init("debuginfo")]),
    RPMSpec("beta"), RPMSpec("gamma"), RPMSpec("epsilon").retired("Long gone.\n"),
  ])
  /// A push: beta newer, iota new, gamma with its marker.
  package static let push = PrebuiltRPMs([
    RPMSpec("beta", "1.1"), RPMSpec("iota"), RPMSpec("gamma", "1.0", "2").retired("Gone.\n"),
  ])
  /// The same in small, for sweeps.
  package static let small = PrebuiltRPMs([RPMSpec("alpha"), RPMSpec("gamma")])
  package static let smallNext = PrebuiltRPMs([RPMSpec("alpha", "2.0")])
  package static let smallThird = PrebuiltRPMs([RPMSpec("gamma", "2.0")])
  /// A few MiB that nothing compresses.
  package static let large = PrebuiltRPMs(
    (0..<6).map { RPMSpec("noise\($0)").withNoise(1 << 20) }, sources: false)
  /// For the next release.
  package static let next = PrebuiltRPMs([
    RPMSpec("alpha", "2.0", arch: "x86_64", tags: ["Obsoletes: alpha-doc < 2.0"]), RPMSpec("pi"),
  ])
}
