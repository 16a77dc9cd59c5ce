import ComposeTestSupport
import Foundation
import Testing

private let release = "7.06.201903"
private let tag = KojiInstallation.composeTag
private let live = ["alpha-1.0-1", "beta-1.0-1", "delta-1.0-1", "iota-1.0-1"]

/// Who may change the compose tag, and when it is compared again.
@Suite(.waiting) struct KojiTagProtectionTests {
  private func codes(_ object: [String: Any], _ key: String) -> [String] {
    (object[key] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
  }

  /// The permissions of the account that composes.
  private static func account(_ permissions: [String]) -> KojiInstallation.Change {
    { seed in
      seed["users"] = (seed["users"] as? [[String: Any]] ?? []).map { user in
        var user = user
        if user["name"] as? String == "releng" { user["permissions"] = permissions }
        return user
      }
    }
  }

  @Test(arguments: [["admin"], ["tag"], ["admin", "tag"]])
  func `admin counts as the permission to tag`(_ permissions: [String]) throws {
    let scene = try KojiPool.shared().installation(seed: Self.account(permissions))
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.reversed() == live)
  }

  @Test func `another permission does not`() throws {
    let scene = try KojiPool.shared().installation(seed: Self.account(["sign", "build"]))
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 77)
    #expect(outcome.errors.contains("the permission 'tag'"))
  }

  @Test func `the policy that refused is named`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.control(["do": "set", "package_list_policy": "deny"])
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 77)
    #expect(outcome.errors.contains("policy violation (package_list)"))
    #expect(outcome.errors.contains("let the account pass the policy 'package_list'"))
    #expect(!outcome.errors.contains("the permission 'tag'"))
  }

  @Test func `a tag that asks for a permission is seen before anything is read`() throws {
    let scene = try KojiPool.shared().installation(seed: Self.account(["tag", "admin"]))
    try scene.hub.call("createTag", [tag, NSNull(), "x86_64", "sign"])
    let plan = try scene.json("plan", release)
    #expect(codes(plan, "warnings").contains("tag-permission"))
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 77)
    #expect(outcome.errors.contains("the permission 'sign'"))
    #expect(outcome.errors.contains("koji edit-tag --no-perm \(tag)"))
    #expect(try scene.hub.taggings(in: tag) == [])
  }

  @Test func `who has that permission may`() throws {
    let scene = try KojiPool.shared().installation(seed: Self.account(["tag", "sign"]))
    try scene.hub.call("createTag", [tag, NSNull(), "x86_64", "sign"])
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.count == live.count)
  }

  @Test func `a tag that somebody has locked is refused by the plan, before any change`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.call("createTag", [tag, NSNull(), "x86_64", NSNull(), true])
    #expect(try codes(scene.json("plan", release), "refusals") == ["tag-locked"])
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("koji edit-tag --unlock \(tag)"))
    #expect(try scene.hub.owners(in: tag).isEmpty)
    #expect(!FileManager.default.fileExists(atPath: scene.installation.root + "/pub"))
  }

  @Test func `the tag is locked once it has all builds, and opened by the next compose`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    #expect(try scene.hub.isLocked(tag) == true)
    // What a compose that was undone leaves: its own tag, locked.
    try scene.succeed("abandon", release)
    #expect(try scene.hub.isLocked(tag) == nil)
    try scene.succeed("compose", release)
    #expect(try scene.hub.isLocked(tag) == true)
  }

  @Test func `an interrupted compose goes on with the tag that it has locked`() throws {
    let scene = try KojiPool.shared().installation()
    // The trees cannot be built after the tag was locked.
    let pub = scene.installation.root + "/pub"
    try scene.hub.arm("silent", at: 2, count: 1000, method: "multiCall")
    #expect(try scene.run("compose", release).status == 69)
    try scene.hub.calm()
    try scene.hub.call("editTag2", [tag, ["__starstar": true, "locked": true] as [String: Any]])
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.count == live.count)
    #expect(try scene.hub.isLocked(tag) == true)
    #expect(FileManager.default.fileExists(atPath: pub))
  }

  @Test func `the policy may leave it open`() throws {
    let scene = try KojiPool.shared().installation(policy: {
      $0.replacing("  liveTag: epel7", with: "  lock: false\n  liveTag: epel7")
    })
    try scene.succeed("compose", release)
    #expect(try scene.hub.isLocked(tag) == false)
    #expect(try codes(scene.json("check", release), "checks") == [])
    #expect(try !scene.succeed("check", release).contains("is not locked"))
  }

  @Test func `check and promote compare the tag again`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    #expect(try scene.succeed("check", release).contains("passed  compose-tag"))
    try scene.hub.call("editTag2", [tag, ["__starstar": true, "locked": false] as [String: Any]])
    #expect(try scene.succeed("check", release).contains("\(tag) is not locked"))
    try scene.succeed("publish", release)
    try scene.hub.call("untagBuildBypass", [tag, "delta-1.0-1"])
    let refused = try scene.run("promote", release, "--skip-soak")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("delta-1.0-1 is in the release, but not in \(tag)"))
    let checked = try scene.run("check", release)
    #expect(checked.status == 2)
    try scene.hub.call("tagBuildBypass", [tag, "delta-1.0-1"])
    try scene.hub.call("packageListAdd", [tag, "omega", "tibbs"])
    try scene.hub.call("tagBuildBypass", [tag, "omega-1.0-1"])
    let added = try scene.run("promote", release, "--skip-soak")
    #expect(added.status == 2)
    try scene.succeed("promote", release, "--skip-soak", "--override-checks", "somebody played")
    #expect(try scene.succeed("status", "7").contains("somebody played"))
  }

  @Test func `a hub that does not answer stops no promotion`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.succeed("compose", release)
    try scene.succeed("publish", release)
    try scene.hub.arm("offline", count: 1000)
    let outcome = try scene.run("promote", release, "--skip-soak")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("was not compared"))
  }
}

