import BuildSystems
import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

@Suite struct ComposeTests {
  @Test func `both trees are complete, and the second is hard links of the first`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    let staging = stage.locations.staging
    func inode(_ path: String) throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(staging)/\(path)")
      return try #require(attributes[.systemFileNumber] as? Int)
    }
    for area in ["releases", "updates"] {
      let tree = "\(area)/7.06.201903"
      for arch in ["aarch64", "ppc64", "ppc64le", "x86_64"] {
        #expect(
          try inode("\(tree)/Everything/\(arch)/Packages/b/beta-1.0-1.noarch.rpm")
            == inode(
              "releases/7.06.201903/Everything/source/tree/../../x86_64/Packages/b/beta-1.0-1.noarch.rpm"
            ))
        #expect(
          FileManager.default.fileExists(
            atPath: "\(staging)/\(tree)/Everything/\(arch)/repodata/repomd.xml"))
        #expect(
          FileManager.default.fileExists(
            atPath: "\(staging)/\(tree)/Everything/\(arch)/debug/repodata/repomd.xml"))
      }
      _ = try inode("\(tree)/Everything/x86_64/debug/Packages/a/alpha-debuginfo-1.0-1.x86_64.rpm")
      _ = try inode("\(tree)/Everything/source/tree/Packages/a/alpha-1.0-1.src.rpm")
      #expect(throws: (any Error).self) {
        try inode("\(tree)/Everything/ppc64/Packages/a/alpha-1.0-1.x86_64.rpm")
      }
      #expect(throws: (any Error).self) {
        try inode("\(tree)/Everything/x86_64/Packages/e/epsilon-1.0-1.noarch.rpm")
      }
      // What sha256sum thinks of the manifest.
      try Shell.check(
        "sha256sum", ["--quiet", "--check", "MANIFEST.sha256"],
        directory: URL(fileURLWithPath: "\(staging)/\(tree)"))
    }
    let record = try stage.record("7.06.201903")
    #expect(record.state == .staged)
    #expect(record.checksPassed == true)
    #expect(try stage.verify("7.06.201903").isEmpty)
    #expect(
      try stage.ledger.builds(taggedInto: "epel7-7.06.201903")?.map(\.name) == [
        "alpha", "beta", "gamma",
      ])
  }

  @Test func `two composes of the same input are byte-identical`() async throws {
    let first = try Stage()
    let second = try Stage()
    second.now += 86_400 * 365
    for stage in [first, second] {
      try stage.add(.first)
      try await stage.compose("7.06.201903")
    }
    func trees(_ stage: Stage) throws -> [String: Data] {
      try stage.contents(of: stage.locations.staging).filter { !$0.key.hasSuffix(".repo") }
    }
    let contents = try trees(first)
    #expect(contents.count > 40)
    #expect(try trees(second) == contents)
  }

  @Test func `a stream with one area composes one tree`() async throws {
    let stage = try Stage(policy: "epel-10.yaml")
    try stage.add(.first)
    try await stage.release("10.1")
    #expect(try stage.link("10") == "10.1")
    #expect(try stage.verify("10.1").isEmpty)
    #expect(
      FileManager.default.fileExists(
        atPath: stage.locations.public + "/10/Everything/x86_64/repodata/repomd.xml"))
  }

  @Test func `an RPM that changed after it was planned stops the compose, and nothing stays`()
    async throws
  {
    let stage = try Stage()
    try stage.add(.first)
    let plan = try await stage.plan("7.06.201903")
    let victim = "\(stage.pool)/beta-1.0-1.noarch.rpm"
    var data = try Data(contentsOf: URL(fileURLWithPath: victim))
    data[data.count - 1] ^= 1
    try data.write(to: URL(fileURLWithPath: victim))
    let error = try #require(throws: ComposeError.self) {
      try Executor(stream: stage.stream).run(
        ComposeOperation(plan, from: stage.buildSystem))
    }
    #expect(error.kind == .badData)
    #expect(error.thing == victim)
    #expect(try stage.contents(of: stage.locations.staging).isEmpty)
    #expect(try stage.ledger.releases().isEmpty)
    #expect(try stage.ledger.builds(taggedInto: "epel7-7.06.201903") == nil)
    #expect(try stage.ledger.openOperation() == nil)
    // And the same plan can be done again.
    try stage.add(.first)
    let again = try await stage.compose("7.06.201903")
    #expect(again.digest == plan.digest)
    #expect(try stage.record("7.06.201903").respin == 0)
  }

  @Test func `something unknown in a tree's place is left alone`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    let plan = try await stage.plan("7.06.201903")
    try stage.scratch.write("mine", to: "root/pub/epel/updates/7.06.201903/file")
    let error = try #require(throws: ComposeError.self) {
      try ComposeOperation(plan, from: stage.buildSystem).preflight(in: stage.stream)
    }
    #expect(error.kind == .cannotCreate)
    #expect(try stage.ledger.releases().isEmpty)
  }

  @Test func `builds that somebody else put into the tag stop the compose`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    let plan = try await stage.plan("7.06.201903")
    try stage.buildSystem.tag(
      [NVR(name: "stray", version: "1", rpmRelease: "1")], into: plan.composeTag, reopening: false)
    let error = try #require(throws: ComposeError.self) {
      try Executor(stream: stage.stream).run(
        ComposeOperation(plan, from: stage.buildSystem))
    }
    #expect(error.findings.map(\.code) == ["tagged-too"])
  }

  @Test func `undoing a compose leaves a tree of unknown origin alone`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    let plan = try await stage.plan("7.06.201903")
    let operation = try ComposeOperation(plan, from: stage.buildSystem)
    // Somebody puts a tree there after the preflight.
    try stage.scratch.write("mine", to: "root/pub/alt/epel/updates/7.06.201903/file")
    let error = try #require(throws: ComposeError.self) {
      try Executor(stream: stage.stream).run(operation)
    }
    #expect(error.kind == .cannotCreate)
    #expect(
      try stage.contents(of: stage.locations.staging).keys.sorted() == [
        "updates/7.06.201903/file"
      ])
    #expect(try stage.ledger.openOperation() == nil)
  }
}
