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

/// Where RPMs cannot be linked from the pool, what the trees have already is
/// linked instead of being copied once more.
@Suite(.enabled(if: getuid() == 0, "mounting needs root")) struct HeldFilesTests {
  /// A stream whose pool is on a device of its own for as long as `body` runs.
  private func withDistantPool(
    _ mounts: [(options: String, path: (Stage) -> String)] = [],
    _ body: (Stage) async throws -> Void
  ) async throws {
    let stage = try Stage()
    let all =
      [("size=200m", { (stage: Stage) in stage.pool })] + mounts.map { ($0.options, $0.path) }
    var mounted: [String] = []
    defer { for path in mounted.reversed() { _ = try? Shell.run("umount", [path]) } }
    for (options, path) in all {
      let place = path(stage)
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try Shell.check("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place])
      mounted.append(place)
    }
    try await body(stage)
  }

  /// Inodes of the files named `name` below `root`.
  private func inodes(_ name: String, below root: String) throws -> Set<Substring> {
    Set(
      try Shell.check("find", [root, "-name", name, "-printf", "%i\n"]).split(separator: "\n"))
  }

  private func file(_ stage: Stage, _ release: String, area: String = "releases") -> String {
    "\(stage.locations.public)/\(area)/\(release)/Everything/x86_64/Packages/a/alpha-1.0-1.noarch.rpm"
  }

  @Test func `a release has the file that the one before has`() async throws {
    try await withDistantPool { stage in
      for name in ["alpha", "beta"] { try RPMSpec(name).build(into: stage.pool) }
      try await stage.release("7.06.201903")
      try RPMSpec("beta", "1.1").build(into: stage.pool)
      try await stage.release("7.07.201908")
      let root = stage.locations.public
      #expect(try inodes("alpha-1.0-1.noarch.rpm", below: root).count == 1)
      #expect(try inodes("alpha-1.0-1.src.rpm", below: root).count == 1)
      #expect(try inodes("beta-1.1-1.noarch.rpm", below: root).count == 1)
      #expect(try inodes("beta-1.*.noarch.rpm", below: root).count == 2)
      for release in ["7.06.201903", "7.07.201908"] {
        #expect(try stage.verify(release).isEmpty)
      }
    }
  }

  @Test func `so does a push`() async throws {
    try await withDistantPool { stage in
      stage.policy = try Policy(
        text: stage.policy.yaml().replacing("vanish: 1 %", with: "vanish: 100 %"), file: "t")
      let files = try RPMSpec("alpha").build(into: stage.pool)
      try RPMSpec("beta").build(into: stage.pool)
      try await stage.release("7.06.201903")
      let kept = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
      for file in files { try FileManager.default.removeItem(atPath: file) }
      try await stage.release("7.07.201908")
      for (file, contents) in zip(files, kept) {
        try contents.write(to: URL(fileURLWithPath: file))
      }
      try await stage.update()
      #expect(FileManager.default.fileExists(atPath: file(stage, "7.07.201908", area: "updates")))
      #expect(
        try inodes("alpha-1.0-1.noarch.rpm", below: stage.locations.public).count == 1)
      #expect(try stage.verify("7.07.201908").isEmpty)
    }
  }

  @Test func `a file that is damaged there is never linked`() async throws {
    try await withDistantPool { stage in
      try RPMSpec("alpha").build(into: stage.pool)
      try await stage.release("7.06.201903")
      let damaged = file(stage, "7.06.201903")
      // The time is set back, as a disk that loses bits would leave it.
      let before = try FileManager.default.attributesOfItem(atPath: damaged)
      var contents = try Data(contentsOf: URL(fileURLWithPath: damaged))
      contents[contents.count - 3] ^= 0x40
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: damaged))
      try handle.write(contentsOf: contents)
      try handle.close()
      try FileManager.default.setAttributes(
        [.modificationDate: try #require(before[.modificationDate])], ofItemAtPath: damaged)
      try await stage.compose("7.07.201908")
      #expect(try !stage.verify("7.06.201903").isEmpty)
      #expect(try stage.verify("7.07.201908").isEmpty)
      #expect(try stage.record("7.07.201908").checksPassed == true)
    }
  }

  @Test func `trees that cannot be read are passed over`() async throws {
    try await withDistantPool { stage in
      try RPMSpec("alpha").build(into: stage.pool)
      try await stage.release("7.06.201903")
      for area in ["releases", "updates"] {
        let tree = "\(stage.locations.public)/\(area)/7.06.201903"
        try FileManager.default.removeItem(atPath: "\(tree)/MANIFEST.sha256")
      }
      try await stage.compose("7.07.201908")
      #expect(try stage.verify("7.07.201908").isEmpty)
    }
  }

  @Test func `an archive on another device has a file once, however many releases had it`()
    async throws
  {
    try await withDistantPool([("size=200m", { $0.locations.archive })]) { stage in
      try RPMSpec("alpha").build(into: stage.pool)
      for release in ["7.06.201903", "7.07.201908", "7.08.202003"] {
        try await stage.release(release)
      }
      for release in ["7.06.201903", "7.07.201908"] {
        try Executor(stream: stage.stream).run(ArchiveOperation(stage.record(release)))
        #expect(try stage.verify(release).isEmpty)
      }
      #expect(
        try inodes("alpha-1.0-1.noarch.rpm", below: stage.locations.archive).count == 1)
    }
  }

  @Test func `room is asked for what is copied, not for what is linked`() async throws {
    let root = { (stage: Stage) in "\(stage.root)/pub" }
    try await withDistantPool([("size=110m", root)]) { stage in
      try RPMSpec("alpha").withNoise(30 << 20).build(into: stage.pool)
      try await stage.release("7.06.201903")
      // 30 MiB are used, and a compose wants 64 MiB for itself.
      try await stage.release("7.07.201908")
      try RPMSpec("beta").withNoise(30 << 20).build(into: stage.pool)
      let plan = try await stage.plan("7.08.202003")
      let error = try #require(throws: ComposeError.self) {
        try ComposeOperation(plan, from: stage.buildSystem).preflight(in: stage.stream)
      }
      #expect(error.kind == .inputOutput)
    }
  }
}
