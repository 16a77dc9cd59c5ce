import ComposeTestSupport
import Foundation
import Testing

/// Branching the next minor release from the live builds of the leading one, from directories.
@Suite(.waiting) struct BranchCommandTests {
  /// 10.0 is leading; what is live for it has moved on: alpha is newer, gamma retires, delta is new.
  private func stream(changing: (String) -> String = { $0 }) throws -> MinorStream {
    let stream = try MinorStream(changing: changing)
    for name in ["alpha", "beta", "gamma"] { try stream.add(RPMSpec(name), to: ["10.0"]) }
    try stream.release("10.0")
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.0"])
    try stream.add(RPMSpec("delta"), to: ["10.0"])
    try stream.add(RPMSpec("gamma", "1.1").retired("Upstream is gone.\n"), to: ["10.0"])
    return stream
  }

  private func branch(
    _ stream: MinorStream, _ release: String = "10.1", from former: String = "10.0",
    _ more: [String] = []
  ) -> [String] {
    ["branch", release, "--rpms", stream.live(former), "--allow-unsigned"] + more
  }

  private func refuse(
    _ stream: MinorStream, _ arguments: [String], status: Int32 = 2, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let errors = try stream.installation.expectRefusal(
      arguments, status: status, sourceLocation: sourceLocation)
    #expect(errors.contains(words), "\(errors)", sourceLocation: sourceLocation)
  }

