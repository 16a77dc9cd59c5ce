import ComposeTestSupport
import Foundation
import Testing

private let release = "7.06.201903"
private let tag = KojiInstallation.composeTag
/// What the compose tag has in the end, in the order of the live tag.
private let live = ["alpha-1.0-1", "beta-1.0-1", "delta-1.0-1", "iota-1.0-1"]

/// Codes of `key` in a plan as JSON.
private func codes(_ plan: [String: Any], _ key: String) -> [String] {
  (plan[key] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
}

private func messages(_ plan: [String: Any], _ key: String) -> [String] {
  (plan[key] as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
}

private func entries(_ plan: [String: Any], _ key: String) -> [[String: Any]] {
  plan[key] as? [[String: Any]] ?? []
}

/// The whole way through a hub: plan, tag, trees, links.
@Suite(.waiting) struct KojiComposeTests {
  @Test func theLifeOfARelease() throws {
    let scene = try KojiPool.shared().installation()
    let plan = try scene.json("plan", release)
    #expect(codes(plan, "refusals") == [])
    #expect((plan["event"] as? [String: Any])?["id"] as? Int ?? 0 > 0)
    #expect(try scene.hub.builds(in: tag) == nil, "a plan only reads")
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.reversed() == live)
    #expect(try scene.hub.taggings(in: tag) == live, "oldest first")
    #expect(try Set(scene.hub.owners(in: tag).values) == ["tibbs"])
    #expect(try scene.hub.log().last?.method == "logout")
    try scene.succeed("publish", release)
    try scene.succeed("promote", release, "--skip-soak")
    let links = scene.installation.root + "/pub/epel/releases/7"
    #expect(try ServedRepositories.problems(below: links) == [])
    try scene.succeed("verify", release)
  }

  @Test func `with a root, a hub is changed only where somebody says so`() throws {
    let scene = try KojiPool.shared().installation(policy: {
      $0.replacing("  changesBelowRoot: true\n", with: "")
    })
    #expect(codes(try scene.json("plan", release), "refusals") == [], "it only reads")
    for options in [["--dry-run"], []] {
      let refused = try scene.installation.run(["compose", release] + options)
      #expect(refused.status == 2, "\(refused.output)")
      #expect(refused.errors.contains("that moves directories, not the hub"), "\(refused.errors)")
    }
    #expect(try scene.hub.builds(in: tag) == nil)
    #expect(try scene.hub.log().allSatisfy { $0.session == nil })
    try scene.succeed("compose", release, "--hub")
    #expect(try scene.hub.builds(in: tag)?.reversed() == live)
  }

  @Test func dryRunsNeitherLogInNorWrite() throws {
    let scene = try KojiPool.shared().installation()
    let before = try scene.installation.snapshot()
    try scene.succeed("compose", release, "--dry-run")
    try scene.succeed("plan", release)
    #expect(try scene.installation.snapshot() == before)
    let log = try scene.hub.log()
    #expect(log.count > 5 && log.allSatisfy { $0.session == nil })
    #expect(
      log.filter { $0.method != "multiCall" }.allSatisfy {
        $0.method.hasPrefix("get") || $0.method.hasPrefix("list")
      })
  }

  @Test func everyReadIsAtOneEvent() throws {
    let scene = try KojiPool.shared().installation()
    // Somebody tags while the plan is read: after the event it is not seen.
    try scene.hub.control(["do": "set", "latency": 0.05])
    let program = try RunningProgram(
      "/usr/bin/env",
      [
        "HOME=\(scene.home)", Installation.program, "plan", release, "--root",
        scene.installation.root, "--policies", scene.installation.policies, "--output",
        scene.scratch.path("plan.json"),
      ])
    #expect(RunningProgram.wait { (try? scene.hub.log().count >= 2) ?? false })
    try scene.hub.call("tagBuildBypass", ["epel7", "alpha-2.0-1"])
    #expect(program.wait() == 0)
    let saved = try String(contentsOfFile: scene.scratch.path("plan.json"), encoding: .utf8)
    #expect(saved.contains("alpha-1.0-1") && !saved.contains("alpha-2.0-1"))
  }

  @Test func aPlanThatDriftedIsRefused() throws {
    let scene = try KojiPool.shared().installation()
    let file = scene.scratch.path("plan.json")
    try scene.succeed("plan", release, "--output", file)
    try scene.hub.call("tagBuildBypass", ["epel7", "alpha-2.0-1"])
    try scene.hub.call("untagBuildBypass", ["epel7", "delta-1.0-1"])
    let outcome = try scene.run("compose", release, "--plan", file)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("alpha is now 2.0-1, not 1.0-1"))
    #expect(outcome.errors.contains("delta-1.0-1 has gone"))
    #expect(try scene.hub.builds(in: tag) == nil)
    // Elsewhere in the hub much happens: that is no drift.
    try scene.hub.call("untagBuildBypass", ["epel7", "alpha-2.0-1"])
    try scene.hub.call("tagBuildBypass", ["epel7", "delta-1.0-1"])
    try scene.succeed("compose", release, "--plan", file)
  }

  /// Requests for a compose: at most one for each hundred builds, and thirty.
  @Test func fewRequests() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    #expect(try scene.hub.log().count <= 30)
  }

  @Test func nothingSecretIsKept() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.arm("502", method: "createTag")
    let outcome = try scene.run("compose", release, "--verbose", "--plan-is-not-an-option")
    #expect(outcome.status == 64)
    let composed = try scene.run("compose", release, "--verbose")
    #expect(composed.status == 0)
    let secret = /[0-9]+-[A-Za-z0-9]{18,}/
    #expect(composed.errors.contains("HTTP status 502"))
    #expect((composed.output + composed.errors).firstMatch(of: secret) == nil)
    let found = try Shell.run(
      "grep", ["-rlaE", "session-key|BEGIN .*PRIVATE KEY", scene.installation.root])
    #expect(found.output.isEmpty)
  }
}

