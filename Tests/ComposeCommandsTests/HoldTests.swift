import ComposeTestSupport
import Foundation
import Testing

/// What a person took out stays out, whatever release is current.
@Suite(.waiting) struct HoldTests {
  private let installation: Installation

  init() throws {
    installation = try Installation(small: .inMemory())
    for name in ["hazel", "oak"] { try add(name, "1.0") }
    try installation.release("7.06.201903")
  }

  private func add(_ name: String, _ version: String) throws {
    try RPMSpec(name, version).build(into: installation.pool)
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  /// File names that the x86_64 repository behind the link lists, of `package`.
  private func offered(_ package: String) throws -> [String] {
    let repodata = "\(installation.root)/pub/epel/updates/7/Everything/x86_64/repodata"
    let repomd = try String(contentsOfFile: "\(repodata)/repomd.xml", encoding: .utf8)
    let name = try #require(
      repomd.firstMatch(of: /repodata\/([0-9a-f]+-primary\.xml\.gz)/)?.output.1)
    let primary = try Shell.check("zcat", ["\(repodata)/\(name)"])
    return primary.matches(of: /Packages\/.\/([^"]+)"/).map { String($0.output.1) }
      .filter { $0.hasPrefix(package) }.sorted()
  }

  private func status() throws -> [[String: Any]] {
    let text = try installation.succeed(["status", "7", "--format", "json"])
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let stream = try #require((json?["streams"] as? [[String: Any]])?.first)
    return try #require(stream["holds"] as? [[String: Any]])
  }

  private func withdraw(_ nvr: String) throws {
    try installation.succeed(["update", "7", "--withdraw", nvr, "--reason", "It eats files"])
  }

  @Test func `a withdrawn build stays out after a rollback, until somebody says so`() throws {
    try installation.release("7.07.201908")
    try add("hazel", "1.1")
    try installation.succeed(["update", "7"] + rpms)
    try withdraw("hazel-1.1-1")
    try installation.succeed(["rollback", "7"])
    let nightly = try installation.run(["update", "7"] + rpms)
    #expect(nightly.status == 0 && nightly.output.contains("It eats files"), "\(nightly.errors)")
    #expect(try offered("hazel") == ["hazel-1.0-1.noarch.rpm"])
    let hold = try #require(try status().first)
    #expect(hold["nvr"] as? String == "hazel-1.1-1" && hold["cause"] as? String == "withdrawn")
    #expect(hold["reason"] as? String == "It eats files")
    try installation.succeed(["update", "7", "--again", "hazel-1.1-1"] + rpms)
    #expect(try offered("hazel") == ["hazel-1.0-1.noarch.rpm", "hazel-1.1-1.noarch.rpm"])
    #expect(try status().isEmpty)
  }

  @Test func `a rollback to a tree that has it takes it out there`() throws {
    try add("hazel", "1.1")
    try installation.succeed(["update", "7"] + rpms)
    try installation.release("7.07.201908")
    try add("hazel", "1.2")
    try installation.succeed(["update", "7"] + rpms)
    try withdraw("hazel-1.1-1")
    let back = try installation.run(["rollback", "7"])
    #expect(back.status == 0 && back.errors.contains("hazel-1.1-1"), "\(back.errors)")
    #expect(try offered("hazel") == ["hazel-1.0-1.noarch.rpm"])
    // To take that back is no word about the build.
    _ = try installation.run(["update", "7", "--undo", "--reason", "Let me see"])
    #expect(try !offered("hazel").contains("hazel-1.1-1.noarch.rpm"))
    #expect(try status().count == 1)
  }

  @Test func `neither a release that waits nor the next one brings it`() throws {
    try add("hazel", "1.1")
    try installation.succeed(["update", "7"] + rpms)
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    try installation.succeed(["publish", "7.07.201908"])
    try withdraw("hazel-1.1-1")
    for options in [["--dry-run"], [], ["--override-checks", "We want it"]] {
      let refused = try installation.run(["promote", "7.07.201908", "--skip-soak"] + options)
      #expect(refused.status == 2 && refused.errors.contains("hazel-1.1-1"), "\(refused.errors)")
      #expect(refused.errors.contains("--again hazel-1.1-1"), "\(refused.errors)")
    }
    let checked = try installation.run(["check", "7.07.201908"])
    #expect(checked.status == 2 && checked.output.contains("hazel-1.1-1 is held"))
    let next = try installation.run(["compose", "7.08.202004"] + rpms)
    #expect(next.status == 2 && next.errors.contains("hazel-1.1-1"), "\(next.errors)")
    // Untagged, it is in nobody's way.
    for name in ["hazel-1.1-1.noarch.rpm", "hazel-1.1-1.src.rpm"] {
      try FileManager.default.removeItem(atPath: "\(installation.pool)/\(name)")
    }
    try installation.release("7.08.202004")
    #expect(try offered("hazel") == ["hazel-1.0-1.noarch.rpm"])
  }
}
