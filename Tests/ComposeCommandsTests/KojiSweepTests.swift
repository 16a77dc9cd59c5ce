import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// A compose of 300 builds through a hub that fails in every way at every
/// call.
@Suite struct KojiSweepTests {
  private static let release = "7.06.201903"
  private static let tag = KojiRehearsal.composeTag
  private static let count = 300

  /// 300 RPMs that differ in their names: made from one, rpmbuild would take
  /// minutes.
  private static let pool = Result { () throws -> TemporaryDirectory in
    let directory = try TemporaryDirectory.inMemory()
    directory.removeAtExit()
    let first = try RPMSpec("package-000").build(into: directory.path("one"), sources: false)
    let rpm = try Data(contentsOf: URL(fileURLWithPath: first[0]))
    for index in 1...count {
      let digits = String(index)
      let name = "package-" + String(repeating: "0", count: 3 - digits.count) + digits
      let file = directory.path("rpms/\(name)-1.0-1.noarch.rpm")
      try FileManager.default.createDirectory(
        atPath: directory.path("rpms"), withIntermediateDirectories: true)
      try RenamedRPM.data(rpm, "package-000", by: name).write(to: URL(fileURLWithPath: file))
    }
    return directory
  }

  private func scene(deadline: Int) throws -> KojiRehearsal {
    try KojiRehearsal(
      rpms: Self.pool.get().path("rpms"), keys: [], waits: (10, 1, deadline),
      policy: { $0.replacing("signing:\n  keys:\n", with: "") })
  }

  private func compose(_ scene: KojiRehearsal) throws -> Shell.Outcome {
    try scene.run("compose", Self.release, "--allow-unsigned", "--quiet")
  }

  /// The hub and the disk as they were before the first compose.
  private func reset(_ scene: KojiRehearsal) throws {
    try scene.hub.reset()
    try Shell.check(
      "rm", ["-rf", scene.rehearsal.root + "/pub", scene.rehearsal.root + "/var"])
  }

  /// What is wrong with the tag: every build is in it, and was tagged once.
  private func problem(_ scene: KojiRehearsal) throws -> String? {
    let builds = try scene.hub.builds(in: Self.tag) ?? []
    let taggings = try scene.hub.taggings(in: Self.tag)
    guard Set(builds).count == Self.count, builds.count == Self.count else {
      return "\(builds.count) builds in the tag"
    }
    guard taggings.count == Self.count, taggings == taggings.sorted() else {
      return "\(taggings.count) taggings, or out of order"
    }
    return try Set(scene.hub.owners(in: Self.tag).values) == ["tibbs"] ? nil : "other owners"
  }

  private func hasTrees(_ scene: KojiRehearsal) -> Bool {
    ["alt/epel", "epel"].contains { root in
      FileManager.default.fileExists(
        atPath: "\(scene.rehearsal.root)/pub/\(root)/updates/\(Self.release)")
    }
  }

  /// The calls of a compose that nobody disturbs.
  private func calls(_ scene: KojiRehearsal) throws -> [TestHub.Logged] {
    let outcome = try compose(scene)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try problem(scene) == nil)
    let calls = try scene.hub.log()
    #expect(calls.count <= Self.count / 100 + 30, "\(calls.count) calls")
    return calls
  }

  /// Every call that changes something, and every third of the others: to
  /// give up on one read is like giving up on another.
  private func thinned(_ calls: [TestHub.Logged]) -> [Int] {
    SweepDensity.points(calls.count).filter { at in
      let call = calls[at - 1]
      return call.session != nil || call.method == "sslLogin" || at % 3 == 1
    }
  }

  private static let hubs = 3

  /// What `body` finds wrong at each of `points`. Several are under way at once,
  /// each with a hub of its own: most of the time they wait.
  private func problems(
    at points: [Int], deadline: Int,
    _ body: @Sendable (KojiRehearsal, Int) throws -> [String?]
  ) throws -> [String] {
    try Concurrently.map(Array(0..<Self.hubs), threads: Self.hubs) { first in
      let scene = try scene(deadline: deadline)
      return try stride(from: first, to: points.count, by: Self.hubs).flatMap { index in
        try reset(scene)
        return try body(scene, points[index]).compactMap { problem in
          problem.map { "at \(points[index]): \($0)" }
        }
      }
    }.flatMap(\.self)
  }

  /// What happens once does not even show.
  @Test(arguments: [
    "502", "503", "reset-before", "reset-after", "stall-after", "truncated", "expired", "restart",
    "offline",
  ])
  func aFailureOfEachKindAtEveryCall(_ kind: String) throws {
    let points = try SweepDensity.points(calls(scene(deadline: 20)).count)
    let problems = try problems(at: points, deadline: 20) { scene, at in
      try scene.hub.arm(kind, at: at)
      let outcome = try compose(scene)
      return [outcome.status == 0 ? nil : outcome.errors, try problem(scene)]
    }
    #expect(problems == [])
    print("\(kind): \(points.count) composes with a failure")
  }

  /// What goes on from some call ends with 69 and nothing published, and the
  /// next run finishes the work.
  @Test(arguments: ["502-after", "reset-after", "offline", "silent"])
  func aHubThatStaysAwayFromEveryCallOn(_ kind: String) throws {
    let calls = try calls(scene(deadline: 20))
    let last = calls.count
    let problems = try problems(at: thinned(calls), deadline: 2) { scene, at in
      try scene.hub.arm(kind, at: at, count: 10_000)
      let outcome = try compose(scene)
      // The last call is the logout, which nobody waits for.
      let isPublished = hasTrees(scene)
      try scene.hub.calm()
      let again = outcome.status == 0 ? nil : try compose(scene)
      return [
        outcome.status == (at == last ? 0 : 69) ? nil : "\(outcome.status), \(outcome.errors)",
        isPublished == (at == last) ? nil : "the trees",
        again?.status ?? 0 == 0 ? nil : "again: \(again?.errors ?? "")", try problem(scene),
      ]
    }
    #expect(problems == [])
    print("\(kind): \(thinned(calls).count) composes given up and finished")
  }

  /// Killed while it tags, the next run tags only what is missing.
  @Test func killedAtEveryCall() throws {
    let calls = try calls(scene(deadline: 20))
    let last = calls.count
    let problems = try problems(at: thinned(calls), deadline: 20) { scene, at in
      try scene.hub.arm("silent", at: at, count: 10_000)
      let program = try scene.rehearsal.start(
        ["compose", Self.release, "--allow-unsigned", "--quiet"])
      let isThere = RunningProgram.wait { (try? scene.hub.log().count >= at) ?? false }
      program.signal(SIGKILL)
      _ = program.wait()
      try scene.hub.calm()
      let again = try compose(scene)
      return [
        isThere ? nil : "never reached",
        // Where only the logout was left, the release is there already.
        again.status == (at == last ? 2 : 0) ? nil : again.errors, try problem(scene),
      ]
    }
    #expect(problems == [])
  }
}
