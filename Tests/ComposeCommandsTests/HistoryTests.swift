import ComposeTestSupport
import Foundation
import Testing

@Suite(.waiting) struct HistoryTests {
  @Test func `history is chosen by stream, day, command and package`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    for name in ["alpha", "beta"] { try RPMSpec(name).build(into: installation.pool) }
    try installation.release("7.06.201903")
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    try RPMSpec("beta", "1.1").build(into: installation.pool)
    try installation.succeed(["update", "7"] + rpms)
    try RPMSpec("alpha", "1.0", "2").retired().build(into: installation.pool)
    try installation.succeed(["update", "7"] + rpms)
    try installation.succeed(["retirement", "acknowledge", "7", "alpha"])
    try installation.release("7.07.201908")

    func events(_ arguments: [String]) throws -> [String] {
      let json = try installation.json(["history"] + arguments)
      return try #require(json["events"] as? [[String: Any]]).map {
        "\($0["command"] ?? "") \($0["release"] ?? "")"
      }
    }
    let all = try events([])
    #expect(try events(["7"]) == all && all.count > 8)
    #expect(try events(["epel-7"]) == all)
    #expect(try events(["7.07.201908"]).allSatisfy { $0.hasSuffix(" 7.07.201908") })
    #expect(try events(["--since", "2019-01-01"]) == all)
    #expect(try events(["--since", "2999-01-01"]) == [])
    #expect(
      try events(["--command", "publish", "--command", "promote"]) == [
        "publish 7.06.201903", "promote 7.06.201903", "publish 7.07.201908", "promote 7.07.201908",
      ])
    #expect(
      try events(["--package", "beta"]) == [
        "compose 7.06.201903", "update 7.06.201903",
      ])
    #expect(
      try events(["--package", "alpha"]) == [
        "compose 7.06.201903", "update 7.06.201903", "acknowledge 7.06.201903",
        "compose 7.07.201908",
      ])
    let at = try #require(
      (try installation.json(["history"])["events"] as? [[String: Any]])?.first?["at"] as? String)
    #expect(at.wholeMatch(of: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/) != nil)

    #expect(
      try installation.succeed(["history", "--since", "2999-01-01", "--command", "update"])
        == "Nothing that was done matches --since 2999-01-01, --command update.\n")
    #expect(
      try installation.expectRefusal(["history", "--package", "alpa"], status: 66)
        .contains("Did you mean 'alpha'?"))
    try installation.expectRefusal(["history", "--since", "yesterday"], status: 64)
    try installation.expectRefusal(["history", "--command", "retag"], status: 64)
    try installation.expectRefusal(["history", "9"], status: 66)
  }
}
