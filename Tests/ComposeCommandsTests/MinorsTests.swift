import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Several minor releases at once: which get pushes, and what users of each see.
@Suite(.waiting) struct MinorsTests {
  /// 10.0 and 10.1 with the same builds; 10.1 is leading.
  private func stream(ends: String = "2999-12-31") throws -> MinorStream {
    let stream = try MinorStream(ends: ends)
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name), to: ["10.0", "10.1"]) }
    try stream.release("10.0")
    try stream.release("10.1")
    return stream
  }

  private func refuse(
    _ stream: MinorStream, _ arguments: [String], status: Int32 = 2, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try stream.installation.run(arguments)
    #expect(
      outcome.status == status && (outcome.output + outcome.errors).contains(words),
      "\(outcome.status): \(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
  }

  @Test(.enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
  func `clients of each minor release get its pushes, and those of the link the leading one's`()
    throws
  {
    let stream = try stream()
    let (old, new) = (try DnfClient(), try DnfClient())
    func upgrade(_ client: DnfClient, _ path: String, _ words: [String] = ["upgrade"]) throws
      -> [String]
    {
      try client.succeed(words, repositories: ["t": stream.url(path)])
      return try client.installed()
    }
    let both = ["install", "alpha", "beta"]
    #expect(try upgrade(old, "10.0", both) == ["alpha-1.0-1", "beta-1.0-1"])
    #expect(try upgrade(new, "10", both) == ["alpha-1.0-1", "beta-1.0-1"])
    // Each minor release has builds of its own.
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.1"])
    try stream.add(RPMSpec("beta", "1.0", "1.1"), to: ["10.0"])
    try stream.add(RPMSpec("beta", "1.2"), to: ["10.1"])
    let pushed = try stream.installation.succeed(stream.push("10.1"))
    #expect(pushed.contains("Pushed 2 builds to 10.1, push 1"), "\(pushed)")
    #expect(try stream.installation.succeed(stream.push("10.0")).contains("to 10.0, push 1"))
    #expect(try upgrade(old, "10.0") == ["alpha-1.0-1", "beta-1.0-1.1"])
    #expect(try upgrade(new, "10") == ["alpha-1.1-1", "beta-1.2-1"])
    // Enterprise Linux 10.1 comes to the first client: nothing goes back.
    #expect(try upgrade(old, "10.1") == ["alpha-1.1-1", "beta-1.2-1"])
    for release in ["10.0", "10.1"] {
      try stream.installation.succeed(["verify", release])
      try stream.installation.succeed(["check", release])
    }
    // A push into the earlier one leaves the link and the leading one alone.
    #expect(
      try FileManager.default.destinationOfSymbolicLink(
        atPath: "\(stream.installation.root)/pub/epel/10") == "10.1")
    let status = try stream.installation.succeed(["status", "10"])
    #expect(status.contains(/10\.0 +maintained/) && status.contains(/10\.1 +current/), "\(status)")
  }

  @Test func `a push may not overtake the next minor release`() throws {
    let stream = try stream()
    try stream.add(RPMSpec("beta", "1.1"), to: ["10.0"])
    try refuse(
      stream, stream.push("10.0"),
      "beta-1.1-1.noarch is newer than 1.0-1, which 10.1 has: users of 10.0 have it")
    // What stands in the way of beta is not in that of alpha.
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.0", "10.1"])
    try stream.installation.succeed(stream.push("10.1"))
    try stream.installation.succeed(stream.push("10.0", ["alpha-1.1-1"]))
    let overridden = try stream.installation.run(
      stream.push("10.0", ["--override-checks", "10.1 follows tomorrow"]))
    #expect(overridden.status == 0, "\(overridden.errors)")
    try refuse(stream, ["check", "10.0"], "newer than 1.0-1, which 10.1 has")
    // Then the next push of something else tells it, and is made.
    try stream.add(RPMSpec("alpha", "1.2"), to: ["10.0", "10.1"])
    try stream.installation.succeed(stream.push("10.1"))
    let told = try stream.installation.run(stream.push("10.0"))
    #expect(told.status == 0, "\(told.output)\(told.errors)")
  }

  @Test func `what gets no pushes is refused by the name of its standing`() throws {
    let stream = try stream(ends: "2020-12-31")
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.0", "10.1"])
    try refuse(
      stream, stream.push("10.0"), "its maintenance ended on 2020-12-31, by the policy's calendar")
    try refuse(stream, stream.push("10.2"), status: 66, "does not know it")
    // One alone gets them: the major version means it.
    let pushed = try stream.installation.succeed(
      ["update", "10", "--rpms", stream.live("10.1"), "--allow-unsigned"])
    #expect(pushed.contains("to 10.1, push 1"))
    #expect(try stream.installation.succeed(["status", "10"]).contains(/10\.0 +ended/))
  }

  @Test func `the major version is refused where one release must be meant`() throws {
    let stream = try stream()
    try refuse(
      stream, ["update", "10", "--rpms", stream.live("10.1"), "--allow-unsigned"],
      "a directory has the live builds of one minor release, and 10.1 and 10.0 get pushes")
    try refuse(
      stream, ["update", "10", "--undo", "--reason", "It is broken"],
      "--undo takes the newest push into one release back")
    try refuse(
      stream, ["update", "10", "--announcement", stream.installation.root + "/a.txt"],
      "a file has the announcement of one push")
    try refuse(stream, ["update", "10", "alpha-1.0-1"], "and some are named")
  }

  @Test func `a withdrawal goes to all that list the build, an undo to the one that is named`()
    throws
  {
    let stream = try stream()
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.1", "10.0"])
    for release in ["10.1", "10.0"] {
      try stream.installation.succeed(stream.push(release))
    }
    try stream.add(RPMSpec("beta", "1.1"), to: ["10.1"])
    try stream.installation.succeed(stream.push("10.1"))
    let withdrawal = ["update", "10", "--withdraw", "alpha-1.1-1", "--reason", "It is broken"]
    let before = try stream.installation.snapshot()
    let preview = try stream.installation.succeed(withdrawal + ["--dry-run"])
    #expect(preview.contains("Would take builds out of 10.1") && preview.contains("out of 10.0"))
    #expect(try stream.installation.snapshot() == before)
    let json = try stream.installation.succeed(withdrawal + ["--format", "json"])
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(report["release"] as? String == "10.1")
    let others = try #require(report["others"] as? [[String: Any]])
    #expect(others.map { $0["release"] as? String } == ["10.0"])
    try refuse(
      stream, withdrawal, "alpha-1.1-1 is not listed in the updates of 10.1 or 10.0")
    // What is held stays out of both.
    for release in ["10.1", "10.0"] {
      let outcome = try stream.installation.succeed(stream.push(release))
      #expect(outcome.contains("alpha-1.1-1"), "\(outcome)")
      #expect(!outcome.contains("Pushed"), "\(outcome)")
    }
    let undo = ["--undo", "--reason", "It is broken as well"]
    try refuse(stream, ["update", "10.0"] + undo, "10.0 has no push that could be undone")
    let undone = try stream.installation.succeed(["update", "10.1"] + undo)
    // The newest push into it is the withdrawal.
    #expect(undone.contains("Took push 3 back from 10.1"), "\(undone)")
  }

  @Test func `a release that was restored from the archive gets no pushes`() throws {
    let stream = try stream(ends: "2020-12-31")
    for command in ["archive", "restore"] { try stream.installation.succeed([command, "10.0"]) }
    // Its time is prolonged.
    try stream.rewritePolicy { $0.replacing("ends: 2020-12-31", with: "ends: 2999-12-31") }
    try stream.add(RPMSpec("beta", "1.0", "1.1"), to: ["10.0"])
    let before = try stream.installation.snapshot()
    try refuse(stream, stream.push("10.0"), "it was restored from the archive")
    #expect(try stream.installation.snapshot() == before)
    #expect(try stream.installation.succeed(["status", "10"]).contains("superseded"))
    // What it never lost, it could get.
    try stream.add(RPMSpec("beta", "1.1"), to: ["10.1"])
    #expect(try stream.installation.succeed(stream.push("10.1")).contains("to 10.1, push 1"))
  }

  @Test func `a release that soaks takes a push, and its soak time goes on`() throws {
    let stream = try MinorStream()
    try stream.add(RPMSpec("alpha"), to: ["10.0", "10.1"])
    try stream.release("10.0")
    try stream.installation.succeed(
      ["compose", "10.1", "--rpms", stream.live("10.1"), "--allow-unsigned"])
    try refuse(stream, stream.push("10.1"), "it is staged: users do not have it")
    try stream.installation.succeed(["publish", "10.1"])
    let soaks = try stream.installation.succeed(["status", "10"])
      .split(separator: "\n").first { $0.contains("soaks until") }
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.1"])
    #expect(try stream.installation.succeed(stream.push("10.1")).contains("to 10.1, push 1"))
    let after = try stream.installation.succeed(["status", "10"])
      .split(separator: "\n").first { $0.contains("soaks until") }
    #expect(soaks?.suffix(24) == after?.suffix(24) && after != nil)
    // Where the time of pushes is the longer one, promote waits for what is new.
    try stream.rewritePolicy { $0.replacing("soak: 3 days", with: "soak: 0 days") }
    try refuse(
      stream, ["promote", "10.1"], "mirrors have had push 1 for less than the soak time of pushes")
    try stream.rewritePolicy {
      $0.replacing("soak: 0 days", with: "soak: 0 days\n  pushSoak: 0 days")
    }
    try stream.installation.succeed(["promote", "10.1"])
    try stream.installation.succeed(["verify", "10.1"])
  }
}
