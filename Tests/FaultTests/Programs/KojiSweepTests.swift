import ComposeTestSupport
import Foundation
import Glibc
import ReleaseModel
import Testing

/// A compose through a hub that fails in every way at every call. It is small,
/// and so are its batches: packages and builds take several requests each.
@Suite(.waiting) struct KojiSweepTests {
  private static let release = "7.06.201903"
  private static let tag = KojiInstallation.composeTag
  private static let count = 7
  private static let batches = ["BATCHES": "3"]
  private static let pool = Result { try pool(of: count) }

  /// RPMs that differ in their names: made from one, rpmbuild would take its
  /// time.
  private static func pool(of count: Int) throws -> TemporaryDirectory {
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

  private static func scene(
    _ pool: TemporaryDirectory, _ environment: [String: String]
  ) throws -> KojiInstallation {
    try KojiInstallation(
      rpms: pool.path("rpms"), keys: [], environment: environment, waits: (10, 1, patience),
      policy: { $0.replacing("signing:\n  keys:\n", with: "") })
  }

  /// Seconds for a call with all its retries: more than any failure here takes.
  private static let patience = 60

  private static let arguments = ["compose", release, "--allow-unsigned", "--quiet"]

  /// - Parameter deadline: seconds that the policy gives a call.
  private static func compose(
    _ scene: KojiInstallation, deadline: Int = patience
  ) throws -> Shell.Outcome {
    let file = scene.installation.policies + "/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try Data(text.replacing(/deadline: .*/, with: "deadline: \(deadline) seconds").utf8)
      .write(to: URL(fileURLWithPath: file))
    return try scene.installation.run(arguments, fault: nil)
  }

  /// The hub and the disk as they were before the first compose.
  private static func reset(_ scene: KojiInstallation) throws {
    try scene.hub.reset()
    for directory in ["/pub", "/var"] { try LinkedCopy.remove(scene.installation.root + directory) }
  }

  /// What is wrong with the tag: every build is in it, and was tagged once.
  private static func problem(_ scene: KojiInstallation, count: Int = count) throws -> String? {
    let builds = try scene.hub.builds(in: tag) ?? []
    let taggings = try scene.hub.taggings(in: tag)
    guard Set(builds).count == count, builds.count == count else {
      return "\(builds.count) builds in the tag"
    }
    guard taggings.count == count, taggings == taggings.sorted() else {
      return "\(taggings.count) taggings, or out of order"
    }
    return try Set(scene.hub.owners(in: tag).values) == ["tibbs"] ? nil : "other owners"
  }

  private static func hasTrees(_ scene: KojiInstallation) -> Bool {
    ["alt/epel", "epel"].contains { root in
      FileManager.default.fileExists(
        atPath: "\(scene.installation.root)/pub/\(root)/updates/\(release)")
    }
  }

  /// The calls of a compose that nobody disturbs. Another one may make more or
  /// fewer of them.
  private static let calls = Result { () throws -> [TestHub.Logged] in
    let scene = try Self.scene(pool.get(), batches)
    let outcome = try compose(scene)
    try #require(outcome.status == 0, "\(outcome.errors)")
    try #require(try problem(scene) == nil)
    return try scene.hub.log()
  }

  @Test func theTaggingTakesSeveralRequests() throws {
    #expect(try Self.calls.get().count { $0.methods.contains("tagBuildBypass") } == 3)
  }

  @Test func hundredsOfBuildsTakeFewCalls() throws {
    let scene = try Self.scene(Self.pool(of: 300), [:])
    let outcome = try Self.compose(scene)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try Self.problem(scene, count: 300) == nil)
    let calls = try scene.hub.log()
    #expect(calls.count <= 33, "\(calls.count) calls")
  }

  /// Every call that changes something, and every third of the others: to
  /// give up on one read is like giving up on another.
  private func thinned(_ sweep: String, _ kind: String) throws -> [Int] {
    let calls = try Self.calls.get()
    let points = (1...calls.count).filter { at in
      let call = calls[at - 1]
      return call.session != nil || call.method == "sslLogin" || at % 3 == 1
    }
    return SweepDensity.points(points.count, of: sweep, kind).map { points[$0 - 1] }
  }

  private static let hubs = 4

  /// What `body` finds wrong at each of `points`. Several are under way at once,
  /// each with a hub of its own: most of the time they wait.
  private func problems(
    at points: [Int], _ body: @Sendable (KojiInstallation, Int) throws -> [String?]
  ) throws -> [String] {
    let hubs = min(Self.hubs, points.count)
    return try Concurrently.map(Array(0..<hubs), threads: hubs) { first in
      let scene = try Self.scene(Self.pool.get(), Self.batches)
      return try stride(from: first, to: points.count, by: hubs).flatMap { index in
        try Self.reset(scene)
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
    let points = try SweepDensity.points(
      Self.calls.get().count, of: "calls of a hub that fail once", kind)
    let problems = try problems(at: points) { scene, at in
      try scene.hub.arm(kind, at: at)
      let outcome = try Self.compose(scene)
      return [outcome.status == 0 ? nil : outcome.errors, try Self.problem(scene)]
    }
    #expect(problems == [])
  }

  /// What goes on from some call ends with 69 and nothing published, and the
  /// next run finishes the work.
  @Test(arguments: ["502-after", "reset-after", "offline", "silent"])
  func aHubThatStaysAwayFromEveryCallOn(_ kind: String) throws {
    let last = try Self.calls.get().count
    let problems = try problems(at: thinned("a hub that stays away", kind)) { scene, at in
      try scene.hub.arm(kind, at: at, count: 10_000)
      // The last call is the logout, which nobody waits for.
      let outcome = try Self.compose(scene, deadline: at == last ? Self.patience : 1)
      let isPublished = Self.hasTrees(scene)
      try scene.hub.calm()
      let again = outcome.status == 0 ? nil : try Self.compose(scene)
      return [
        outcome.status == (at == last ? 0 : 69) ? nil : "\(outcome.status), \(outcome.errors)",
        isPublished == (at == last) ? nil : "the trees",
        again?.status ?? 0 == 0 ? nil : "again: \(again?.errors ?? "")", try Self.problem(scene),
      ]
    }
    #expect(problems == [])
  }

  /// Killed while it tags, the next run tags only what is missing.
  @Test func killedAtEveryCall() throws {
    let problems = try problems(at: thinned("composes killed at a hub's call", "")) { scene, at in
      try scene.hub.arm("silent", at: at, count: 10_000)
      let program = try scene.installation.start(Self.arguments)
      let isThere = RunningProgram.wait {
        (try? scene.hub.log().count >= at) ?? false || !program.isRunning
      }
      program.signal(SIGKILL)
      _ = program.wait()
      try scene.hub.calm()
      let again = try Self.compose(scene)
      return [
        isThere ? nil : "never reached",
        // Status 2: where only the logout was left, the release is there already.
        [0, 2].contains(again.status) ? nil : again.errors, try Self.problem(scene),
        Self.hasTrees(scene) ? nil : "no trees",
      ]
    }
    #expect(problems == [])
  }
}
