import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Updates that people can live on: what clients make of pushes, of pushes that
/// are taken back, and of everything beside packages.
@Suite(.enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
struct LivingUpdatesTests {
  private let platform = ["--setopt=module_platform_id=platform:el8"]

  @Test func `clients live through pushes, a flip and a rollback`() throws {
    let stream = try LivingStream()
    for name in ["alpha", "beta", "gamma"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.rehearsal.release("7.06.201903")
    let dnf = try DnfClient()
    let everything = stream.repositories()
    func run(_ arguments: [String]) throws -> String {
      try dnf.succeed(arguments, repositories: everything)
    }
    _ = try run(["group", "install", "tools"])
    #expect(try dnf.installed() == ["alpha-1.0-1", "beta-1.0-1"])
    // Five pushes.
    try stream.add(RPMSpec("alpha", "1.1"))
    try stream.advise(
      "EPEL-2019-1", "security", of: "alpha-1.1-1", severity: "important",
      more: "cves: [CVE-2019-1234]")
    #expect(try stream.update().contains("EPEL-2019-1"))
    let security = try run(["updateinfo", "list", "--security"])
    #expect(security.contains("EPEL-2019-1") && security.contains("alpha-1.1-1.noarch"))
    #expect(try run(["updateinfo", "list", "--cve", "CVE-2019-1234"]).contains("EPEL-2019-1"))
    _ = try run(["upgrade", "--security"])
    #expect(try dnf.installed() == ["alpha-1.1-1", "beta-1.0-1"])
    try stream.add(RPMSpec("alpha", "1.2"))
    try stream.update()
    _ = try run(["upgrade"])
    _ = try run(["downgrade", "alpha"])
    #expect(try dnf.installed().first == "alpha-1.1-1", "older versions stay")
    _ = try run(["history", "undo", "last"])
    #expect(try dnf.installed().first == "alpha-1.2-1")
    try stream.takeBack(["--withdraw", "alpha-1.2-1"])
    _ = try run(["distro-sync"])
    #expect(try dnf.installed().first == "alpha-1.1-1", "it was withdrawn")
    #expect(try stream.update().contains("held") || stream.update().contains("withdrawn"))
    try stream.update(["--again", "alpha-1.2-1"])
    _ = try run(["upgrade"])
    #expect(try dnf.installed().first == "alpha-1.2-1")
    try stream.add(RPMSpec("beta", "1.1"))
    try stream.update()
    try stream.takeBack(["--undo"])
    _ = try run(["upgrade"])
    #expect(try dnf.installed() == ["alpha-1.2-1", "beta-1.0-1"], "the push was taken back")
    // The flip: beta is live, and goes to users with the next release.
    let refused = try stream.rehearsal.run(
      ["compose", "7.07.201908", "--rpms", stream.rehearsal.pool, "--allow-unsigned"])
    #expect(refused.status == 2 && refused.errors.contains("beta-1.1-1"), "\(refused.errors)")
    try stream.update(["--again", "beta-1.1-1"])
    try stream.rehearsal.release("7.07.201908")
    _ = try run(["upgrade"])
    #expect(try dnf.installed() == ["alpha-1.2-1", "beta-1.1-1"])
    for version in ["1.2", "1.3"] {
      try stream.add(RPMSpec("beta", version))
      try stream.update()
      _ = try run(["upgrade"])
    }
    try stream.rehearsal.succeed(["rollback", "7"])
    _ = try run(["distro-sync"])
    #expect(try dnf.installed() == ["alpha-1.2-1", "beta-1.1-1"])
    #expect(stream.disappointments == [])
    try stream.rehearsal.succeed(["verify", "7.06.201903"])
    try stream.rehearsal.succeed(["verify", "7.07.201908"])
  }

  @Test func `a download outlives ten pushes and a flip`() throws {
    let stream = try LivingStream(keeps: "1 version", slowly: "slow")
    for name in ["alpha", "beta", "engine-parts"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.add(RPMSpec("slow").withNoise(4 << 20))
    try stream.rehearsal.release("7.06.201903")
    let dnf = try DnfClient()
    let client = try dnf.start(
      ["install", "slow", "alpha", "beta", "engine-parts"], repositories: stream.repositories(),
      options: ["--setopt=max_parallel_downloads=1", "--setopt=timeout=60"])
    #expect(RunningProgram.wait { stream.server.log.contains("slow-1.0-1.noarch.rpm") })
    for number in 1...10 {
      try stream.add(RPMSpec("alpha", "1.\(number)"))
      try stream.add(RPMSpec("beta", "1.\(number)"))
      try stream.update()
    }
    try stream.add(RPMSpec("slow", "2.0"))
    try stream.rehearsal.release("7.07.201908")
    #expect(client.isRunning, "else nothing was tried")
    #expect(client.wait() == 0, "\(client.errors)")
    #expect(
      try dnf.installed() == ["alpha-1.0-1", "beta-1.0-1", "engine-parts-1.0-1", "slow-1.0-1"])
    #expect(stream.disappointments == [])
    let offered = try DnfClient().offered(stream.repositories().values.first ?? "")
    #expect(
      offered.filter { $0.hasPrefix("alpha") } == ["alpha-0:1.10-1.noarch"], "one version is kept")
    try stream.rehearsal.succeed(["check", "7.07.201908"])
  }

  @Test func `modules, sources and what is beside packages`() throws {
    let stream = try LivingStream(metadata: "  databases: true\n")
    try stream.add(
      RPMSpec(
        "alpha", arch: "x86_64",
        subpackages: [
          RPMSpec.Subpackage("debuginfo", files: ["/usr/lib/debug/alpha.debug": "symbols"])
        ]))
    try stream.add(RPMSpec("beta"))
    try stream.add(LivingStream.engine)
    try stream.rehearsal.release("7.06.201903")
    let dnf = try DnfClient()
    let modular = stream.repositories(["Modular/x86_64"])
    let list = try dnf.succeed(["module", "list"], repositories: modular, options: platform)
    #expect(list.contains("engine") && list.contains("An engine"))
    try dnf.succeed(
      ["module", "install", "engine:2/common"], repositories: modular, options: platform)
    #expect(try dnf.installed() == ["engine-2.0-1.module"])
    #expect(
      try DnfClient().offered(stream.repositories().values.first ?? "") == [
        "alpha-0:1.0-1.x86_64", "beta-0:1.0-1.noarch",
      ], "what is modular is not among the others")
    let tree = "\(stream.rehearsal.root)/pub/epel/updates/7.06.201903"
    let repomd = try String(
      contentsOfFile: "\(tree)/Everything/x86_64/repodata/repomd.xml", encoding: .utf8)
    for type in ["group", "group_gz", "primary_db"] { #expect(repomd.contains("\"\(type)\"")) }
    #expect(!repomd.contains("modules"))
    // The plain document is what yum of EL7 reads.
    let comps = try #require(repomd.firstMatch(of: /repodata\/[0-9a-f]{64}-comps.xml"/))
    #expect(comps.output.count > 64)
    #expect(stream.disappointments == [])
  }

  @Test(.enabled(if: DnfClient.plugins != nil, "needs the plugins that 'make test' unpacks"))
  func `sources and debuginfo are found by dnf's own commands`() throws {
    let stream = try LivingStream()
    try stream.add(
      RPMSpec(
        "alpha", arch: "x86_64",
        subpackages: [
          RPMSpec.Subpackage("debuginfo", files: ["/usr/lib/debug/alpha.debug": "symbols"])
        ]))
    try stream.add(RPMSpec("beta"))
    try stream.add(LivingStream.engine)
    try stream.rehearsal.release("7.06.201903")
    try stream.add(
      RPMSpec(
        "alpha", "1.1", arch: "x86_64",
        subpackages: [
          RPMSpec.Subpackage("debuginfo", files: ["/usr/lib/debug/alpha.debug": "symbols"])
        ]))
    try stream.update()
    let plugins = [
      "--setopt=plugins=1", "--setopt=pluginpath=\(DnfClient.plugins ?? "")/dnf-plugins",
      "--disableplugin=*", "--enableplugin=download,debuginfo-install",
    ]
    let dnf = try DnfClient()
    let base = "\(stream.server.url)/pub/epel/updates/7/Everything"
    let repositories = [
      "epel": "\(base)/x86_64", "epel-source": "\(base)/source/tree",
      "epel-debuginfo": "\(base)/x86_64/debug",
    ]
    let target = try TemporaryDirectory()
    try dnf.succeed(
      ["download", "--source", "--destdir", target.path, "alpha"], repositories: repositories,
      options: plugins)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: target.path) == ["alpha-1.1-1.src.rpm"])
    try dnf.succeed(["install", "alpha"], repositories: repositories)
    try dnf.succeed(["debuginfo-install", "alpha"], repositories: repositories, options: plugins)
    #expect(try dnf.installed() == ["alpha-1.1-1", "alpha-debuginfo-1.1-1"])
    #expect(stream.disappointments == [])
  }

  @Test func `what is old goes from the disk after the grace time, and not before`() throws {
    let stream = try LivingStream(keeps: "1 version")
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.rehearsal.release("7.06.201903")
    try stream.add(RPMSpec("alpha", "1.1"))
    try stream.update()
    let old =
      "\(stream.rehearsal.root)/pub/epel/updates/7.06.201903/Everything/x86_64/Packages/a/"
      + "alpha-1.0-1.noarch.rpm"
    #expect(FileManager.default.fileExists(atPath: old))
    #expect(try stream.update().contains("Nothing is new"))
    #expect(FileManager.default.fileExists(atPath: old), "the grace time is not over")
    let policy = "\(stream.rehearsal.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try Data(text.replacing("grace: 14 days", with: "grace: 0 days").utf8)
      .write(to: URL(fileURLWithPath: policy))
    #expect(try stream.update().contains("no client asks for"))
    #expect(!FileManager.default.fileExists(atPath: old))
    try stream.rehearsal.succeed(["verify", "7.06.201903"])
    try stream.rehearsal.succeed(["check", "7.06.201903"])
    #expect(try !stream.update().contains("no client asks for"), "all of it went")
  }

  @Test func `what cannot be taken out or back is refused`() throws {
    let stream = try LivingStream()
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.rehearsal.release("7.06.201903")
    func outcome(_ arguments: [String]) throws -> (Int32, String) {
      let outcome = try stream.rehearsal.run(["update", "7"] + arguments)
      return (outcome.status, outcome.errors)
    }
    #expect(try outcome(["--undo", "--reason", "r"]).0 == 2)
    #expect(try outcome(["--undo", "--reason", "r"]).1.contains("no push that could be undone"))
    #expect(try outcome(["--withdraw", "omega-1-1", "--reason", "r"]).1.contains("not listed"))
    #expect(try outcome(["--withdraw", "alpha-1.0-1"]).0 == 64, "no reason")
    #expect(try outcome(["--undo", "--again", "alpha-1.0-1", "--reason", "r"]).0 == 64)
    let again = try outcome(
      ["--again", "alpha-1.0-1", "--rpms", stream.rehearsal.pool, "--allow-unsigned"])
    #expect(again.0 == 2 && again.1.contains("cannot come again"), "\(again.1)")
  }
}
