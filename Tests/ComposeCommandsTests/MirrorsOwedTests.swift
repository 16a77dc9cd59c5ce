import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// What could not be told: who waits for it, what is said of it, and what it keeps from being
/// done.
@Suite(.waiting) struct MirrorsOwedTests {
  private static let (first, next) = ("7.06.201903", "7.07.201908")

  /// One release is current, and a second one staged.
  private func staged(patience: String = "0 seconds") throws -> Installation {
    let installation = try Installation.tellingMirrors(patience: patience)
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release(Self.first)
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try installation.succeed([
      "compose", Self.next, "--rpms", installation.pool, "--allow-unsigned",
    ])
    // Times are in seconds: what is published in the second in which lists were written before
    // counts as told.
    Thread.sleep(forTimeInterval: 1.1)
    return installation
  }

  /// What `status` says of the second release, and the codes of its warnings.
  private func status(
    _ installation: Installation
  ) throws -> (release: [String: Any], codes: [String]) {
    let report = try installation.json(["status", "7"])
    let stream = try #require((report["streams"] as? [[String: Any]])?.first)
    let releases = try #require(stream["releases"] as? [[String: Any]])
    let warnings = try #require(stream["warnings"] as? [[String: Any]])
    return (
      try #require(releases.first { $0["release"] as? String == Self.next }),
      warnings.compactMap { $0["code"] as? String }
    )
  }

  @Test func `a release that mirrors were never told of is not promoted`() throws {
    let installation = try staged()
    try installation.whileListsAreLocked {
      #expect(try installation.run(["publish", Self.next]).status == 75)
      #expect(try status(installation).codes.contains("lists-owed"))
      #expect(
        try status(installation).release["clock"] as? String
          == "soaks 3 days once mirrors are told")
      // However long it is published.
      try installation.withoutSoak {
        for more in [[], ["--dry-run"]] {
          let outcome = try installation.run(["promote", Self.next] + more)
          #expect(outcome.status == 2, "\(outcome.errors)")
          #expect(outcome.errors.contains("mirrors were never told of it"), "\(outcome.errors)")
          #expect(outcome.errors.contains("mirrors lists 7"), "\(outcome.errors)")
        }
      }
    }
    let before = try #require(try status(installation).release["since"] as? String)
    // A time is told in seconds.
    Thread.sleep(forTimeInterval: 1.1)
    try installation.succeed(["mirrors", "lists", "7"])
    // What nobody could fetch did not soak.
    let (release, codes) = try status(installation)
    #expect(!codes.contains("lists-owed"))
    let since = try #require(release["since"] as? String)
    #expect(since > before)
    #expect(try #require(release["clock"] as? String).hasPrefix("soaks until"))
    Thread.sleep(forTimeInterval: 1.1)
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(try status(installation).release["since"] as? String == since)
    try installation.withoutSoak { try installation.succeed(["promote", Self.next]) }
  }

  @Test func `who does not wait for lists is recorded`() throws {
    let installation = try staged()
    try installation.whileListsAreLocked {
      #expect(try installation.run(["publish", Self.next]).status == 75)
      let outcome = try installation.run(["promote", Self.next, "--skip-soak"])
      #expect(outcome.status == 75)
      #expect(outcome.errors.contains("lists-owed: mirrors were never told"), "\(outcome.errors)")
    }
    #expect(try installation.succeed(["history"]).contains("lists-owed"))
  }

  @Test func `links that somebody has moved are told before anybody waits`() throws {
    let installation = try staged()
    try installation.succeed(["publish", Self.next])
    let link = "\(installation.root)/pub/epel/updates/7"
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "7.05.201809")
    let refused = try installation.expectRefusal(["promote", Self.next], status: 2)
    #expect(!refused.contains("soak time"), "\(refused)")
    #expect(refused.contains("updates/7"), "\(refused)")
  }

  /// Once: it stops where it waits. Twice, one after the other: it ends where it is.
  @Test(arguments: [[SIGINT], [SIGINT, SIGINT], [SIGTERM]])
  func `whoever stops waiting for the lock is told what brings the rest`(
    signals: [Int32]
  ) throws {
    let installation = try staged(patience: "1 hour")
    try installation.whileListsAreLocked {
      let running = try installation.start(["publish", Self.next])
      try #require(RunningProgram.wait { installation.waitsForLists(running) })
      for signal in signals {
        running.signal(signal)
        usleep(3_000)
      }
      #expect(running.wait() == 130)
      #expect(running.errors.contains("mirrors lists 7"), "\(running.errors)")
      #expect(running.errors.contains("is done and stays"), "\(running.errors)")
      #expect(!running.errors.contains("Run the command again"), "\(running.errors)")
    }
    #expect(try status(installation).release["state"] as? String == "published")
    #expect(try status(installation).codes.contains("lists-owed"))
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(try !status(installation).codes.contains("lists-owed"))
  }
}