@Suite(.waiting) struct KojiTagTests {
  @Test func onlyWhatIsMissingIsTagged() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.call("createTag", [tag])
    try scene.hub.call("packageListAdd", [tag, "beta", "orion"], as: "kojiadmin")
    try scene.hub.call("tagBuildBypass", [tag, "beta-1.0-1"])
    try scene.succeed("compose", release)
    #expect(
      try scene.hub.taggings(in: tag) == ["beta-1.0-1", "alpha-1.0-1", "delta-1.0-1", "iota-1.0-1"])
  }

  @Test func aTagThatSomebodyUsesIsRefused() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.call("createTag", [tag])
    try scene.hub.call("packageListAdd", [tag, "omega", "tibbs"])
    try scene.hub.call("tagBuildBypass", [tag, "omega-1.0-1"])
    let plan = try scene.json("plan", release)
    #expect(codes(plan, "refusals") == ["tagged-too"])
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("koji untag-build \(tag) omega-1.0-1"))
    #expect(try scene.hub.taggings(in: tag) == ["omega-1.0-1"])
  }

  /// A package that is blocked in the compose tag would be tagged and hidden.
  @Test func aBlockInTheComposeTagIsRefused() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.call("createTag", [tag])
    try scene.hub.call("packageListAdd", [tag, "delta", "tibbs"])
    try scene.hub.call("packageListBlock", [tag, "delta"])
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("koji unblock-pkg \(tag) delta"))
    #expect(try scene.hub.taggings(in: tag) == [])
  }

  @Test func aLockedTagIsRefused() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.call("createTag", [tag, NSNull(), "x86_64", NSNull(), true])
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("locked"))
  }

  @Test func whoMayNotTagIsTold() throws {
    let scene = try KojiPool.shared().installation()
    try KojiInstallation.configure(scene.scratch, scene.hub, user: "nobody")
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 77)
    #expect(try scene.hub.builds(in: tag) == nil)
    #expect(try scene.installation.run(["status", "7"]).output.contains("no releases yet"))
  }

  @Test func aProfileWithoutLoginOnlyReads() throws {
    let scene = try KojiPool.shared().installation()
    let authority = try #require(HubCertificates.shared).authority
    try scene.scratch.write(
      "[koji]\nserver = \(scene.hub.url)\nauthtype = noauth\nserverca = \(authority)\n",
      to: "home/.koji/config")
    try scene.succeed("plan", release)
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 77)
    #expect(outcome.errors.contains("noauth"))
  }

  /// The tag goes with an abandoned release, and comes again with the next
  /// compose of it.
  @Test func abandonRemovesTheTag() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    let preview = try scene.succeed("abandon", release, "--dry-run")
    #expect(preview.contains("remove the tag \(tag)"))
    #expect(try scene.hub.builds(in: tag) != nil)
    try scene.succeed("abandon", release)
    #expect(try scene.hub.builds(in: tag) == nil)
    try scene.hub.call("tagBuildBypass", ["epel7", "alpha-2.0-1"])
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.contains("alpha-2.0-1") == true)
  }

  /// A compose that came to nothing, and a live tag that has moved on since.
  @Test func whatIsLeftOfAComposeCanBeDropped() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.arm("silent", at: 2, count: 1000, method: "multiCall")
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 69)
    try scene.hub.calm()
    let left = try #require(try scene.hub.builds(in: tag))
    try scene.hub.call("packageListAdd", [tag, "delta", "tibbs"])
    try scene.hub.call("tagBuildBypass", [tag, "delta-1.0-1"])
    try scene.hub.call("untagBuildBypass", ["epel7", "delta-1.0-1"])
    #expect(left.isEmpty)
    let refused = try scene.run("compose", release)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("epel-compose abandon \(release)"))
    try scene.succeed("abandon", release, "--dry-run")
    #expect(try scene.hub.builds(in: tag) == ["delta-1.0-1"])
    try scene.succeed("abandon", release)
    #expect(try scene.hub.builds(in: tag) == nil)
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.contains("delta-1.0-1") == false)
  }

  /// Nobody's tag but a compose's own is dropped.
  @Test func aTagOfSomebodyElseStays() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.call("createTag", [tag])
    let outcome = try scene.run("abandon", release)
    #expect(outcome.status == 66)
    #expect(try scene.hub.builds(in: tag) == [])
  }

  @Test func aHubThatIsDownChangesNothing() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.arm("offline", at: 5, count: 1000)
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("offline"))
    #expect(!FileManager.default.fileExists(atPath: scene.installation.root + "/pub"))
  }
}