  @Test func `a branch is shown, made of the former release, and retires at its boundary`() throws {
    let stream = try stream()
    let installation = stream.installation
    try installation.expectDryRun(branch(stream, "10.1", from: "10.0", ["-n"]))
    try installation.expectScreen(
      branch(stream, "10.1", from: "10.0", ["-n"]), matches: "branch-dry-run.txt")
    let plan = try installation.json(branch(stream, "10.1", from: "10.0", ["-n"]))
    #expect((plan["branching"] as? [String: Any])?["former"] as? String == "10.0")
    #expect(plan["previous"] as? String == "10.0")
    let again = try installation.json(branch(stream, "10.1", from: "10.0", ["-n"]))
    #expect(plan["digest"] as? String == again["digest"] as? String)
    let site = installation.scratch.path("site")
    try installation.succeed(
      ["site", "build", site, "--branch", "--next"] + branch(stream).dropFirst())
    let page = try String(contentsOfFile: "\(site)/epel-10/next.html", encoding: .utf8)
    #expect(page.contains("gamma-1.1-1") && page.contains("Upstream is gone."))
    try installation.expectScreen(branch(stream), matches: "branch.txt")
    let history = try installation.succeed(["history", "10.1"])
    #expect(history.contains("branched from 10.0: staged 3 builds"), "\(history)")
    try installation.succeed(["publish", "10.1"])
    try installation.succeed(["promote", "10.1", "--skip-soak"])
    let client = try DnfClient()
    #expect(
      try client.offered(stream.url("10")) == [
        "alpha-0:1.1-1.noarch", "beta-0:1.0-1.noarch", "delta-0:1.0-1.noarch",
      ])
    // Users of the former minor release keep what they have.
    #expect(try client.offered(stream.url("10.0")).contains("gamma-0:1.0-1.noarch"))
    #expect(try installation.succeed(["status", "10"]).contains(/10\.0 +maintained/))
    try installation.succeed(["verify", "10.1"])
  }

  @Test func `what a saved plan of a branch says is done, and by no other command`() throws {
    let stream = try stream()
    let installation = stream.installation
    let (file, rpms) = (installation.scratch.path("plan.json"), ["--rpms", stream.live("10.0")])
    try installation.succeed(
      ["plan", "10.1", "--branch", "--output", file, "--allow-unsigned"] + rpms)
    try refuse(
      stream, ["compose", "10.1", "--plan", file, "--allow-unsigned"] + rpms, status: 64,
      "branch 10.1")
    let other = installation.scratch.path("other.json")
    try installation.succeed(["plan", "10.1", "--output", other, "--allow-unsigned"] + rpms)
    try refuse(
      stream, branch(stream, "10.1", from: "10.0", ["--plan", other]), status: 64,
      "it is no plan of a branch")
    try stream.add(RPMSpec("omega"), to: ["10.0"])
    try refuse(
      stream, branch(stream, "10.1", from: "10.0", ["--plan", file]), "omega-1.0-1 has come")
    try Shell.check("sh", ["-c", "rm '\(stream.live("10.0"))'/omega-*"])
    let composed = try installation.json(branch(stream, "10.1", from: "10.0", ["--plan", file]))
    #expect((composed["branching"] as? [String: Any])?["former"] as? String == "10.0")
    #expect(composed["state"] as? String == "staged")
  }

  @Test func `one that was abandoned is branched again`() throws {
    let stream = try stream()
    try stream.installation.succeed(branch(stream))
    try refuse(stream, branch(stream), "10.1 is there already: 10.1 is staged")
    try refuse(stream, branch(stream, "10.1", from: "10.0", ["-n"]), "abandon 10.1")
    try stream.installation.succeed(["abandon", "10.1"])
    #expect(try stream.installation.succeed(branch(stream)).contains("Composed 10.1"))
    // Its minor release goes on from its own live tag.
    try stream.installation.succeed(["publish", "10.1"])
    try stream.installation.succeed(["promote", "10.1", "--skip-soak"])
    try refuse(stream, branch(stream), "10.1 is there already: 10.1 is current")
  }

  @Test func `what is not the next minor release is refused`() throws {
    let stream = try stream()
    try refuse(
      stream, branch(stream, "10.2"), "the calendar has 10.1 after 10.0, which is leading")
    try refuse(stream, branch(stream, "10.3"), "the calendar has 10.1 after 10.0")
    try refuse(
      stream, ["plan", "10.2", "--branch", "--rpms", stream.live("10.0")], "the calendar has 10.1")
    try stream.rewritePolicy { $0.replacing(/(?m)^  "10\.[12]": .*\n/, with: "") }
    try refuse(stream, branch(stream), "the calendar has no minor release after 10.0")
  }

  @Test func `there must be a leading release, and a live tag for each minor release`() throws {
    let first = try MinorStream()
    try first.add(RPMSpec("alpha"), to: ["10.0"])
    try refuse(first, branch(first), "no release is leading, from which it could be branched")
    #expect(try first.installation.snapshot() == "absent")
    let one = try stream { $0.replacing("epel{major}.{minor}\"\n", with: "epel{major}\"\n") }
    try refuse(one, branch(one), "all minor releases of epel-10 have one live tag, epel{major}")
    try refuse(
      one, branch(one, "10.1", from: "10.0", ["--event", "7"]), status: 64,
      "leave --rpms or --event out")
    try refuse(one, ["plan", "10.1", "--event", "7"], status: 64, "--event belongs to --branch")
    try refuse(one, ["branch", "10.1", "--event", "0"], status: 64, "the number of an event")
    try refuse(one, ["branch", "10"], status: 64, "Write it as 10.MINOR")
  }
}

/// The same from a hub: what it has for both minor releases, at one event.
@Suite(.waiting) struct HubBranchTests {
  private static let (former, next) = ("7.06.201903", "7.07.201908")

  private let scene: KojiInstallation

