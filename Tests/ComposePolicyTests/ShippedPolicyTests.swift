import ComposePolicy
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

@Suite struct ShippedPolicyTests {
  private static let files = ["epel-7.yaml", "epel-8.yaml", "epel-9.yaml", "epel-10.yaml"]

  @Test func `all of them are tested, and live in one directory`() throws {
    let set = try PolicySet(directory: Fixtures.policies)
    #expect(set.entries.map { ($0.file as NSString).lastPathComponent } == Self.files)
    #expect(set.problems.isEmpty)
  }

  @Test(arguments: files)
  func `what it shows as comments is valid as well`(file: String) throws {
    let text = try String(contentsOfFile: "\(Fixtures.policies)/\(file)", encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // Examples of keys; a place that is one of two stays a comment.
      line.wholeMatch(of: /# ((?: *- | +|)[a-z]+:(?: .*)?)/).map { String($0.output.1) }
        ?? String(line)
    }
    let policy = try Policy(text: lines.joined(separator: "\n"), file: file)
    #expect(policy.gate.base.count == 3)
    #expect(policy.concerns.isEmpty)
    // Bodhi has no updates of EPEL 7 any more.
    #expect((policy.advisories.bodhi == nil) == (file == "epel-7.yaml"))
  }

  @Test func `epel-9 and epel-8 are one tree a release, whose names are those of the archive`()
    throws
  {
    for (major, release) in [(9, "9.10"), (8, "8.10")] {
      let policy = try Policy(file: "\(Fixtures.policies)/epel-\(major).yaml")
      let id = try policy.parseRelease(release)
      #expect(policy.trees(of: id).map(\.path.description) == [release])
      #expect(policy.calendar.last?.minorRelease.description == release)
      #expect(policy.koji?.liveTag.description == "epel\(major)")
      #expect(throws: ComposeError.self) { try policy.parseRelease("\(major).1.202406") }
    }
  }

  @Test(arguments: ShippedPolicyTests.files)
  func `a shipped policy is valid and names no base, as the only concern`(file: String) throws {
    let policy = try Policy(file: "\(Fixtures.policies)/\(file)")
    // Where its repositories are differs from place to place.
    #expect(policy.concerns.map(\.code) == ["no-base"])
    #expect(!policy.calendar.isEmpty)
  }

  @Test(arguments: ShippedPolicyTests.files)
  func `what policy show prints is the same policy`(file: String) throws {
    let policy = try Policy(file: "\(Fixtures.policies)/\(file)")
    #expect(try Policy(text: policy.yaml(), file: "shown") == policy)
  }

  @Test func `epel-7 follows the proposal`() throws {
    let policy = try Policy(file: "\(Fixtures.policies)/epel-7.yaml")
    let release = try policy.parseRelease("7.06.201903")
    #expect(
      policy.trees(of: release).map(\.path.description) == [
        "releases/7.06.201903", "updates/7.06.201903",
      ])
    #expect(
      policy.links.map { "\($0.path) -> \($0.target)" } == [
        "releases/7 -> ../updates/7", "updates/7 -> {release}",
      ])
    #expect(policy.links.map(\.moves) == [false, true])
    #expect(policy.links.allSatisfy { $0.area == .updates })
    #expect(policy.composeTag(of: release) == "epel7-7.06.201903")
    #expect(throws: ComposeError.self) { try policy.parseRelease("7.6.201903") }
    #expect(throws: ComposeError.self) { try policy.parseRelease("7.06") }
    #expect(throws: ComposeError.self) { try policy.parseRelease("8.06.201903") }
  }

  @Test func `epel-10 has one tree a release and no month`() throws {
    let policy = try Policy(file: "\(Fixtures.policies)/epel-10.yaml")
    let release = try policy.parseRelease("10.1")
    #expect(policy.trees(of: release).map(\.path.description) == ["10.1"])
    #expect(policy.links.map { $0.target.filled(release: release) } == ["10.1", "10.1"])
    #expect(policy.links.map(\.path.description) == ["10", "10z"])
    #expect(policy.links.map(\.rule) == [.leading, .released])
    #expect(throws: ComposeError.self) { try policy.parseRelease("10.1.202511") }
    #expect(try policy.parseRelease("10.12").minor == 12)
  }

  /// Releases of EPEL 10 on a day: which link leads where once its moment has come, what gets
  /// pushes, and from which tags.
  @Test(
    arguments: [
      ("2025-05-19", nil, ["10.0", "10.1"]), ("2025-05-20", "10.0", ["10.0", "10.1"]),
      ("2025-11-10", "10.0", ["10.0", "10.1"]), ("2025-11-11", "10.1", ["10.1"]),
    ] as [(String, String?, [String])])
  func `epel-10 leads RHEL to the newest release that has come, and maintains what trails`(
    day: String, released: String?, maintained: [String]
  ) throws {
    let policy = try Policy(file: "\(Fixtures.policies)/epel-10.yaml")
    let date = try #require(CalendarDate(day))
    let states: [ReleaseID: ReleaseState] = [
      try policy.parseRelease("10.0"): .superseded, try policy.parseRelease("10.1"): .current,
    ]
    #expect(policy.release(for: .leading, of: states, on: date)?.description == "10.1")
    #expect(policy.release(for: .released, of: states, on: date)?.description == released)
    let standings = policy.standings(of: states, on: date)
    #expect(
      standings.filter(\.value.getsPushes).keys.map(\.description).sorted() == maintained)
    let koji = try #require(policy.koji)
    let release = try policy.parseRelease("10.0")
    #expect(koji.liveTag.filled(release: release) == "epel10.0" && koji.liveTag.namesMinorRelease)
    #expect(
      koji.pendingTags.map { $0.filled(release: release) } == [
        "epel10.0-testing-candidate", "epel10.0-testing", "epel10.0-pending",
      ])
  }

  @Test(arguments: ["epel-7.yaml", "epel-8.yaml", "epel-9.yaml"])
  func `streams with one live tag have nothing to branch`(file: String) throws {
    let policy = try Policy(file: "\(Fixtures.policies)/\(file)")
    #expect(try #require(policy.koji).liveTag.namesMinorRelease == false)
    #expect(policy.calendar.allSatisfy { $0.end == nil } && policy.ownLinks.isEmpty)
  }

  /// Comments name pages of the list at the top, or say that something is a choice.
  @Test(arguments: ShippedPolicyTests.files)
  func `each part of a shipped policy says where it is from`(file: String) throws {
    let text = try String(contentsOfFile: "\(Fixtures.policies)/\(file)", encoding: .utf8)
    let head = try #require(text.range(of: "\nstream: ")).lowerBound
    let body = text[head...]
    let named = Set(
      text[..<head].matches(of: /(?m)^# \[([a-z]+)\] +https:\/\//).map { String($0.output.1) })
    let used = Set(
      body.split(separator: "\n").filter { $0.contains("#") }.flatMap { line in
        line.matches(of: /\[([a-z]+)\]/).map { String($0.output.1) }
      })
    #expect(used == named, "pages of the list and pages of comments")
    // Sections, each with the comment above it; the names of the stream explain themselves.
    let sections = body.split(separator: "\n\n").dropFirst()
    #expect(sections.count > 10)
    for section in sections {
      let lines = section.split(separator: "\n")
      guard let key = lines.first(where: { !$0.hasPrefix("#") }) else { continue }
      if ["urls:", "site:"].contains(key) { continue }
      #expect(section.contains(/\[[a-z]+\]|[Cc]hoice/), "\(key)")
    }
  }

  @Test func `the table of keys in the documentation is that of the program`() throws {
    // The page of checks has those of single checks, that of mirrors those of mirrors.
    try expectTable(in: "Docs/Policy.md") {
      !$0.path.hasPrefix("checks.") && !$0.path.hasPrefix("mirrors")
    } ignoring: {
      $0.hasPrefix("| `mirrors` |")
    }
    try expectTable(in: "Docs/Mirrors.md") {
      $0.path.hasPrefix("mirrors")
    } ignoring: { _ in
      false
    }
  }

  private func expectTable(
    in page: String, of isShown: (PolicyKeys.Key) -> Bool, ignoring isIgnored: (String) -> Bool
  ) throws {
    let text = try String(contentsOfFile: "\(Fixtures.checkout)/\(page)", encoding: .utf8)
    let rows = text.split(separator: "\n").map(String.init)
      .drop { $0 != "| key | meaning | default |" }.dropFirst(2).prefix { $0.hasPrefix("|") }
      .filter { !isIgnored($0) }
    let keys = PolicyKeys.all.filter(isShown).map {
      "| `\($0.path)` | \($0.meaning) | \($0.fallback ?? "*must be given*") |"
    }
    for (row, key) in zip(rows, keys) { #expect(row == key) }
    #expect(rows.count == keys.count)
  }

  @Test func `two policies never share a major version or a stream`() throws {
    let scratch = try TemporaryDirectory()
    let text = try String(contentsOfFile: "\(Fixtures.policies)/epel-7.yaml", encoding: .utf8)
    try scratch.write(text, to: "a.yaml")
    #expect(try PolicySet(directory: scratch.path).entries.count == 1)
    try scratch.write(text, to: "b.yaml")
    #expect(throws: ComposeError.self) { try PolicySet(directory: scratch.path) }
    let ten = try String(contentsOfFile: "\(Fixtures.policies)/epel-10.yaml", encoding: .utf8)
    try scratch.write(ten, to: "b.yaml")
    #expect(try PolicySet(directory: scratch.path).entries.count == 2)
    try scratch.write(ten.replacing("stream: epel-10", with: "stream: epel-7"), to: "b.yaml")
    let error = #expect(throws: ComposeError.self) { try PolicySet(directory: scratch.path) }
    #expect(error?.cause.contains("share a ledger") == true)
  }
}
