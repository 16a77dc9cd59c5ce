import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Input that is odd, but right; and leftovers of crashes.
@Suite(.waiting) struct InputTests {
  @Test func `roots and directories may have odd names and come through links`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    let link = installation.scratch.path("link to pool")
    #expect(symlink(installation.pool, link) == 0)
    let root = installation.scratch.path("a root with spaces/and % more/")
    func run(_ arguments: [String]) throws -> Shell.Outcome {
      try Shell.run(
        Installation.program,
        arguments + ["--root", root, "--policies", installation.policies, "--no-progress"])
    }
    let composed = try run(["compose", "7.06.201903", "--rpms", link, "--allow-unsigned"])
    #expect(composed.status == 0, "\(composed.errors)")
    #expect(composed.output.contains("1 tagged into"))
    #expect(composed.output.contains("--root '"), "what is copied must still work")
    #expect(try run(["publish", "7.06.201903"]).status == 0)
    #expect(try run(["promote", "7.06.201903", "--skip-soak"]).status == 0)
    #expect(try run(["verify", "7.06.201903"]).status == 0)
  }

  @Test func `a saved plan is replaced by the next, whatever its size`() throws {
    let installation = try Installation.withoutClients()
    // Enough packages that the list of added ones alone fills a block.
    for index in 0..<60 {
      try RPMSpec("package-with-a-long-name-\(index)").build(
        into: installation.pool, sources: false)
    }
    let plan = installation.scratch.path("plan.json")
    let page = installation.scratch.path("plan.html")
    for _ in 0..<2 {
      try installation.succeed([
        "plan", "7.06.201903", "--output", plan, "--html", page, "--rpms", installation.pool,
        "--allow-unsigned",
      ])
    }
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(html.contains("package-with-a-long-name-7-1.0-1"))
  }

  @Test func `the words of a marker cannot become markup or control the terminal`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("gamma").retired("<script>alert(1)</script>\u{1B}[2J & gone\n")
      .build(into: installation.pool)
    try RPMSpec("alpha").build(into: installation.pool)
    let page = installation.scratch.path("plan.html")
    let text = try installation.succeed([
      "plan", "7.06.201903", "--html", page, "--rpms", installation.pool, "--allow-unsigned",
    ])
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("<script>alert(1)</script>"))
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(!html.contains("<script>"))
    #expect(html.contains("&lt;script&gt;alert(1)"))
  }

  @Test func `a crash inside a transaction of the ledger does not lock the stream`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    let ledger = installation.root + "/var/lib/epel-compose/epel-7.sqlite"
    // A writer that dies with a spilled transaction leaves a hot journal.
    let script = """
      import os, sqlite3, sys
      c = sqlite3.connect(sys.argv[1], isolation_level=None)
      c.execute("PRAGMA cache_size = 1")
      c.execute("BEGIN IMMEDIATE")
      c.execute("CREATE TABLE filler (x)")
      for i in range(2000): c.execute("INSERT INTO filler VALUES (zeroblob(1000))")
      os._exit(9)
      """
    #expect(try Shell.run(Shell.python, ["-c", script, ledger]).status == 9)
    #expect(FileManager.default.fileExists(atPath: ledger + "-journal"))
    let before = try installation.snapshot()
    let status = try installation.succeed(["status", "7"])
    #expect(status.contains(/7\.06\.201903 +current/))
    #expect(try installation.snapshot() == before, "a reader may not mend it")
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    let outcome = try installation.run([
      "update", "7", "--rpms", installation.pool, "--allow-unsigned",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: ledger + "-journal"))
    try installation.succeed(["status", "7"])
  }

  @Test func `a ledger that was killed while it was made is an empty one`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try Shell.check("mkdir", ["-p", installation.root + "/var/lib/epel-compose"])
    try Shell.check("touch", [installation.root + "/var/lib/epel-compose/epel-7.sqlite"])
    try installation.succeed(["status", "7"])
    try installation.release("7.06.201903")
  }

  @Test func `epel-10 goes the same way with one tree and zstd`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha", arch: "x86_64").build(into: installation.pool)
    try installation.release("10.0")
    try RPMSpec("beta").build(into: installation.pool)
    try installation.succeed(["update", "10", "--rpms", installation.pool, "--allow-unsigned"])
    try installation.release("10.1")
    try installation.succeed(["archive", "10.0"])
    try installation.succeed(["verify", "10.0"])
    let repodata = installation.root + "/pub/epel/10/Everything/x86_64/repodata"
    let names = try FileManager.default.contentsOfDirectory(atPath: repodata)
    #expect(names.contains { $0.hasSuffix("-primary.xml.zst") })
    #expect(
      try DnfClient().offered("file://" + installation.root + "/pub/epel/10/Everything/x86_64")
        == ["alpha-0:1.0-1.x86_64", "beta-0:1.0-1.noarch"])
  }

  @Test func `output that cannot be written is an error, never a trap`() throws {
    let installation = try Installation.withoutClients()
    for redirection in [">/dev/full", ">&-"] {
      let outcome = try Shell.run(
        "sh",
        [
          "-c", "\"$0\" status --policies \"$1\" --root \"$2\" \(redirection)",
          Installation.program,
          installation.policies, installation.root,
        ])
      #expect(outcome.status == 74, "\(redirection): \(outcome.errors)")
      #expect(outcome.errors.contains("standard output"))
    }
    // A diagnostic that is lost does not matter.
    try RPMSpec("alpha").build(into: installation.pool)
    let quietly = try Shell.run(
      "sh",
      [
        "-c",
        "\"$0\" compose 7.06.201903 --rpms \"$3\" --allow-unsigned --policies \"$1\" --root \"$2\" "
          + "2>/dev/full", Installation.program, installation.policies, installation.root,
        installation.pool,
      ])
    #expect(quietly.status == 0)
  }

  @Test func `trees are readable for all, whatever the umask`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try Shell.check(
      "sh",
      [
        "-c",
        "umask 077; \"$0\" compose 7.06.201903 --rpms \"$3\" --allow-unsigned --policies \"$1\" "
          + "--root \"$2\"", Installation.program, installation.policies, installation.root,
        installation.pool,
      ])
    let hidden = try Shell.check(
      "find",
      [installation.root + "/pub", "!", "-perm", "-o+r", "-o", "-type", "d", "!", "-perm", "-o+x"])
    #expect(hidden == "")
  }
}
