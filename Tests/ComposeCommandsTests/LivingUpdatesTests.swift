import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Updates that people can live on: what clients make of pushes, of pushes that
/// are taken back, and of everything beside packages.
@Suite(
  .waiting, .enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
struct LivingUpdatesTests {
  private let platform = ["--setopt=module_platform_id=platform:el8"]

  @Test func `clients live through pushes, a flip and a rollback`() throws {
    let stream = try LivingStream()
    for name in ["alpha", "beta", "gamma"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.installation.release("7.06.201903")
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
    let refused = try stream.installation.run(
      ["compose", "7.07.201908", "--rpms", stream.installation.pool, "--allow-unsigned"])
    #expect(refused.status == 2 && refused.errors.contains("beta-1.1-1"), "\(refused.errors)")
    try stream.update(["--again", "beta-1.1-1"])
    try stream.installation.release("7.07.201908")
    _ = try run(["upgrade"])
    #expect(try dnf.installed() == ["alpha-1.2-1", "beta-1.1-1"])
    for version in ["1.2", "1.3"] {
      try stream.add(RPMSpec("beta", version))
      try stream.update()
      _ = try run(["upgrade"])
    }
    try stream.installation.succeed(["rollback", "7"])
    _ = try run(["distro-sync"])
    #expect(try dnf.installed() == ["alpha-1.2-1", "beta-1.1-1"])
    #expect(stream.disappointments == [])
    try stream.installation.succeed(["verify", "7.06.201903"])
    try stream.installation.succeed(["verify", "7.07.201908"])
  }

  @Test func `a download outlives ten pushes and a flip`() throws {
    let stream = try LivingStream(keeps: "1 version", slowly: "slow")
    for name in ["alpha", "beta", "engine-parts"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.add(RPMSpec("slow").withNoise(1 << 20))
    try stream.installation.release("7.06.201903")
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
    try stream.installation.release("7.07.201908")
    #expect(client.isRunning, "else nothing was tried")
    try stream.server.hurry()
    #expect(client.wait() == 0, "\(client.errors)")
    #expect(
      try dnf.installed() == ["alpha-1.0-1", "beta-1.0-1", "engine-parts-1.0-1", "slow-1.0-1"])
    #expect(stream.disappointments == [])
    let offered = try DnfClient().offered(stream.repositories().values.first ?? "")
    #expect(
      offered.filter { $0.hasPrefix("alpha") } == ["alpha-0:1.10-1.noarch"], "one version is kept")
    try stream.installation.succeed(["check", "7.07.201908"])
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
    try stream.installation.release("7.06.201903")
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
    let tree = "\(stream.installation.root)/pub/epel/updates/7.06.201903"
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
    try stream.installation.release("7.06.201903")
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
    try stream.installation.release("7.06.201903")
    try stream.add(RPMSpec("alpha", "1.1"))
    try stream.update()
    let old =
      "\(stream.installation.root)/pub/epel/updates/7.06.201903/Everything/x86_64/Packages/a/"
      + "alpha-1.0-1.noarch.rpm"
    #expect(FileManager.default.fileExists(atPath: old))
    #expect(try stream.update().contains("Nothing is new"))
    #expect(FileManager.default.fileExists(atPath: old), "the grace time is not over")
    let policy = "\(stream.installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try Data(text.replacing("grace: 14 days", with: "grace: 0 days").utf8)
      .write(to: URL(fileURLWithPath: policy))
    #expect(try stream.update().contains("no client asks for"))
    #expect(!FileManager.default.fileExists(atPath: old))
    try stream.installation.succeed(["verify", "7.06.201903"])
    try stream.installation.succeed(["check", "7.06.201903"])
    #expect(try !stream.update().contains("no client asks for"), "all of it went")
  }

  private func bodhi(_ nvr: String, title: String) -> String {
    """
    {"updates": [{"alias": "FEDORA-EPEL-2019-0a1b2c3d4e", "title": "\(nvr)", "display_name": "",
      "notes": "\(title)", "type": "security", "severity": "high", "status": "stable",
      "suggest": "unspecified", "date_submitted": "2019-04-01 09:00:00",
      "date_modified": null, "date_pushed": "2019-04-03 09:00:00",
      "date_stable": "2019-04-03 09:00:00", "url": "https://bodhi.example/updates/x",
      "release": {"name": "EPEL-7", "long_name": "Fedora EPEL 7"}, "content_type": "rpm",
      "builds": [{"nvr": "\(nvr)", "type": "rpm", "epoch": 0, "signed": true}],
      "bugs": [{"bug_id": 1700000, "title": "CVE-2019-9999 alpha: overflow", "security": true}]}],
     "page": 1, "pages": 1, "rows_per_page": 100, "total": 1}
    """
  }

  @Test func `Bodhi's advisories reach users, and its absence stops no withdrawal`() throws {
    let stream = try LivingStream(hasBodhi: true)
    try stream.replyOfBodhi(bodhi("alpha-1.1-1", title: "An overflow."))
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.installation.release("7.06.201903")
    try stream.add(RPMSpec("alpha", "1.1"))
    try stream.update()
    let dnf = try DnfClient()
    func info(_ arguments: [String]) throws -> String {
      try dnf.succeed(["updateinfo"] + arguments, repositories: stream.repositories())
    }
    try dnf.succeed(["install", "alpha-1.0"], repositories: stream.repositories())
    #expect(try info(["list", "--bz", "1700000"]).contains("FEDORA-EPEL-2019-0a1b2c3d4e"))
    #expect(try info(["list", "--cve", "CVE-2019-9999"]).contains("Important/Sec."))
    // Its text changes; the date of issue never does, and users get the new text.
    let submitted = "2019-04-01 09:00:00"
    try stream.replyOfBodhi(
      bodhi("alpha-1.1-1", title: "A worse overflow.")
        .replacing(submitted, with: "2019-05-01 09:00:00"))
    #expect(try stream.update().contains("FEDORA-EPEL-2019-0a1b2c3d4e"))
    let text = try updateinfo(of: stream)
    #expect(text.contains("A worse overflow.") && text.contains("issued date=\"\(submitted)\""))
    try Golden.expect(text, matches: "updateinfo.xml")
    #expect(try stream.update().contains("Nothing is new"))
    // A page that is no answer, and no server at all.
    for reply in ["<html>One moment, please</html>", nil] {
      try stream.replyOfBodhi(reply)
      let outcome = try stream.installation.run(
        ["update", "7", "--rpms", stream.installation.pool, "--allow-unsigned"])
      #expect(outcome.status == 69, "\(outcome.errors)")
    }
    try stream.takeBack(["--withdraw", "alpha-1.1-1"])
    #expect(try updateinfo(of: stream) == "")
  }

  /// updateinfo.xml that users get; empty where there is none.
  private func updateinfo(of stream: LivingStream) throws -> String {
    let repodata =
      "\(stream.installation.root)/pub/epel/updates/7/Everything/x86_64/repodata"
    let repomd = try String(contentsOfFile: "\(repodata)/repomd.xml", encoding: .utf8)
    guard let name = repomd.firstMatch(of: /[0-9a-f]{64}-updateinfo.xml.gz/) else { return "" }
    return try Shell.check("zcat", ["\(repodata)/\(name.output)"])
  }

  @Test func `a push is announced as text and as a page`() throws {
    let stream = try LivingStream(keeps: "1 version")
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.installation.release("7.06.201903")
    try stream.add(RPMSpec("alpha", "1.1"))
    try stream.add(RPMSpec("iota"))
    try stream.add(RPMSpec("beta", "1.0", "2").retired("It has <no> future.\nUse iota.\n"))
    try stream.advise("EPEL-2019-1", "security", of: "alpha-1.1-1", severity: "critical")
    let scratch = try TemporaryDirectory()
    let (text, page) = (scratch.path("push.txt"), scratch.path("push.html"))
    func read(_ file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }
    let screen = try stream.update(["--announcement", text, "--html", page])
    try Golden.expect(stream.installation.normalized(screen), matches: "push-screen.txt")
    try Golden.expect(read(text), matches: "push.txt")
    // The look is that of the stream, and changes for its own reasons.
    try Golden.expect(
      stream.installation.normalized(read(page))
        .replacing(/(?s)<style>.+<\/style>/, with: "<style></style>")
        .replacing(/sha256-[^']+/, with: "sha256-…"),
      matches: "push.html")
    try stream.takeBack(["--undo", "--announcement", text])
    try Golden.expect(read(text), matches: "push-undone.txt")
    // A file that is not ours is left alone, and nothing is pushed.
    try scratch.write("mine", to: "mine.txt")
    let outcome = try stream.installation.run(
      ["update", "7", "--undo", "--reason", "r", "--announcement", scratch.path("mine.txt")])
    #expect(outcome.status == 73)
    #expect(try read(scratch.path("mine.txt")) == "mine")
  }

  @Test(.enabled(if: Shell.has("zypper"), "needs zypper"))
  func `zypper sees advisories and groups`() throws {
    let stream = try LivingStream()
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.installation.release("7.06.201903")
    try stream.add(RPMSpec("alpha", "1.1"))
    try stream.advise("EPEL-2019-1", "security", of: "alpha-1.1-1", more: "cves: [CVE-2019-1234]")
    try stream.update()
    let root = try TemporaryDirectory()
    func zypper(_ arguments: [String]) throws -> String {
      try Shell.check(
        "zypper", ["--root", root.path, "--non-interactive", "--no-gpg-checks"] + arguments)
    }
    let url = stream.repositories().values.first ?? ""
    _ = try zypper(["addrepo", "--type", "rpm-md", url, "epel"])
    _ = try zypper(["refresh"])
    let patches = try zypper(["list-patches", "--all"])
    #expect(patches.contains("EPEL-2019-1"), "\(patches)")
    #expect(try zypper(["list-patches", "--all", "--cve=CVE-2019-1234"]).contains("EPEL-2019-1"))
    #expect(try zypper(["search", "--details"]).contains("1.1-1"))
    // zypper looks for media that come in volumes, and for signatures, whether
    // there are any or not.
    let probed = ["media.1/media", "repomd.xml.asc", "repomd.xml.key"]
    let missed = stream.disappointments.filter { line in !probed.contains { line.contains($0) } }
    #expect(missed == [])
  }

  @Test func `what cannot be taken out or back is refused`() throws {
    let stream = try LivingStream()
    for name in ["alpha", "beta"] { try stream.add(RPMSpec(name)) }
    try stream.add(LivingStream.engine)
    try stream.installation.release("7.06.201903")
    func outcome(_ arguments: [String]) throws -> (Int32, String) {
      let outcome = try stream.installation.run(["update", "7"] + arguments)
      return (outcome.status, outcome.errors)
    }
    #expect(try outcome(["--undo", "--reason", "r"]).0 == 2)
    #expect(try outcome(["--undo", "--reason", "r"]).1.contains("no push that could be undone"))
    #expect(try outcome(["--withdraw", "omega-1-1", "--reason", "r"]).1.contains("not listed"))
    #expect(try outcome(["--withdraw", "alpha-1.0-1"]).0 == 64, "no reason")
    #expect(try outcome(["--undo", "--again", "alpha-1.0-1", "--reason", "r"]).0 == 64)
    let again = try outcome(
      ["--again", "alpha-1.0-1", "--rpms", stream.installation.pool, "--allow-unsigned"])
    #expect(again.0 == 2 && again.1.contains("users have it"), "\(again.1)")
  }
}