/// What a hub says that is easy to misread.
@Suite(.waiting) struct KojiOddRepliesTests {
  private func nvrs(_ plan: [String: Any]) -> [String] {
    (plan["added"] as? [[String: Any]] ?? []).compactMap { $0["nvr"] as? String }
  }

  @Test(arguments: [
    "deadlock detected\nDETAIL:  Process 1 waits for ShareLock on transaction 2.\n", nil,
  ])
  func `one entry that gave way to another writer is tried again`(_ text: String?) throws {
    let scene = try KojiPool.shared().installation()
    // Packages, then builds.
    for at in [1, 3] { try scene.hub.arm("entry", at: at, method: "multiCall", text: text) }
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try scene.hub.builds(in: tag)?.sorted() == live)
    #expect(try Set(scene.hub.taggings(in: tag)).count == live.count)
  }

  @Test func `one that never passes is told in the hub's own words`() throws {
    let scene = try KojiPool.shared().installation()
    try scene.hub.arm("entry", count: 1000, method: "multiCall")
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("duplicate key value"))
    #expect(outcome.errors.contains("it goes on from there"))
    try scene.hub.calm()
    try scene.succeed("compose", release)
  }

  @Test func `a draft is never live, and does not hide the build before it`() throws {
    let scene = try KojiPool.shared().installation(
      leavingOut: ["omega-1.0-1"],
      seed: { seed in
        seed["builds"] = (seed["builds"] as? [[String: Any]] ?? []).map { build in
          var build = build
          if build["name"] as? String == "alpha", build["version"] as? String == "2.0" {
            build["draft"] = true
          }
          return build
        }
        // Tagged last.
        let tagged = seed["tagged"] as? [[String: Any]] ?? []
        seed["tagged"] =
          tagged.filter { $0["build"] as? String != "alpha-2.0-1" }
          + [["tag": "epel7", "build": "alpha-2.0-1"]]
      })
    let plan = try scene.json("plan", release)
    #expect(nvrs(plan) == live)
    #expect(
      (plan["warnings"] as? [[String: Any]] ?? []).contains {
        $0["code"] as? String == "draft"
          && ($0["message"] as? String)?.contains("alpha-2.0-1") == true
      })
    let builds = plan["builds"] as? [[String: Any]] ?? []
    #expect(builds.allSatisfy { ($0["rpms"] as? [Any])?.count == 2 })
    try scene.succeed("compose", release)
    #expect(try scene.hub.taggings(in: tag) == live)
  }

  /// The live tag has no package list of its own.
  @Test func `inherited package lists and blocks hold`() throws {
    let scene = try KojiPool.shared().installation(seed: { seed in
      var tags = seed["tags"] as? [[String: Any]] ?? []
      tags.insert(["name": "epel7-packages", "arches": "x86_64"], at: 0)
      seed["tags"] = tags.map { tag in
        var tag = tag
        if tag["name"] as? String == "epel7" { tag["parents"] = ["epel7-packages"] }
        return tag
      }
      seed["packages"] = (seed["packages"] as? [[String: Any]] ?? []).map { entry in
        var entry = entry
        if entry["tag"] as? String == "epel7" { entry["tag"] = "epel7-packages" }
        if entry["package"] as? String == "delta" { entry["blocked"] = true }
        return entry
      }
    })
    let plan = try scene.json("plan", release)
    #expect(nvrs(plan) == live.filter { $0 != "delta-1.0-1" })
    let blocked = (plan["blocked"] as? [[String: Any]] ?? [])
    #expect(blocked.compactMap { $0["package"] as? String } == ["delta"])
    #expect(blocked.first?["nvr"] as? String == "delta-1.0-1")
    try scene.succeed("compose", release)
    #expect(try scene.hub.builds(in: tag)?.sorted() == live.filter { $0 != "delta-1.0-1" })
    #expect(try Set(scene.hub.owners(in: tag).values) == ["tibbs"])
  }

  @Test func `what is wrong with a download is told of its URL`() throws {
    let scene = try KojiPool.shared().installation(topURL: true)
    let signed = scene.topdir + "/packages/delta/1.0/1"
    let files = try Shell.check("find", [signed, "-path", "*signed*", "-name", "*.noarch.rpm"])
      .split(separator: "\n").map(String.init)
    let file = try #require(files.first)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
    try handle.truncate(atOffset: 700)
    try handle.close()
    let outcome = try scene.run("compose", release)
    #expect(outcome.status == 2)
    let url = scene.hub.url.replacing("/kojihub", with: "/files")
    #expect(outcome.errors.contains("\(url)/packages/delta"))
    #expect(!outcome.errors.contains("pool-epel-7"))
    #expect(outcome.errors.contains("Ask the hub's administrators to restore the file"))
  }
}
