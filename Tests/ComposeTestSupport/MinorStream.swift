import Foundation

/// EPEL 10 with one architecture, two maintained minor releases, and a directory of live builds
/// for each: what its tags `epel10.0` and `epel10.1` are in the hub.
package final class MinorStream: Sendable {
  package let installation: Installation
  private let scratch: TemporaryDirectory

  /// Dates are far from today on either side.
  ///
  /// - Parameters:
  ///   - ends: until when 10.0 gets pushes once 10.1 is leading.
  ///   - changing: changes the text of the policy further.
  package init(
    ends: String = "2999-12-31", changing: (String) -> String = { $0 }
  ) throws {
    scratch = try TemporaryDirectory()
    let text = try String(contentsOfFile: "\(Fixtures.policies)/epel-10.yaml", encoding: .utf8)
    let calendar = """
      calendar:
        "10.0": { date: 2020-05-20, ends: \(ends) }
        "10.1": { date: 2020-11-11, ends: 2999-12-31 }
        "10.2": { date: 2999-05-19, planned: true }


      """
    let small = text.replacing(/arches: \[.*\]/, with: "arches: [x86_64]")
      .replacing("compression: zstd", with: "compression: gz")
      .replacing(/(?s)\ncalendar:\n.*?\n\n/, with: "\n\(Fixtures.noClientTests)\n\n\(calendar)")
      .replacing(/hub: .*/, with: "hub: https://localhost:1/kojihub")
      .replacing(/topdir: .*/, with: "topdir: https://localhost:1/files")
    try scratch.write(changing(small), to: "Policies/epel-10.yaml")
    try FileManager.default.copyItem(
      atPath: "\(Fixtures.checkout)/Templates", toPath: scratch.path("Templates"))
    installation = Installation(
      in: scratch, policies: scratch.path("Policies"), environment: [:])
    for release in ["10.0", "10.1", "10.2", "10.3"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path("live-\(release)"), withIntermediateDirectories: true)
    }
  }

  /// Directory of the live builds of a minor release.
  package func live(_ release: String) -> String { scratch.path("live-\(release)") }

  /// Changes the text of the policy.
  package func rewritePolicy(_ change: (String) -> String) throws {
    let file = scratch.path("Policies/epel-10.yaml")
    try scratch.write(
      change(String(contentsOfFile: file, encoding: .utf8)), to: "Policies/epel-10.yaml")
  }

  /// A build that is live in each of `releases`.
  package func add(_ spec: RPMSpec, to releases: [String]) throws {
    // One file for all: builds of one name are the same in every tag.
    let built = scratch.path("built-\(spec.name)-\(spec.version)-\(spec.rpmRelease)")
    try spec.build(into: built)
    for release in releases { try Shell.check("cp", ["-a", built + "/.", live(release) + "/"]) }
  }

  /// Composes, publishes and promotes `release` from what is live for it.
  package func release(_ release: String) throws {
    try installation.succeed(
      ["compose", release, "--rpms", live(release), "--allow-unsigned"])
    try installation.succeed(["publish", release])
    try installation.succeed(["promote", release, "--skip-soak"])
  }

  /// Options of a push into `release`.
  package func push(_ release: String, _ more: [String] = []) -> [String] {
    ["update", release] + more + ["--rpms", live(release), "--allow-unsigned"]
  }

  /// URL of the repository of one architecture, by a path below the public root: a link or a
  /// release.
  package func url(_ path: String) -> String {
    "file://\(installation.root)/pub/epel/\(path)/Everything/x86_64"
  }
}
