import ComposeTestSupport
import Foundation
import Testing

/// The keys of the JSON documents: other programs rely on them.
@Suite(.waiting) struct JSONContractTests {
  private func first(_ value: Any?) throws -> [String: Any] {
    try #require((value as? [[String: Any]])?.first)
  }

  @Test func `every command's JSON has its keys`() throws {
    let installation = try Installation()
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    func json(_ arguments: [String]) throws -> [String: Any] { try installation.json(arguments) }
    try RPMSpec("alpha").build(into: installation.pool)
    try RPMSpec("gamma").build(into: installation.pool)
    try installation.release("7.06.201903")
    try RPMSpec("alpha", "2.0", epoch: 1).build(into: installation.pool)
    try RPMSpec("gamma", "1.0", "2").retired("Gone.\n").build(into: installation.pool)

    let push = try json(["update", "7", "-n"] + rpms)
    #expect(push["serial"] as? Int == 1)
    #expect(try first(push["retiring"])["package"] as? String == "gamma")

    let plan = try json(["plan", "7.07.201908"] + rpms)
    for key in [
      "release", "previous", "carried", "updated", "added", "retired", "blocked", "pending",
      "refusals", "warnings", "trees", "steps", "digest",
    ] { #expect(plan[key] != nil, "\(key)") }
    #expect(plan["previous"] as? String == "7.06.201903")
    let updated = try first(plan["updated"])
    #expect(
      updated as? [String: String] == [
        "package": "alpha", "nvr": "alpha-2.0-1", "from": "1.0-1", "to": "1:2.0-1",
      ])
    let retired = try first(plan["retired"])
    #expect(retired["marker"] as? String == "/usr/share/doc/gamma/README-RETIRED.txt")
    #expect(retired["text"] as? String == "Gone.\n")
    #expect(retired["rpm"] as? String == "gamma-1.0-2.noarch.rpm")
    #expect(retired["breaks"] as? [String] == [])
    let warning = try first(plan["warnings"])
    #expect(Set(warning.keys) == ["code", "message", "remedy", "package", "rpms"])

    let status = try json(["status", "7"])
    let stream = try first(status["streams"])
    #expect(stream["major"] as? Int == 7)
    #expect(
      stream["links"] as? [String: String] == [
        "releases/7": "../updates/7", "updates/7": "7.06.201903",
      ])
    let release = try first(stream["releases"])
    #expect(release["release"] as? String == "7.06.201903")
    #expect(release["state"] as? String == "current")
    #expect(release["since"] is String)
    #expect((release["trees"] as? [Any])?.count == 2)

    for command in ["check", "verify"] {
      let report = try json([command, "7.06.201903"])
      #expect(report["release"] as? String == "7.06.201903")
      #expect(report["passed"] as? Bool == true)
      let keys: Set = ["name", "passed", "findings", "warnings", "waived"]
      #expect(
        Set(try first(report["checks"]).keys) == keys.union(command == "check" ? ["level"] : []))
    }

    let retirement = try json(["retirement", "7", "gamma", "--rpms", installation.pool])
    #expect(retirement["major"] as? Int == 7)
    let package = try first(retirement["packages"])
    #expect(
      Set(package.keys) == [
        "package", "state", "owner", "committedSince", "committedUntil", "rule", "served", "since",
        "marker", "text", "lastTree", "archiveTree", "early", "returned", "acknowledged", "breaks",
        "replacedBy", "contradiction", "breakage", "blocked", "isCommitmentOver",
      ])
    #expect(package["state"] as? String == "retiring")
    #expect(package["committedUntil"] as? String == "2019-08-06")

    let compose = try json(["compose", "7.07.201908"] + rpms)
    #expect(compose["state"] as? String == "staged")
    #expect(compose["planDigest"] as? String == plan["digest"] as? String)
    let publish = try json(["publish", "7.07.201908"])
    #expect(publish["dryRun"] as? Bool == false)
    #expect(publish["links"] is [String: String])
    #expect(try first(json(["history"])["events"])["command"] as? String == "compose")
    #expect(
      try first(json(["policy", "check", installation.policies + "/epel-7.yaml"])["files"])[
        "stream"]
        as? String == "epel-7")
    #expect(try json(["policy", "show", "7"])["policy"] is String)
  }

  @Test func `what plan prints is a plan file`() throws {
    let installation = try Installation()
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    try RPMSpec("alpha").build(into: installation.pool)
    let text = try installation.succeed(["plan", "7.06.201903", "--format", "json"] + rpms)
    let file = try installation.scratch.write(text, to: "plan.json")
    try installation.succeed(["compose", "7.06.201903", "--plan", file] + rpms)
  }
}