@Suite(.waiting) struct KojiPlanTests {
  @Test func pendingBuildsWithTagAndAge() throws {
    let scene = try KojiPool.shared().installation(seed: { seed in
      let clock = seed["clock"] as? Double ?? 0
      var tagged = seed["tagged"] as? [[String: Any]] ?? []
      var packages = seed["packages"] as? [[String: Any]] ?? []
      for (package, nvr) in [("alpha", "alpha-2.0-1"), ("delta", "delta-1.0-1")] {
        packages.append(["tag": "epel7-testing", "package": package, "owner": "tibbs"])
        tagged.append(["tag": "epel7-testing", "build": nvr, "ts": clock + 60])
      }
      tagged.append(["tag": "epel7", "build": "beta-1.0-1", "ts": clock + 5 * 86_400])
      seed["tagged"] = tagged.filter {
        $0["build"] as? String != "beta-1.0-1" || $0["ts"] != nil
      }
      seed["packages"] = packages
    })
    let pending = try entries(scene.json("plan", release), "pending")
    #expect(pending.count == 1, "delta-1.0-1 is live already")
    #expect(pending.first?["nvr"] as? String == "alpha-2.0-1")
    #expect(pending.first?["tag"] as? String == "epel7-testing")
    #expect(pending.first?["days"] as? Int == 4)
    #expect(try scene.succeed("plan", release).contains("alpha-2.0-1  epel7-testing"))
  }

