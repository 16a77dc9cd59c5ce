import ComposeChecks
import ComposeLifecycle
import ComposePolicy
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import Testing

/// Things that others do to the trees, the links and the policy meanwhile.
@Suite struct DamageTests {
  @Test func `links never move to a tree that is not there, or not as recorded`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    try stage.publish("7.06.201903")
    let tree = stage.locations.public + "/updates/7.06.201903"
    func refusal() throws -> String {
      let error = try #require(throws: ComposeError.self) {
        try PromoteOperation(stage.record("7.06.201903"), skipSoak: true, in: stage.stream)
      }
      #expect(error.kind == .refused)
      return error.cause
    }
    let manifest = tree + "/MANIFEST.sha256"
    let intact = try Data(contentsOf: URL(fileURLWithPath: manifest))
    try (intact + Data("\n".utf8)).write(to: URL(fileURLWithPath: manifest))
    #expect(try refusal().contains("not what was recorded"))
    try intact.write(to: URL(fileURLWithPath: manifest))
    let rpm = tree + "/Everything/ppc64/Packages/b/beta-1.0-1.noarch.rpm"
    try FileManager.default.moveItem(atPath: rpm, toPath: rpm + ".away")
    #expect(try refusal().contains("is missing"))
    try FileManager.default.removeItem(atPath: tree)
    #expect(try refusal().contains("not there"))
    #expect(try stage.link() == nil)
  }

  @Test func `nothing is archived or removed while a link is not as recorded`() async throws {
    let stage = try await Stage.superseded()
    let link = stage.locations.public + "/updates/7"
    func point(to target: String) {
      #expect(unlink(link) == 0)
      #expect(symlink(target, link) == 0)
    }
    point(to: "7.06.201903")
    let archive = try #require(throws: ComposeError.self) {
      try ArchiveOperation(stage.record("7.06.201903")).preflight(in: stage.stream)
    }
    #expect(archive.kind == .refused)
    point(to: "7.07.201908")
    try Executor(stream: stage.stream).run(
      ArchiveOperation(stage.record("7.06.201903")))
    stage.now += 30 * 86_400
    point(to: "7.06.201903")
    let removal = try #require(throws: ComposeError.self) {
      try RemoveOriginalOperation(stage.record("7.06.201903"), in: stage.stream).preflight(
        in: stage.stream)
    }
    #expect(removal.kind == .refused)
  }

  @Test func `an architecture that the policy gains does not stop what was composed before`()
    async throws
  {
    let stage = try await Stage.superseded()
    let text = try stage.policy.yaml().replacing("ppc64le,", with: "ppc64le, s390x,")
    stage.policy = try Policy(text: text, file: "p.yaml")
    #expect(stage.policy.arches.count == 5)
    try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
    #expect(try stage.link() == "7.06.201903")
    #expect(try TreeCheckRunner(stream: stage.stream).run(stage.record("7.06.201903")).passed)
  }

  @Test func `an updates tree that begins empty has its pushes alone`() async throws {
    let stage = try Stage()
    var text = try stage.policy.yaml().replacing("begins: release", with: "begins: empty")
    text = text.replacing("releases/7: ../updates/7", with: "current: releases/{release}")
      .replacing("updates/7: '{release}'", with: "newest: releases/{release}")
    stage.policy = try Policy(text: text, file: "p.yaml")
    try stage.add(.first)
    try await stage.release("7.06.201903")
    #expect(try stage.record("7.06.201903").checksPassed == true)
    try stage.add(.push)
    try await stage.update()
    let packages = stage.locations.public + "/updates/7.06.201903/Everything/x86_64/Packages"
    #expect(
      try stage.contents(of: packages).keys.sorted() == [
        "b/beta-1.1-1.noarch.rpm", "g/gamma-1.0-2.noarch.rpm", "i/iota-1.0-1.noarch.rpm",
      ])
    let report = try TreeCheckRunner(stream: stage.stream).run(stage.record("7.06.201903"))
    #expect(report.passed, "\(report)")
  }

  @Test(.enabled(if: getuid() == 0, "mounting needs root"))
  func `on another device names that share a file go on sharing one`() async throws {
    let stage = try await Stage.superseded()
    try FileManager.default.createDirectory(
      atPath: stage.locations.archive, withIntermediateDirectories: true)
    try Shell.check("mount", ["-t", "tmpfs", "-o", "size=128m", "tmpfs", stage.locations.archive])
    defer { _ = try? Shell.run("umount", [stage.locations.archive]) }
    try Executor(stream: stage.stream).run(
      ArchiveOperation(stage.record("7.06.201903")))
    #expect(try stage.verify("7.06.201903").isEmpty)
    func inodes(_ root: String) throws -> Int {
      try Set(
        Shell.check("find", [root, "-name", "*.rpm", "-printf", "%i\n"]).split(separator: "\n")
      ).count
    }
    let copied = try inodes(stage.locations.archive)
    #expect(copied == 8, "each RPM once, whatever the number of its names")
  }

  @Test(.enabled(if: getuid() == 0, "mounting needs root"))
  func `an archive device that is too small is told beforehand, and nothing changes`() async throws
  {
    let stage = try await Stage.superseded()
    try FileManager.default.createDirectory(
      atPath: stage.locations.archive, withIntermediateDirectories: true)
    try Shell.check("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", stage.locations.archive])
    defer { _ = try? Shell.run("umount", [stage.locations.archive]) }
    let error = try #require(throws: ComposeError.self) {
      try ArchiveOperation(stage.record("7.06.201903")).preflight(in: stage.stream)
    }
    #expect(error.kind == .inputOutput)
    #expect(try stage.contents(of: stage.locations.archive).isEmpty)
  }

  @Test func `a document that cannot be made stops a compose before it begins`() async throws {
    struct Broken: TemplateRendering {
      func testRepository(_ file: TestRepositoryFile) throws -> String {
        throw ComposeError(.noInput, "template", "it is missing", remedy: "Install it")
      }
      func redirects(_ redirects: ArchiveRedirects) throws -> [ArchiveRedirects.File] { [] }
      func archive(_ page: ArchivePage) throws -> String { "" }
      func ended(_ notice: EndNotice) throws -> String { "" }
      func current(_ trees: CurrentTrees) throws -> [ArchiveRedirects.File] { [] }
    }
    let stage = try Stage()
    try stage.add(.first)
    stage.documents = Broken()
    let error = await #expect(throws: ComposeError.self) { try await stage.compose("7.06.201903") }
    #expect(error?.kind == .noInput)
    #expect(try stage.ledger.releases().isEmpty)
    #expect(try stage.ledger.openOperation() == nil)
  }
}
