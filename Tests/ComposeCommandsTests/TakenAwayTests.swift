import ComposeTestSupport
import Foundation
import Testing

/// What the stream once provided is never taken for granted: who took it away,
/// and when, is told in this release and in later ones.
@Suite(.waiting) struct TakenAwayTests {
  /// A stream without base repositories.
  private final class Scene {
    let scratch: TemporaryDirectory
    let installation: Installation

    init(keeps: String = "all") throws {
      scratch = try TemporaryDirectory.inMemory()
      installation = try Installation(small: scratch)
      let file = "\(installation.policies)/epel-7.yaml"
      let policy = try String(contentsOfFile: file, encoding: .utf8)
        .replacing("    begins: release\n", with: "    begins: release\n    keeps: \(keeps)\n")
        .replacing("calendar:", with: "gate: {vanish: 100 %}\n\ncalendar:")
      try Data(policy.utf8).write(to: URL(filePath: file))
    }

    func add(_ specs: RPMSpec...) throws {
      for spec in specs { try spec.build(into: installation.pool) }
    }

    func drop(_ prefix: String) throws {
      for name in try FileManager.default.contentsOfDirectory(atPath: installation.pool)
      where name.hasPrefix(prefix) {
        try FileManager.default.removeItem(atPath: "\(installation.pool)/\(name)")
      }
    }

    /// Pushes, whatever the checks say of it.
    func update(_ arguments: [String] = []) throws {
      let outcome = try installation.run(
        [
          "update", "7", "--rpms", installation.pool, "--allow-unsigned", "--override-checks",
          "a test",
        ] + arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }

    func release(_ id: String, check: Bool = false) throws {
      let outcome = try installation.run(
        ["compose", id, "--rpms", installation.pool, "--allow-unsigned"])
      #expect([0, 2].contains(outcome.status), "\(outcome.errors)")
      try installation.succeed(["publish", id])
      try installation.succeed(["promote", id, "--skip-soak", "--override-checks", "a test"])
    }

    /// Findings of the closure of a release that is composed.
    func closure(of id: String) throws -> [[String: Any]] {
      let outcome = try installation.run([
        "check", id, "--dry-run", "--only", "closure", "--format", "json",
      ])
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      let checks = try #require(report["checks"] as? [[String: Any]])
      return try #require(checks.first?["findings"] as? [[String: Any]])
    }

    /// The same of one that is composed for it, and abandoned.
    func closure(ofNext id: String) throws -> [[String: Any]] {
      let outcome = try installation.run(
        ["compose", id, "--rpms", installation.pool, "--allow-unsigned"])
      #expect([0, 2].contains(outcome.status), "\(outcome.errors)")
      defer { _ = try? installation.run(["abandon", id]) }
      return try closure(of: id)
    }
  }

  private func message(_ findings: [[String: Any]]) throws -> String {
    #expect(findings.count == 1)
    return try #require(findings.first?["message"] as? String)
  }

  private func removal(_ findings: [[String: Any]]) throws -> [String: Any] {
    let removals = try #require(findings.first?["removals"] as? [[String: Any]])
    return try #require(removals.first)
  }

  private static let user = RPMSpec("user", tags: ["Requires: libgone"])
  private static let giver = RPMSpec("giver", tags: ["Provides: libgone"])

  @Test func `withdrawn, in this release and the next ones`() throws {
    let scene = try Scene()
    try scene.add(RPMSpec("giver"), RPMSpec("other"))
    try scene.release("7.06.201903")
    try scene.add(RPMSpec("giver", "2.0", tags: ["Provides: libgone"]))
    try scene.update()
    try scene.installation.succeed([
      "update", "7", "--withdraw", "giver-2.0-1", "--reason", "It eats files",
      "--override-checks", "a test",
    ])
    try scene.drop("giver-2.0")
    try scene.add(Self.user)
    try scene.update()
    let now = try scene.closure(of: "7.06.201903")
    let text = try message(now)
    #expect(text.contains("needs libgone, which only giver-2.0-1 provided"))
    #expect(text.contains("giver-2.0-1 was withdrawn from 7.06.201903 on 20"))
    #expect(text.contains("It eats files"))
    let how = try removal(now)
    #expect(how["cause"] as? String == "withdrawn" && how["push"] as? Int == 2)
    #expect(how["release"] as? String == "7.06.201903" && how["at"] is String)
    #expect((how["operator"] as? String)?.contains("@") == true)

    try scene.release("7.07.201908")
    let later = try scene.closure(ofNext: "7.08.202004")
    #expect(try message(later).contains("giver-2.0-1 was withdrawn from 7.06.201903"))
  }