  @Test(arguments: [("tagged", "alpha-1.0-1"), ("evr", "alpha-2.0-1")])
  func latestIsThePolicysChoice(_ choice: String, _ nvr: String) throws {
    let scene = try KojiPool.shared().installation(
      leavingOut: ["omega-1.0-1"],
      policy: { $0.replacing("  liveTag: epel7", with: "  liveTag: epel7\n  latest: \(choice)") },
      seed: { seed in
        // The old build is tagged again: a wrong retag.
        let tagged = seed["tagged"] as? [[String: Any]] ?? []
        seed["tagged"] =
          tagged.filter { $0["build"] as? String != "alpha-1.0-1" }
          + [["tag": "epel7", "build": "alpha-1.0-1"]]
      })
    let plan = try scene.json("plan", release)
    #expect(entries(plan, "added").contains { $0["nvr"] as? String == nvr })
    let warning = try #require(messages(plan, "warnings").first { $0.contains("tagged last") })
    #expect(warning.contains("alpha-1.0-1") && warning.contains("alpha-2.0-1"))
  }

  @Test func blocksAndMarkersThatContradict() throws {
    let scene = try KojiPool.shared().installation(seed: { seed in
      seed["packages"] = (seed["packages"] as? [[String: Any]] ?? []).map { entry in
        var entry = entry
        if ["delta", "omega"].contains(entry["package"] as? String) { entry["blocked"] = true }
        return entry
      }
    })
    let plan = try scene.json("plan", release)
    let blocked = entries(plan, "blocked")
    #expect(blocked.compactMap { $0["package"] as? String } == ["delta", "omega"])
    #expect(blocked.first?["nvr"] as? String == "delta-1.0-1")
    #expect(
      Set(codes(plan, "warnings")).isSuperset(of: ["marker-without-block", "block-without-marker"]))
    #expect(messages(plan, "warnings").contains { $0.contains("delta-1.0-1 has no marker") })
    #expect(messages(plan, "warnings").contains { $0.contains("gamma-1.0-1 retires gamma") })
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.contains("delta-1.0-1") == false)
    try scene.succeed("publish", release)
    try scene.succeed("promote", release, "--skip-soak")
    let desk = try scene.json("retirement", "7")
    let states = entries(desk, "packages").reduce(into: [:]) { states, entry in
      states[entry["package"] as? String ?? ""] = entry["state"] as? String
    }
    #expect(states["delta"] == "blocked")
    #expect(states["gamma"] == "retired")
    let delta = entries(try scene.json("retirement", "7", "delta"), "packages").first
    #expect((delta?["contradiction"] as? String)?.contains("has no marker") == true)
    let status = try scene.succeed("status", "7")
    #expect(status.contains("2 blocked"))
    #expect(status.contains("delta is blocked in the build system, but"))
    let stream = scene.installation.scratch.path("site")
    try scene.succeed("site", "build", stream)
    let page = try String(contentsOfFile: "\(stream)/epel-7/package/delta.html", encoding: .utf8)
    #expect(page.contains("class=\"state blocked\""))
    #expect(page.contains("Contradiction"))
  }

  /// A marker that the block agrees with is no contradiction.
  @Test func aBlockedRetiredPackageIsInOrder() throws {
    let scene = try KojiPool.shared().installation(seed: { seed in
      seed["packages"] = (seed["packages"] as? [[String: Any]] ?? []).map { entry in
        var entry = entry
        if entry["package"] as? String == "gamma" { entry["blocked"] = true }
        return entry
      }
    })
    let plan = try scene.json("plan", release)
    #expect(
      entries(plan, "blocked").first?["marker"] as? String
        == "/usr/share/doc/gamma/README-RETIRED.txt")
    #expect(!codes(plan, "warnings").contains { $0.contains("block") })
    #expect(entries(plan, "retired").compactMap { $0["package"] as? String } == ["gamma"])
    let announcement = scene.installation.scratch.path("announcement.txt")
    try scene.succeed("compose", release)
    try scene.succeed("publish", release)
    try scene.succeed("promote", release, "--skip-soak", "--announcement", announcement)
    #expect(try String(contentsOfFile: announcement, encoding: .utf8).contains("  gamma\n    | "))
    let gamma = entries(try scene.json("retirement", "7", "gamma"), "packages").first
    #expect(gamma?["state"] as? String == "retired" && gamma?["blocked"] as? Bool == true)
    #expect(gamma?["since"] as? String == release)
    #expect((gamma?["text"] as? String)?.isEmpty == false)
    let next = try scene.succeed("plan", "7.07.201908")
    #expect(next.contains("1 package is blocked, as before."))
    #expect(next.contains("Still retired (1)") && next.contains("0 retired"))
  }

  /// Blocked once its release is out, and without news in the next.
  @Test func `a package that is blocked after it retired stays retired`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    try scene.succeed("publish", release)
    try scene.succeed("promote", release, "--skip-soak")
    try scene.hub.call("packageListBlock", ["epel7", "gamma"])
    let gamma = entries(try scene.json("retirement", "7", "gamma"), "packages").first
    #expect(gamma?["state"] as? String == "retired" && gamma?["blocked"] as? Bool == true)
    #expect(gamma?["since"] as? String == release && gamma?["text"] is String)
    #expect(
      try scene.succeed("plan", "7.07.201908").contains("Blocked (1)\n  gamma\n"))
  }

  @Test func `a build that left the live tag is told`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    try scene.succeed("publish", release)
    try scene.succeed("promote", release, "--skip-soak")
    #expect(try !scene.succeed("status", "7").contains("not live any more"))
    try scene.hub.call("untagBuildBypass", ["epel7", "delta-1.0-1"])
    for command in [["status", "7"], ["update", "7"], ["update", "7", "--dry-run"]] {
      let told = try scene.installation.succeed(command)
      #expect(told.contains("delta-1.0-1, which users have, is not live any more"))
    }
    try scene.hub.arm("offline", count: 1000)
    let outcome = try scene.run("status", "7")
    #expect(outcome.status == 0 && outcome.errors.contains("the last update saw"))
    #expect(outcome.output.contains("delta-1.0-1, which users have, is not live any more"))
  }

  @Test func theLedgerAnswersWhereTheHubDoesNot() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    try scene.succeed("publish", release)
    try scene.succeed("promote", release, "--skip-soak")
    try scene.hub.arm("offline", count: 1000)
    let outcome = try scene.run("retirement", "7", "beta")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("live"))
    #expect(outcome.errors.contains("the hub did not answer"))
  }

  @Test func aLiveTagThatIsNotThere() throws {
    let scene = try KojiPool.shared().installation(
      policy: { $0.replacing("liveTag: epel7", with: "liveTag: epel77") })
    let outcome = try scene.run("plan", release)
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("epel77"))
  }

  @Test func pushesReadOnlyWhatIsNew() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    try scene.succeed("publish", release)
    try scene.succeed("promote", release, "--skip-soak")
    try scene.hub.call("tagBuildBypass", ["epel7", "alpha-2.0-1"])
    // A file that users have already need not be there any more.
    try FileManager.default.removeItem(atPath: scene.topdir + "/packages/beta")
    let push = try scene.json("update", "7")
    #expect(entries(push, "updated").first?["nvr"] as? String == "alpha-2.0-1")
  }
}