  /// The first release is leading, from the tag epel7.06; alpha 2.0 waits in testing.
  init() throws {
    scene = try KojiPool.shared().installation(
      importing: ["--tag", "epel7.06"],
      policy: {
        $0.replacing("liveTag: epel7\n", with: "liveTag: \"epel7.{minor}\"\n")
          .replacing("[epel7-testing]", with: "[\"epel7.{minor}-testing\"]")
      }
    ) { seed in
      var tags = seed["tags"] as? [[String: Any]] ?? []
      tags += ["epel7.06-testing", "epel7.06-build"].map { ["name": $0, "arches": "x86_64"] }
      seed["tags"] = tags
      seed["targets"] = [
        ["name": "epel7.06", "build_tag": "epel7.06-build", "dest_tag": "epel7.06-testing"]
      ]
      var packages = seed["packages"] as? [[String: Any]] ?? []
      packages.append(["tag": "epel7.06-testing", "package": "alpha", "owner": "tibbs"])
      seed["packages"] = packages
      var tagged = seed["tagged"] as? [[String: Any]] ?? []
      tagged.append(["tag": "epel7.06-testing", "build": "alpha-2.0-1"])
      seed["tagged"] = tagged
    }
    try scene.succeed("compose", Self.former)
    try scene.succeed("publish", Self.former)
    try scene.succeed("promote", Self.former, "--skip-soak")
  }

  private func findings(_ plan: [String: Any], _ key: String = "warnings") -> [String: String] {
    let found = plan[key] as? [[String: Any]] ?? []
    return Dictionary(
      found.map { ($0["code"] as? String ?? "", $0["message"] as? String ?? "") }
    ) { first, _ in first }
  }

  /// Makes the live tag of the new release, as a clone of the former one's.
  private func cloneLiveTag() throws {
    try scene.hub.call("createTag", ["epel7.07", NSNull(), "x86_64"])
    for package in ["alpha", "beta", "delta", "iota"] {
      try scene.hub.call("packageListAdd", ["epel7.07", package, "tibbs"])
      try scene.hub.call("tagBuildBypass", ["epel7.07", "\(package)-1.0-1"])
    }
  }

