import ComposeTestSupport
import Foundation
import Testing

/// `metadata: koji`: the hub's builders make the metadata.
@Suite(.waiting) struct DistRepositoryTests {
  private let release = "7.06.201903"

  private func scene(topURL: Bool = false) throws -> KojiInstallation {
    try KojiPool.shared().installation(
      topURL: topURL,
      policy: {
        $0.replacing(/metadata:\n  compression: gz\n  changelogs: 10/, with: "metadata: koji")
          .replacing("  waits:", with: "  waits:\n    tasks: 20 seconds")
      })
  }

  private func repomd(_ scene: KojiInstallation) throws -> String {
    try String(
      contentsOfFile: scene.installation.root
        + "/pub/alt/epel/releases/\(release)/Everything/x86_64/repodata/repomd.xml",
      encoding: .utf8)
  }

  @Test(arguments: [false, true])
  func metadataOfTheHubsBuildersInATree(_ topURL: Bool) throws {
    let scene = try scene(topURL: topURL)
    try scene.succeed("compose", release)
    let trees = scene.installation.root + "/pub/alt/epel/releases/\(release)"
    #expect(try ServedRepositories.problems(below: trees) == [])
    // The data files are the builder's, byte for byte; the index is ours.
    let theirs = try Shell.check(
      "sh", ["-c", "sha256sum \(scene.topdir)/repos-dist/*/*/x86_64/repodata/*primary.xml.gz"])
    let sum = String(theirs.prefix(64))
    #expect(try repomd(scene).contains(sum))
    #expect(try repomd(scene).contains("<revision>1552000000</revision>"))
    try scene.succeed("publish", release)
    try scene.succeed("promote", release, "--skip-soak")
    // A push needs no builders of the hub.
    try scene.hub.call("tagBuildBypass", ["epel7", "alpha-2.0-1"])
    try scene.succeed("update", "7")
    try scene.succeed("verify", release)
  }

  @Test(arguments: ["fail", "cancel", "hang"])
  func aTaskThatComesToNothing(_ way: String) throws {
    let scene = try scene()
    try scene.hub.control(["do": "set", "dist_repo": way])
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == (way == "hang" ? 69 : 1), "\(outcome.errors)")
    #expect(outcome.errors.contains("task "))
    #expect(
      !FileManager.default.fileExists(
        atPath: scene.installation.root + "/pub/alt/epel/releases/\(release)"))
    try scene.hub.control(["do": "set", "dist_repo": "ok"])
    try scene.succeed("compose", release)
  }

  /// What the builders made is not what was tagged: somebody else has changed
  /// the tag meanwhile, or their disk lies.
  @Test func whatIsNotThePlanIsNotTaken() throws {
    let scene = try scene()
    try scene.hub.control(["do": "set", "dist_repo_seconds": 2])
    let program = try scene.installation.start(["compose", release])
    #expect(
      RunningProgram.wait {
        (try? scene.hub.log().contains { $0.method == "distRepo" }) ?? false
      })
    let file = try Shell.run(
      "sh",
      [
        "-c",
        """
        for i in $(seq 3000); do
          f=$(echo \(scene.topdir)/repos-dist/*/*/x86_64/repodata/*-other.xml.gz)
          [ -e "$f" ] && { printf x >> "$f"; exit 0; }
          sleep 0.02
        done; exit 1
        """,
      ])
    // Either the damage came in time and was noticed, or the copy was made
    // before it: never is a damaged file in the tree.
    let status = program.wait()
    #expect(file.status == 0)
    if status == 0 {
      #expect(
        try ServedRepositories.problems(
          below: scene.installation.root + "/pub/alt/epel/releases/\(release)") == [])
    } else {
      #expect(status == 65, "\(program.errors)")
      #expect(program.errors.contains("not what its repomd.xml says"))
    }
  }
}