@Suite(.waiting) struct SignedCopyTests {
  private func file(_ scene: KojiInstallation, _ path: String) -> String {
    scene.topdir + "/packages/" + path
  }

  @Test func theFirstKeyWithACopyIsTaken() throws {
    let scene = try KojiPool.shared().installation()
    // iota has a copy by the second key alone; delta gets one of each.
    let pool = try KojiPool.shared()
    let other = file(
      scene, "delta/1.0/1/data/signed/\(scene.keys[1])/noarch/delta-1.0-1.noarch.rpm")
    try Shell.check("mkdir", ["-p", (other as NSString).deletingLastPathComponent])
    try Shell.check("cp", ["\(pool.path)/delta-1.0-1.noarch.rpm", other])
    try pool.otherKey.sign([other])
    try scene.succeed("compose", release)
    func signer(_ name: String) throws -> String {
      let files = try Shell.check(
        "find", [scene.installation.root + "/pub/alt", "-name", name]
      ).split(separator: "\n")
      return try Shell.check(
        "rpm",
        [
          "-qp", "--nosignature", "--qf", "%{RSAHEADER:pgpsig}%{DSAHEADER:pgpsig}",
          String(try #require(files.first)),
        ])
    }
    #expect(try signer("delta-1.0-1.noarch.rpm").contains(scene.keys[0]))
    #expect(try signer("iota-1.0-1.noarch.rpm").contains(scene.keys[1]))
  }

  @Test func whatIsNotSignedIsRefusedAllAtOnce() throws {
    let scene = try KojiPool.shared().installation(
      leavingOut: ["alpha-2.0-1"], importing: ["--unsigned-copy"])
    try FileManager.default.removeItem(atPath: file(scene, "delta/1.0/1/data"))
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 2)
    for part in [
      "delta-1.0-1.noarch.rpm of delta-1.0-1 is signed by \(scene.keys[0]), says the hub",
      "koji write-signed-rpm \(scene.keys[0]) BUILD",
      "delta-1.0-1.src.rpm of delta-1.0-1 is signed by",
      "omega-1.0-1.noarch.rpm of omega-1.0-1 is not signed",
      "omega-1.0-1.src.rpm of omega-1.0-1 is not signed",
    ] { #expect(outcome.errors.contains(part), "\(part)") }
    #expect(try scene.hub.builds(in: tag) == nil)
    // The copy of delta without a directory of its own is signed all the same
    // here; omega's is not.
    try scene.succeed("compose", release, "--allow-unsigned")
  }

  @Test func filesThatAreNotThere() throws {
    let scene = try KojiPool.shared().installation()
    try FileManager.default.removeItem(atPath: file(scene, "delta"))
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("delta-1.0-1.noarch.rpm of delta-1.0-1 is signed by"))
  }

