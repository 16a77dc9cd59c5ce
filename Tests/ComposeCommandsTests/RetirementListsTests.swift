import ComposeTestSupport
import Foundation
import Testing

/// What retires is announced with the release that it leaves with, and with no
/// other.
@Suite(.waiting) struct RetirementListsTests {
  private static func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  private static func object(_ path: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    return try #require(value as? [String: Any])
  }

  /// Two packages leave, one after the other; their marked builds stay live.
  @Test func `each release tells its own retirements`() throws {
    let scratch = try TemporaryDirectory.inMemory()
    let installation = try Installation(small: scratch)
    func add(_ spec: RPMSpec) throws { try spec.build(into: installation.pool) }
    func update() throws {
      try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    }
    func announced(_ id: String) throws -> String {
      let file = scratch.path("\(id).txt")
      try installation.succeed(["compose", id, "--rpms", installation.pool, "--allow-unsigned"])
      try installation.succeed(["publish", id])
      try installation.succeed(["promote", id, "--skip-soak", "--announcement", file])
      return try Self.read(file)
    }
    for name in ["pi", "rho", "sigma"] { try add(RPMSpec(name)) }
    _ = try announced("7.06.201903")
    try add(RPMSpec("sigma", "1.0", "2").retired("Sigma has gone.\n"))
    // A package that nobody ever had: it cannot leave.
    try add(RPMSpec("stranger").retired("Never was.\n"))
    try update()
    let first = try announced("7.07.201908")
    #expect(first.contains("Sigma has gone.") && !first.contains("Never was."))
    try add(RPMSpec("rho", "1.0", "2").retired("Rho has gone.\n"))
    try update()

    let page = scratch.path("plan.html")
    let plan = try installation.succeed([
      "plan", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned", "--html", page,
    ])
    #expect(plan.contains("1 retired") && plan.contains("Still retired (2)"))
    let html = try Self.read(page)
    #expect(html.contains("Rho has gone.") && !html.contains("Sigma has gone."))
    #expect(html.contains("either: 2."))
    try installation.succeed([
      "site", "build", scratch.path("site"), "--next", "7.08.202004", "--rpms", installation.pool,
      "--allow-unsigned",
    ])
    let next = try Self.read(scratch.path("site/epel-7/next.html"))
    #expect(next.contains("Rho has gone.") && !next.contains("Sigma has gone."))
    #expect(next.contains("Not acknowledged: 1."))
    let planned = try #require(
      try Self.object(scratch.path("site/epel-7/next.json"))["plan"] as? [String: Any])
    #expect(
      (planned["retired"] as? [[String: Any]])?.compactMap { $0["package"] as? String } == ["rho"])
    #expect(planned["retiredBefore"] as? [String] == ["sigma", "stranger"])

    let second = try announced("7.08.202004")
    #expect(second.contains("Rho has gone.") && !second.contains("Sigma has gone."))
    try installation.succeed(["site", "build", scratch.path("site")])
    let releases = try #require(
      try Self.object(scratch.path("site/epel-7/stream.json"))["releases"] as? [[String: Any]])
    #expect(releases.map { $0["retired"] as? [String] } == [[], ["sigma"], ["rho"]])
    let feed = try Self.read(scratch.path("site/epel-7/retirements.atom"))
    #expect(feed.contains("sigma left with 7.07.201908") && !feed.contains("stranger left"))

    // The marker is lost in a rebuild.
    try add(RPMSpec("sigma", "1.0", "3"))
    let text = scratch.path("push.txt")
    let pushed = ["update", "7", "--rpms", installation.pool, "--allow-unsigned"]
    let dry = try installation.succeed(pushed + ["--dry-run"])
    #expect(dry.contains("sigma comes back; 7.07.201908 retired it"))
    let done = try installation.succeed(
      pushed + ["--announcement", text, "--html", scratch.path("push.html")])
    #expect(done.contains("sigma comes back; 7.07.201908 retired it"))
    #expect(try Self.read(text).contains("sigma-1.0-3: sigma comes back"))
    #expect(try Self.read(scratch.path("push.html")).contains("sigma comes back"))

    // Another one comes back with a cut.
    try add(RPMSpec("rho", "1.0", "3"))
    let third = try announced("7.09.202009")
    #expect(third.contains("  rho (7.08.202004 had retired it)") && !third.contains("sigma ("))
    #expect(!second.contains("had retired it"))
  }
}
