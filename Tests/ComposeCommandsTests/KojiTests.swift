import ComposeTestSupport
import Foundation
import Testing

/// Signed RPMs of the fixture distribution, built once for all tests here.
struct SignedRPMs: Sendable {
  let directory: TemporaryDirectory
  let key: SigningKey

  static let release: SignedRPMs? = try? SignedRPMs("release")

  init(_ stage: String) throws {
    directory = try TemporaryDirectory()
    key = try SigningKey(named: "Release")
    try Fixtures.build(stage, into: directory.path("rpms"), arches: "x86_64", key: key)
  }

  var path: String { directory.path("rpms") }
}

/// The whole way through a hub: plan, tag, trees, links.
@Suite struct KojiTests {
  private func rehearsal(
    importing more: [String] = [], policy edit: (String) -> String = { $0 }, topURL: Bool = false,
    seed change: KojiRehearsal.Change = { _ in }
  ) throws -> KojiRehearsal {
    let rpms = try #require(SignedRPMs.release)
    return try KojiRehearsal(
      rpms: rpms.path, keys: [rpms.key], importing: more, topURL: topURL, policy: edit,
      seed: change)
  }

  @Test func theLifeOfAReleaseFromAHub() throws {
    let scene = try rehearsal()
    let plan = try scene.json("plan", "7.06.201903")
    #expect((plan["refusals"] as? [Any])?.isEmpty == true)
    #expect((plan["event"] as? [String: Any])?["id"] as? Int ?? 0 > 0)
    #expect(try scene.hub.builds(in: KojiRehearsal.composeTag) == nil, "a plan only reads")
    #expect(try scene.hub.log().allSatisfy { $0.session == nil })
    try scene.succeed("compose", "7.06.201903")
    let builds = try #require(plan["builds"] as? [[String: Any]])
    let tagged = try #require(try scene.hub.builds(in: KojiRehearsal.composeTag))
    #expect(tagged.count == builds.count)
    #expect(Set(try scene.hub.owners(in: KojiRehearsal.composeTag).values) == ["tibbs"])
    #expect(try scene.hub.log().last?.method == "logout")
    try scene.succeed("publish", "7.06.201903")
    try scene.succeed("promote", "7.06.201903", "--skip-soak")
    #expect(
      try ServedRepositories.problems(below: scene.rehearsal.root + "/pub/epel/releases/7") == [])
    try scene.succeed("verify", "7.06.201903")
  }
}