  @Test func aFileThatIsAnother() throws {
    let scene = try KojiPool.shared().installation()
    let key = scene.keys[0]
    let target = file(scene, "delta/1.0/1/data/signed/\(key)/noarch/delta-1.0-1.noarch.rpm")
    try FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(
      atPath: file(scene, "alpha/1.0/1/data/signed/\(key)/noarch/alpha-1.0-1.noarch.rpm"),
      toPath: target)
    let plan = try scene.json("plan", release)
    #expect(codes(plan, "refusals") == ["wrong-rpm"])
  }

  @Test func aFileOfAnotherBuildUnderItsName() throws {
    let scene = try KojiPool.shared().installation()
    #expect(codes(try scene.json("plan", release), "refusals") == [])
    let target = file(
      scene, "delta/1.0/1/data/signed/\(scene.keys[0])/noarch/delta-1.0-1.noarch.rpm")
    let other = try RPMSpec("delta").withNoise(10)
      .build(into: scene.scratch.path("other"), sources: false)
    try FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: other[0], toPath: target)
    #expect(codes(try scene.json("plan", release), "refusals").contains("wrong-contents"))
  }

  @Test func aDamagedFile() throws {
    let scene = try KojiPool.shared().installation()
    let target = file(
      scene, "delta/1.0/1/data/signed/\(scene.keys[0])/noarch/delta-1.0-1.noarch.rpm")
    // Not in place: it is linked with the pool of all tests.
    let whole = try Data(contentsOf: URL(fileURLWithPath: target))
    try FileManager.default.removeItem(atPath: target)
    try whole.dropLast(100).write(to: URL(fileURLWithPath: target))
    #expect(codes(try scene.json("plan", release), "refusals") == ["bad-rpm"])
  }

  /// A sub-package that moved to another source, while both builds have it.
  @Test func twoBuildsWithOneFileName() throws {
    let built = try TemporaryDirectory()
    let other = built.path("other")
    try RPMSpec("delta").withNoise(100).build(into: other)
    let scene = try KojiPool.shared().installation(seed: { seed in
      var builds = seed["builds"] as? [[String: Any]] ?? []
      var moved = (builds.first { $0["name"] as? String == "delta" }?["rpms"] as? [[String: Any]])?
        .first { $0["arch"] as? String == "noarch" }
      moved?["payloadhash"] = try Shell.check(
        "rpm", ["-qp", "--nosignature", "--qf", "%{SIGMD5}", other + "/delta-1.0-1.noarch.rpm"])
      let names = builds.map { "\($0["name"] ?? "?")" }
      let index = try #require(names.firstIndex(of: "beta"), "\(names)")
      builds[index]["rpms"] = (builds[index]["rpms"] as? [[String: Any]] ?? []) + [moved ?? [:]]
      seed["builds"] = builds
    })
    try KojiPool.shared().key.sign([other + "/delta-1.0-1.noarch.rpm"])
    let place = file(scene, "beta/1.0/1/data/signed/\(scene.keys[0])/noarch")
    try Shell.check("mkdir", ["-p", place])
    try Shell.check("cp", [other + "/delta-1.0-1.noarch.rpm", place])
    let plan = try scene.json("plan", release)
    #expect(codes(plan, "refusals") == ["conflicting-files"])
    #expect(messages(plan, "refusals").first?.contains("/beta/1.0/1/data/signed/") == true)
  }

  @Test func volumesAreHonoured() throws {
    let scene = try KojiPool.shared().installation(importing: [
      "--volume", "delta-1.0-1=archive",
    ])
    #expect(FileManager.default.fileExists(atPath: scene.topdir + "/vol/archive/packages/delta"))
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.contains("delta-1.0-1") == true)
  }

  @Test func aMountThatWentAway() throws {
    let scene = try KojiPool.shared().installation()
    try FileManager.default.moveItem(atPath: scene.topdir, toPath: scene.topdir + "-gone")
    let outcome = try scene.run("plan", release)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("mnt/koji"))
  }

  /// The same trees from a web server as from a mount, byte for byte.
  @Test func aTopDirectoryBehindHTTPS() throws {
    let scenes = try [false, true].map { try KojiPool.shared().installation(topURL: $0) }
    let before = try scenes[1].installation.snapshot()
    try scenes[1].succeed("plan", release)
    #expect(try scenes[1].installation.snapshot() == before)
    let manifests = try scenes.map { scene in
      try scene.succeed("compose", release)
      return try String(
        contentsOfFile: scene.installation.root
          + "/pub/alt/epel/updates/\(release)/MANIFEST.sha256",
        encoding: .utf8
      ).split(separator: "\n").filter { !$0.contains(".composeinfo") }
    }
    #expect(manifests[0] == manifests[1])
    #expect(manifests[0].count > 10)
    // What is in the pool is asked for, but not downloaded again.
    func downloads() throws -> Int {
      let files = try scenes[1].hub.control(["do": "log"])["files"] as? [[String: Any]] ?? []
      return files.count { $0["status"] as? Int == 200 }
    }
    let before2 = try downloads()
    try scenes[1].succeed("abandon", release)
    try scenes[1].succeed("compose", release)
    #expect(try downloads() == before2)
    // What was damaged there since is downloaded again.
    let pool = scenes[1].installation.root + "/pub/alt/epel/.epel-compose-pool-epel-7"
    let damaged = try Shell.check("find", [pool, "-name", "delta-1.0-1.noarch.rpm"])
      .split(separator: "\n").first.map(String.init)
    let file = try #require(damaged)
    try scenes[1].succeed("abandon", release)
    let modified = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate]
    try Data("damaged".utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes(
      [.modificationDate: try #require(modified)], ofItemAtPath: file)
    try scenes[1].succeed("compose", release)
    #expect(try downloads() == before2 + 1)
  }

  @Test func aServerThatIsDownEndsItAtOnce() throws {
    let scene = try KojiPool.shared().installation(
      policy: {
        $0.replacing(/topdir: .*/, with: "topdir: https://localhost:1/files")
          .replacing("deadline: 20 seconds", with: "deadline: 600 seconds")
      })
    let start = ContinuousClock.now
    let outcome = try scene.run("plan", release)
    #expect(outcome.status == 69)
    #expect(ContinuousClock.now - start < .seconds(60))
  }
}
