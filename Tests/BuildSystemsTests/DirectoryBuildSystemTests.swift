import BuildSystems
import ComposeTestSupport
import Foundation
import Glibc
import PackageLibrary
import RPMPackages
import ReleaseLedger
import ReleaseModel
import RepoMetadata
import Testing

@Suite struct DirectoryBuildSystemTests {
  private func system(_ directories: [String]) throws -> DirectoryBuildSystem {
    try DirectoryBuildSystem(
      directories.map { try RPMDirectory($0) },
      library: PackageLibrary(
        reader: RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*")),
        cache: nil, form: MetadataForm(compression: .gz, changelogs: 10)),
      ledger: Ledger.inMemory())
  }

  private func live(_ directories: [String]) async throws -> LiveBuilds {
    try await system(directories).liveBuilds(LiveQuery(), reporting: SilentActivity())
  }

  private func live(_ directories: String...) async throws -> LiveBuilds {
    try await system(directories).liveBuilds(LiveQuery(), reporting: SilentActivity())
  }

  @Test func `the latest EVR is live, whatever names and dates say`() async throws {
    let scratch = try TemporaryDirectory()
    let pairs = [
      (RPMSpec("eta", "2.0"), RPMSpec("eta", "0.9", epoch: 1)),
      (RPMSpec("theta", "2.0~rc1"), RPMSpec("theta", "2.0")),
      (RPMSpec("mu", "1.0", "9"), RPMSpec("mu", "1.0", "10")),
      (RPMSpec("lambda", "1.0"), RPMSpec("lambda", "1.0^git1")),
    ]
    for (older, newer) in pairs {
      try newer.build(into: scratch.path("deep/er"))
      // The older build is the younger file.
      for file in try older.build(into: scratch.path("z")) {
        try FileManager.default.setAttributes(
          [.modificationDate: Date.now.addingTimeInterval(3600)], ofItemAtPath: file)
      }
    }
    let builds = try await live(scratch.path).builds
    #expect(
      builds.map { "\($0.package) \($0.evr)" } == [
        "eta 1:0.9-1", "lambda 1.0^git1-1", "mu 1.0-10", "theta 2.0-1",
      ])
    #expect(builds.allSatisfy { $0.rpms.count == 2 })
  }

  @Test func `each module stream of a package has a live build`() async throws {
    let scratch = try TemporaryDirectory()
    func build(_ version: String, stream: String) throws {
      try RPMSpec(
        "engine", version, "1.m\(stream)",
        tags: ["ModularityLabel: engine:\(stream):2019\(stream):c0ffee"]
      ).build(into: scratch.path)
    }
    try build("1.0", stream: "1")
    try build("1.1", stream: "1")
    try build("2.0", stream: "2")
    let live = try await live(scratch.path)
    #expect(
      live.builds.map { "\($0.evr) \($0.moduleStream ?? "-")" } == [
        "1.1-1.m1 engine:1", "2.0-1.m2 engine:2",
      ])
    #expect(live.versions["engine"]?.description == "2.0-1.m2")
    #expect(live.refusals.isEmpty && live.warnings.isEmpty)
  }

  @Test func `the epoch of a build without its source RPM is its RPMs'`() async throws {
    let scratch = try TemporaryDirectory()
    try RPMSpec("eta", "2.0").build(into: scratch.path)
    try RPMSpec("eta", "0.9", epoch: 1).build(into: scratch.path, sources: false)
    let builds = try await live(scratch.path)
    #expect(builds.builds.map(\.evr.description) == ["1:0.9-1"])
    #expect(builds.warnings.map(\.code) == ["no-source"])
  }

  @Test func `sub-packages of all architectures are one build`() async throws {
    let scratch = try TemporaryDirectory()
    for arch in ["x86_64", "ppc64le"] {
      try RPMSpec("alpha", arch: arch, subpackages: [.init("doc", arch: "noarch"), .init("libs")])
        .build(into: scratch.path)
    }
    let build = try #require(try await live(scratch.path).builds.first)
    #expect(
      build.rpms.map(\.nevra.fileName) == [
        "alpha-1.0-1.ppc64le.rpm", "alpha-1.0-1.src.rpm", "alpha-1.0-1.x86_64.rpm",
        "alpha-doc-1.0-1.noarch.rpm", "alpha-libs-1.0-1.ppc64le.rpm", "alpha-libs-1.0-1.x86_64.rpm",
      ])
  }

  @Test func `all bad files are named at once`() async throws {
    let scratch = try TemporaryDirectory()
    try RPMSpec("good").build(into: scratch.path)
    try scratch.write("no RPM", to: "bad1.rpm")
    try scratch.write("", to: "bad2.rpm")
    try scratch.write("notes, not read", to: "README.txt")
    let error = await #expect(throws: ComposeError.self) { try await live(scratch.path) }
    #expect(error?.kind == .badData)
    #expect(error?.findings.count == 2)
    #expect(error?.findings.map(\.message).joined().contains("bad2.rpm") == true)
  }

  @Test func `two different files of one name are a refusal, two equal ones are one`() async throws
  {
    let scratch = try TemporaryDirectory()
    let file = try RPMSpec("eta").build(into: scratch.path("a"), sources: false)[0]
    try Shell.check("cp", ["-r", scratch.path("a"), scratch.path("b")])
    #expect(try await live(scratch.path).refusals.isEmpty)
    try RPMSpec("eta", files: ["/usr/share/eta/more": "x"])
      .build(into: scratch.path("c"), sources: false)
    #expect(try await live(scratch.path).refusals.map(\.code) == ["conflicting-files"])
    // Where neither is live, it is only a warning.
    try RPMSpec("eta", "2.0").build(into: scratch.path("d"))
    let newer = try await live(scratch.path)
    #expect(newer.refusals.isEmpty)
    #expect(newer.warnings.map(\.code).contains("conflicting-files"))
    try FileManager.default.removeItem(atPath: scratch.path("d"))
    try FileManager.default.moveItem(atPath: file, toPath: scratch.path("a/other.rpm"))
    try FileManager.default.removeItem(atPath: scratch.path("b"))
    try FileManager.default.removeItem(atPath: scratch.path("c"))
    #expect(try await live(scratch.path).warnings.map(\.code).contains("file-name"))
  }

  @Test func `a live build keeps its RPM, whatever an old build calls its own`() async throws {
    let scratch = try TemporaryDirectory()
    // `libeta` was a sub-package, and is a package of its own now.
    try RPMSpec("eta", arch: "x86_64", subpackages: [.init("-n libeta", arch: "noarch")])
      .build(into: scratch.path("a"))
    try RPMSpec("eta", "1.0", "2", arch: "x86_64").build(into: scratch.path("b"))
    try RPMSpec("libeta", files: ["/usr/share/libeta/new": "x"]).build(into: scratch.path("c"))
    for order in [["a", "b", "c"], ["c", "b", "a"]] {
      let live = try await live(order.map(scratch.path))
      #expect(live.refusals.isEmpty)
      let lib = try #require(live.builds.first { $0.package == "libeta" })
      #expect(lib.rpms.map(\.fileName) == ["libeta-1.0-1.noarch.rpm", "libeta-1.0-1.src.rpm"])
      #expect(lib.rpms.allSatisfy { $0.path.hasPrefix(scratch.path("c")) })
      #expect(live.builds.first { $0.package == "eta" }?.rpms.count == 2)
    }
  }

  @Test func `two live builds may both have a file; the plan judges that`() async throws {
    let scratch = try TemporaryDirectory()
    try RPMSpec("eta", arch: "x86_64", subpackages: [.init("-n libeta", arch: "noarch")])
      .build(into: scratch.path("a"))
    try RPMSpec("libeta", files: ["/usr/share/libeta/new": "x"]).build(into: scratch.path("c"))
    let builds = try await live(scratch.path).builds
    #expect(
      builds.map { $0.rpms.filter { $0.nevra.name == "libeta" && $0.kind == .binary }.count }
        == [1, 1])
  }

  @Test func `a refusal names both files and says what to do`() async throws {
    let scratch = try TemporaryDirectory()
    try RPMSpec("eta").build(into: scratch.path("a"))
    try RPMSpec("eta", files: ["/usr/share/eta/more": "x"])
      .build(into: scratch.path("b"), sources: false)
    let refusal = try #require(
      try await live(scratch.path("a"), scratch.path("b")).refusals.first)
    for directory in ["a", "b"] {
      #expect(refusal.message.contains(scratch.path("\(directory)/eta-1.0-1.noarch.rpm")))
    }
    #expect(refusal.remedy == "Keep the right one of the two files")
    #expect(refusal.package == "eta")
  }

  @Test func `several directories are one pool`() async throws {
    let scratch = try TemporaryDirectory()
    try RPMSpec("eta").build(into: scratch.path("a"))
    try RPMSpec("mu").build(into: scratch.path("b"))
    try RPMSpec("eta", "2.0").build(into: scratch.path("b"))
    let one = try await live(scratch.path("a"), scratch.path("b"))
    let other = try await live(scratch.path("b"), scratch.path("a"))
    #expect(one.builds.map(\.nvr.description) == ["eta-2.0-1", "mu-1.0-1"])
    #expect(one.builds == other.builds)
    #expect(try system([scratch.path("a"), scratch.path("b")]).label.hasPrefix("directories "))
    let missing = await #expect(throws: ComposeError.self) {
      try await live(scratch.path("a"), scratch.path("none"))
    }
    #expect(missing?.kind == .noInput)
  }

  @Test func `one file by many paths is one file`() async throws {
    let scratch = try TemporaryDirectory()
    let files = try RPMSpec("eta").build(into: scratch.path("a/deep"))
    for file in files {
      let name = URL(fileURLWithPath: file).lastPathComponent
      for place in ["hard", "soft", "copy"] {
        try FileManager.default.createDirectory(
          atPath: scratch.path(place), withIntermediateDirectories: true)
      }
      try FileManager.default.linkItem(atPath: file, toPath: scratch.path("hard/\(name)"))
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path("soft/\(name)"), withDestinationPath: file)
      try FileManager.default.copyItem(atPath: file, toPath: scratch.path("copy/\(name)"))
    }
    let names = ["a", "a", "a/deep", "hard", "soft", "copy"].map { scratch.path($0) }
    let live = try await live(names)
    #expect(live.refusals.isEmpty && live.warnings.isEmpty)
    #expect(live.builds.map(\.rpms.count) == [2])
    // A right name is taken before another one, wherever it lies.
    try FileManager.default.moveItem(
      atPath: files[0], toPath: scratch.path("a/deep/0.rpm"))
    #expect(try await self.live(names.filter { !$0.hasSuffix("soft") }).warnings.isEmpty)
    // A link to nothing would silently be a package less.
    let dangling = await #expect(throws: ComposeError.self) { try await self.live(names) }
    #expect(dangling?.cause.contains("symbolic link") == true)
  }

  @Test func `a directory that is missing, or a file, is no input`() throws {
    let scratch = try TemporaryDirectory()
    let file = try scratch.write("x", to: "file")
    for path in [scratch.path("none"), file] {
      let error = #expect(throws: ComposeError.self) { try system([path]) }
      #expect(error?.kind == .noInput)
    }
  }

  @Test func `an empty directory has no builds`() async throws {
    let scratch = try TemporaryDirectory()
    #expect(try await live(scratch.path).builds.isEmpty)
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func `a directory that cannot be read is an error, not fewer packages`() async throws {
    let scratch = try TemporaryDirectory()
    try RPMSpec("eta").build(into: scratch.path)
    try RPMSpec("mu").build(into: scratch.path("sub"))
    #expect(chmod(scratch.path("sub"), 0) == 0)
    defer { chmod(scratch.path("sub"), 0o755) }
    let error = await #expect(throws: ComposeError.self) { try await live(scratch.path) }
    #expect(error?.kind == .permission)
  }
}