  @Test func `tags, targets and what waits are shown, and nothing is changed`() throws {
    let before = try scene.hub.log().count
    let disk = try scene.installation.snapshot()
    let outcome = try scene.run("branch", Self.next, "-n")
    #expect(try scene.installation.snapshot() == disk)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let normalized = scene.installation.normalized(outcome.output)
      .replacing(scene.hub.url, with: "HUB").replacing(/event  [0-9]+, .*/, with: "event  <event>")
      .replacing(/--event=[0-9]+/, with: "--event=<event>")
    try Golden.expect(normalized, matches: "branch-hub.txt")
    let log = try scene.hub.log().dropFirst(before)
    #expect(log.allSatisfy { $0.session == nil })
    let plan = try scene.installation.json(["branch", Self.next, "-n"])
    let branching = try #require(plan["branching"] as? [String: Any])
    let tags = try #require(branching["tags"] as? [[String: Any]])
    #expect(
      tags.map { $0["tag"] as? String } == [
        "epel7.06", "epel7.06-testing", "epel7.07", "epel7.07-testing",
      ])
    #expect(tags.map { $0["packages"] as? Int } == [5, 1, nil, nil])
    let pending = try #require(plan["pending"] as? [[String: Any]])
    #expect(pending.map { $0["nvr"] as? String } == ["alpha-2.0-1"])
    #expect(pending.map { $0["tag"] as? String } == ["epel7.06-testing"])
    let warnings = findings(plan)
    #expect(warnings["no-live-tag"] != nil && warnings["no-target"] != nil)
    #expect(try scene.hub.builds(in: "epel7.07") == nil, "tags of packagers are theirs")
  }

  @Test func `what the new live tag blocks leaves, and what differs there is told`() throws {
    try cloneLiveTag()
    try scene.hub.call("packageListBlock", ["epel7.07", "delta"])
    try scene.hub.call("untagBuildBypass", ["epel7.07", "beta-1.0-1"])
    try scene.hub.call("tagBuildBypass", ["epel7.07", "alpha-2.0-1"])
    let plan = try scene.installation.json(["branch", Self.next, "-n"])
    let blocked = try #require(plan["blocked"] as? [[String: Any]])
    #expect(blocked.map { $0["package"] as? String } == ["delta"])
    #expect(blocked.map { $0["nvr"] as? String } == ["delta-1.0-1"])
    let carried = try #require(plan["carried"] as? [[String: Any]])
    #expect(carried.map { $0["package"] as? String } == ["alpha", "beta", "iota"])
    let warnings = findings(plan)
    #expect(warnings["no-live-tag"] == nil)
    #expect(
      warnings["not-branched"]
        == "1 build of epel7.07 is not in epel7.06, and so not in the branch: alpha-2.0-1")
    #expect(
      warnings["not-in-live-tag"]?.contains("lacks 1 build of the branch: beta-1.0-1") == true)
    try scene.succeed("branch", Self.next)
    let tag = "epel7-\(Self.next)"
    #expect(
      try scene.hub.builds(in: tag).map(Set.init) == ["alpha-1.0-1", "beta-1.0-1", "iota-1.0-1"])
    // Pushes come from its own tag.
    try scene.succeed("publish", Self.next)
    let pushed = try scene.succeed("update", Self.next)
    #expect(pushed.contains("alpha"), "\(pushed)")
  }

  @Test func `everything is as it was at one event, and again at that event later`() throws {
    try cloneLiveTag()
    let first = try scene.installation.json(["branch", Self.next, "-n"])
    let event = try #require((first["event"] as? [String: Any])?["id"] as? Int)
    let file = scene.scratch.path("plan.json")
    try scene.succeed("plan", Self.next, "--branch", "--output", file)
    try scene.hub.call("tagBuildBypass", ["epel7.06", "alpha-2.0-1"])
    try scene.hub.call("packageListBlock", ["epel7.07", "delta"])
    let now = try scene.installation.json(["branch", Self.next, "-n"])
    #expect(now["digest"] as? String != first["digest"] as? String)
    let again = try scene.installation.json(["branch", Self.next, "-n", "--event", "\(event)"])
    #expect(again["digest"] as? String == first["digest"] as? String)
    #expect(again["branching"] as? NSDictionary == first["branching"] as? NSDictionary)
    let unknown = try scene.run("branch", Self.next, "--event", "\(event + 100_000)")
    #expect(unknown.status == 66 && unknown.errors.contains("has had no such event"))
    let drifted = try scene.run("branch", Self.next, "--plan", file)
    #expect(drifted.status == 2 && drifted.errors.contains("alpha is now 2.0-1, not 1.0-1"))
    #expect(try scene.hub.builds(in: "epel7-\(Self.next)") == nil)
    try scene.succeed("branch", Self.next, "--plan", file, "--event", "\(event)")
    #expect(
      try scene.hub.builds(in: "epel7-\(Self.next)").map(Set.init)
        == ["alpha-1.0-1", "beta-1.0-1", "delta-1.0-1", "iota-1.0-1"])
  }

  @Test func `a hub that fails for a moment is asked again, and what stays away changes nothing`()
    throws
  {
    let plan = try scene.installation.json(["branch", Self.next, "-n"])
    try scene.hub.arm("502", method: "getBuildTargets")
    let again = try scene.installation.json(["branch", Self.next, "-n"])
    #expect(again["branching"] as? NSDictionary == plan["branching"] as? NSDictionary)
    let before = try scene.installation.snapshot()
    try scene.hub.arm("silent", count: 1000, method: "getBuildTargets")
    let outcome = try scene.run("branch", Self.next)
    #expect(outcome.status == 69 && outcome.errors.contains("getBuildTargets"), "\(outcome.errors)")
    #expect(try scene.installation.snapshot() == before)
    try scene.hub.calm()
    #expect(try scene.hub.builds(in: "epel7-\(Self.next)") == nil)
    try scene.succeed("branch", Self.next)
    // Given again by mistake, it is there already.
    #expect(try scene.run("branch", Self.next).status == 2)
  }

  @Test func `a compose of a minor release without a live tag says how it begins`() throws {
    let outcome = try scene.run("plan", Self.next)
    #expect(outcome.status == 66 && outcome.errors.contains("epel-compose branch"))
  }
}