  @Test func `a version that only what was withdrawn had`() throws {
    let scene = try Scene()
    try scene.add(RPMSpec("giver"))
    try scene.release("7.06.201903")
    try scene.add(RPMSpec("giver", "2.0"), RPMSpec("user", tags: ["Requires: giver >= 2"]))
    try scene.update()
    try scene.installation.run([
      "update", "7", "--undo", "--reason", "Not yet", "--override-checks", "a test",
    ]).expectPushed()
    try scene.drop("giver-2.0")
    try scene.add(RPMSpec("user", "2.0", tags: ["Requires: giver >= 2"]))
    try scene.update()
    #expect(
      try message(scene.closure(of: "7.06.201903")).contains(
        "the push of giver-2.0-1 to 7.06.201903 was taken back"))
  }

  @Test func `dropped by retention`() throws {
    let scene = try Scene(keeps: "1 versions")
    try scene.add(Self.giver)
    try scene.release("7.06.201903")
    try scene.add(RPMSpec("giver", "2.0"))
    try scene.update()
    try scene.drop("giver-1.0")
    try scene.release("7.07.201908")
    try scene.add(Self.user)
    let found = try scene.closure(ofNext: "7.08.202004")
    #expect(try message(found).contains("7.06.201903 lists only newer versions than giver-1.0-1"))
    #expect(try removal(found)["cause"] as? String == "retention")
  }

  @Test(arguments: ["retired", "vanished", "replaced"])
  func `left out of a release before the one that users have`(_ how: String) throws {
    let scene = try Scene()
    try scene.add(Self.giver, RPMSpec("other"))
    try scene.release("7.06.201903")
    switch how {
    case "retired": try scene.add(RPMSpec("giver", "1.1").retired("Giver is old.\n"))
    case "vanished": try scene.drop("giver-")
    default: try scene.add(RPMSpec("giver", "2.0"))
    }
    try scene.release("7.07.201908")
    try scene.add(RPMSpec("other", "1.1"))
    try scene.release("7.08.202004")
    try scene.add(Self.user)
    let found = try scene.closure(ofNext: "7.09.202009")
    let text = try message(found)
    let removal = try removal(found)
    #expect(
      text.contains("which only giver-1.0-1 provided") && text.contains("with 7.07.201908 on 20"))
    #expect(removal["cause"] as? String == how)
    #expect(removal["release"] as? String == "7.07.201908")
  }

  @Test func `only in a release that was rolled back`() throws {
    let scene = try Scene()
    try scene.add(RPMSpec("other"))
    try scene.release("7.06.201903")
    try scene.add(Self.giver)
    try scene.release("7.07.201908")
    try scene.installation.succeed(["rollback", "7"])
    try scene.installation.succeed(["abandon", "7.07.201908"])
    try scene.drop("giver-")
    try scene.add(Self.user)
    let found = try scene.closure(ofNext: "7.08.202004")
    #expect(try message(found).contains("7.07.201908, which had it, was rolled back on 20"))
    #expect(try removal(found)["cause"] as? String == "rolledBack")
  }

  /// Programs and configuration files are needed by their paths.
  @Test func `a file of a package that is gone`() throws {
    let scene = try Scene()
    try scene.add(RPMSpec("giver", files: ["/usr/bin/give": "#!/bin/sh\n"]), RPMSpec("other"))
    try scene.release("7.06.201903")
    try scene.drop("giver-")
    try scene.release("7.07.201908")
    try scene.add(RPMSpec("user", tags: ["Requires: /usr/bin/give"]))
    #expect(
      try message(scene.closure(ofNext: "7.08.202004")).contains("which only giver-1.0-1 provided"))
  }

  @Test func `what nobody ever provided is counted, and what comes back is there`() throws {
    let scene = try Scene()
    try scene.add(
      Self.giver, Self.user,
      RPMSpec("needy", tags: ["Requires: glibc >= 2, bash", "Requires: glibc >= 2.17"]))
    try scene.release("7.06.201903")
    let text = try scene.installation.succeed(["check", "7.06.201903", "--dry-run"])
    #expect(text.contains("no base: 2 names are taken for granted"))
    let json = try scene.installation.succeed([
      "check", "7.06.201903", "--dry-run", "--format", "json",
    ])
    #expect(json.contains("\"assumed\" : 2") || json.contains("\"assumed\":2"))
    try scene.drop("giver-")
    #expect(try scene.closure(ofNext: "7.07.201908").count == 1)
    try scene.add(RPMSpec("giver", "1.1", tags: ["Provides: libgone"]))
    #expect(try scene.closure(ofNext: "7.07.201908").isEmpty)
    let policy = try scene.installation.run([
      "policy", "check", "\(scene.installation.policies)/epel-7.yaml",
    ])
    #expect(policy.output.contains("no base:"))
  }
}

extension Shell.Outcome {
  /// Done, whatever the checks say of it.
  fileprivate func expectPushed() { #expect([0, 1].contains(status), "\(errors)") }
}
