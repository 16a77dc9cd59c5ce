import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Links with moments of their own: which move when, and what users of each see.
@Suite(.waiting) struct OwnLinkTests {
  private let stream: MinorStream

  private var installation: Installation { stream.installation }

  /// Enterprise Linux 10.0 has come, 10.1 has not; 10z leads to the newest that has.
  init() throws {
    stream = try MinorStream { text in
      text.replacing(
        "\"10.1\": { date: 2020-11-11,", with: "\"10.1\": { date: 2999-01-01, planned: true,")
    }
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name), to: ["10.0", "10.1"]) }
    try stream.release("10.0")
  }

  /// The release day of 10.1.
  private func releaseDay() throws {
    try stream.rewritePolicy {
      $0.replacing("date: 2999-01-01, planned: true,", with: "date: 2020-11-11,")
    }
  }

  private func refuse(
    _ arguments: [String], status: Int32 = 2, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try installation.run(arguments)
    #expect(
      outcome.status == status && (outcome.output + outcome.errors).contains(words),
      "\(outcome.status): \(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
  }

  private func links() -> [String: String] {
    Dictionary(
      ["10", "10z"].compactMap { name in
        (try? FileManager.default.destinationOfSymbolicLink(
          atPath: "\(installation.root)/pub/epel/\(name)")).map { (name, $0) }
      }
    ) { first, _ in first }
  }

  @Test(.enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
  func `a link moves on its release day, and its clients with it`() throws {
    #expect(links() == ["10": "10.0"])
    let due = try installation.succeed(["status", "10"])
    #expect(due.contains("promote 10.0 --link 10z"), "\(due)")
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    #expect(links() == ["10": "10.0", "10z": "10.0"])
    try stream.release("10.1")
    #expect(links() == ["10": "10.1", "10z": "10.0"], "branching moves the leading link alone")
    try refuse(
      ["promote", "10.1", "--link", "10z"],
      "by its rule 'released' and the calendar, the link 10z leads to 10.0")
    // Clients of 10z get what is pushed into 10.0.
    let client = try DnfClient()
    let repository = ["t": stream.url("10z")]
    try client.succeed(["install", "alpha", "beta"], repositories: repository)
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.0", "10.1"])
    try installation.succeed(stream.push("10.1"))
    try installation.succeed(stream.push("10.0"))
    try client.succeed(["upgrade"], repositories: repository)
    #expect(try client.installed() == ["alpha-1.1-1", "beta-1.0-1"])
    // The day comes. 10.1 was judged before 10.0 got its push.
    try releaseDay()
    #expect(try installation.succeed(["status", "10"]).contains("promote 10.1 --link 10z"))
    try refuse(["promote", "10.1", "--link", "10z"], "10.0 was pushed to after its checks ran")
    try installation.succeed(["check", "10.1"])
    try stream.add(RPMSpec("beta", "1.2"), to: ["10.1"])
    try installation.succeed(stream.push("10.1"))
    let before = try installation.snapshot()
    let preview = try installation.succeed(["promote", "10.1", "--link", "10z", "--dry-run"])
    #expect(preview.contains("link 10z -> 10.1 (now 10.0)"), "\(preview)")
    #expect(try installation.snapshot() == before)
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    #expect(links() == ["10": "10.1", "10z": "10.1"])
    try client.succeed(["upgrade"], repositories: repository)
    #expect(try client.installed() == ["alpha-1.1-1", "beta-1.2-1"])
    for release in ["10.0", "10.1"] { try installation.succeed(["verify", release]) }
    #expect(try installation.succeed(["history"]).contains("10z leads to it, no longer to 10.0"))
    #expect(!(try installation.succeed(["status", "10"]).contains("link-due")))
  }

  @Test func `a link goes back alone, once`() throws {
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    try stream.release("10.1")
    try releaseDay()
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    try refuse(["rollback", "10"], "the link 10z leads to it")
    #expect(links() == ["10": "10.1", "10z": "10.1"])
    try installation.succeed(["rollback", "10", "--link", "10z"])
    #expect(links() == ["10": "10.1", "10z": "10.0"])
    try refuse(["rollback", "10", "--link", "10z"], "it has led to no other release")
    try refuse(["archive", "10.0"], "the link 10z leads to it")
    try installation.succeed(["rollback", "10"])
    #expect(links() == ["10": "10.0", "10z": "10.0"])
    #expect(try ServedRepositories.problems(below: "\(installation.root)/pub/epel/10z") == [])
  }

  @Test func `what is no link with a moment of its own is refused`() throws {
    try refuse(["promote", "10.0", "--link", "10"], "it moves with the leading release")
    try refuse(["promote", "10.0", "--link", "10y"], status: 66, "Name one of: 10z")
    try refuse(["promote", "10.0", "--link", ""], status: 64, "--link is empty")
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    try refuse(["promote", "10.0", "--link", "10z"], "the link 10z leads to it already")
    // Somebody else has moved it: it is left alone.
    let path = "\(installation.root)/pub/epel/10z"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "10.9")
    try refuse(
      stream.push("10.0"), "points to '10.9', not to '10.0'")
    #expect(try installation.succeed(["status", "10"]).contains("points to '10.9'"))
  }

  @Test func `mirrors have what clients of the link need, before it moves`() throws {
    try stream.rewritePolicy {
      $0 + "\nmirrors:\n  modules: [{name: epel, path: /pub/epel}, "
        + "{name: archive, path: /pub/archive}]\n"
    }
    try refuse(
      ["mirrors", "prepare", "10.0", "--link", "10z"], "the link 10z leads to no release")
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    try refuse(
      ["mirrors", "prepare", "10.0", "--link", "10z"], "the link 10z leads to it already")
    try refuse(["mirrors", "prepare", "10.0"], "it is current")
    try stream.release("10.1")
    try releaseDay()
    // What 10.0 got since is not in 10.1, and its index is newer.
    try stream.add(RPMSpec("alpha", "0.9"), to: ["10.0"])
    try stream.add(RPMSpec("beta", "1.0", "1.1"), to: ["10.0", "10.1"])
    for release in ["10.1", "10.0"] { try installation.succeed(stream.push(release)) }
    try installation.succeed(["check", "10.1"])
    try refuse(
      ["promote", "10.1", "--link", "10z"], "mirrors prepare 10.1 --link 10z")
    let status = try installation.succeed(["status", "10"])
    let before = try installation.snapshot()
    let preview = try installation.succeed(
      ["mirrors", "prepare", "10.1", "--link", "10z", "--dry-run"])
    #expect(preview.contains("prepare 10.1 would leave it current"), "\(preview)")
    #expect(try installation.snapshot() == before)
    let prepared = try installation.succeed(["mirrors", "prepare", "10.1", "--link", "10z"])
    #expect(prepared.contains("--link 10z"), "\(prepared)")
    #expect(links() == ["10": "10.1", "10z": "10.0"])
    // The leading release stays what it was.
    #expect(try installation.succeed(["status", "10"]) == status)
    let again = try installation.succeed(["mirrors", "prepare", "10.1", "--link", "10z"])
    #expect(again.contains("mirrors lack nothing"), "\(again)")
    try installation.succeed(["check", "10.1"])
    let files = try installation.succeed(["verify", "10.1"])
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    #expect(try installation.succeed(["verify", "10.1"]) == files)
    #expect(links() == ["10": "10.1", "10z": "10.1"])
  }

  @Test func `mirrors must have a release before a link of its own leads there`() throws {
    try stream.rewritePolicy {
      $0 + "\nmirrors:\n  modules: [{name: epel, path: /pub/epel}, "
        + "{name: archive, path: /pub/archive}]\n  minimum: 1\n"
        + "  metalink: http://localhost:1/metalink\n"
        + "  names: {clients: ['epel-{kind}{major}'], updates: 'epel-z-{kind}{release}'}\n"
    }
    try refuse(["promote", "10.0", "--link", "10z"], status: 69, "localhost:1")
    #expect(links() == ["10": "10.0"])
    try installation.succeed(
      ["promote", "10.0", "--link", "10z", "--skip-mirrors", "Nobody answers today"])
    #expect(links() == ["10": "10.0", "10z": "10.0"])
    #expect(try installation.succeed(["history"]).contains("Nobody answers today"))
    try refuse(
      ["promote", "10.0", "--link", "10z", "--announcement", "a.txt"], status: 64,
      "leave --announcement out")
  }

  @Test func `a lost ledger finds where each link leads`() throws {
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    try stream.release("10.1")
    let ledger = "\(installation.root)/var/lib/epel-compose/epel-10.sqlite"
    try FileManager.default.removeItem(atPath: ledger)
    try installation.succeed(["status", "10", "--from-disk"])
    let status = try installation.succeed(["status", "10"])
    #expect(!status.contains("the link"), "\(status)")
    try releaseDay()
    try installation.succeed(["check", "10.1"])
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    #expect(links() == ["10": "10.1", "10z": "10.1"])
  }
}
