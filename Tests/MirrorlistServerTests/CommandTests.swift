import ComposeTestSupport
import Foundation
import MirrorlistTestSupport
import Testing

/// The command line of the responder.
@Suite struct CommandTests {
  private let scratch: TemporaryDirectory
  private let cache: SwappingCache

  init() throws {
    scratch = try TemporaryDirectory()
    cache = try SwappingCache(in: scratch.path)
  }

  private func run(_ arguments: [String]) throws -> Shell.Outcome {
    try Shell.run(ResponderProcess.program, arguments)
  }

  @Test func `check says what there is`() throws {
    let outcome = try run(["check"] + cache.options + ["--require", "epel-7+x86_64"])
    #expect(outcome.status == 0)
    for line in ["repositories  40\n", "directories   300\n", "hosts         60\n", "loaded in "] {
      #expect(outcome.output.contains(line), "\(outcome.output)")
    }
  }

  @Test func `check ends with the reason for which it would be refused`() throws {
    func outcome(_ arguments: [String]) throws -> (Int32, String) {
      let outcome = try run(["check"] + arguments)
      return (outcome.status, outcome.errors)
    }
    let required = try outcome(cache.options + ["--require", "epel-9+x86_64"])
    #expect(
      required.0 == 65
        && required.1.contains("epel-9+x86_64 has 0 mirrors that any client can be told, not 5"))
    let missing = try outcome(["--cache", scratch.path("nothing")])
    #expect(missing.0 == 66 && missing.1.contains("cannot be read"))
    let bad = try outcome(["--cache", "/etc/passwd"])
    #expect(bad.0 == 65, "\(bad)")
    let geoip = try outcome(cache.options + ["--geoip", "/etc/passwd"])
    #expect(geoip.0 == 65 && geoip.1.contains("no database of countries"))
    let overlay = try outcome(cache.options + ["--overlay", "/etc/passwd"])
    #expect(overlay.0 == 0 && overlay.1.contains("the rest serves without it"))
  }

  @Test func `results that cannot be written are an error`() throws {
    for arguments in [["check"], ["ask", "mirrorlist?repo=epel-7&arch=x86_64"]] {
      let words = (arguments.prefix(1) + cache.options + arguments.dropFirst()).map { "'\($0)'" }
      let outcome = try Shell.run(
        "/bin/sh",
        ["-c", "exec \"$0\" \(words.joined(separator: " ")) >/dev/full", ResponderProcess.program])
      #expect(outcome.status == 74 && outcome.errors.contains("standard output: No space left"))
    }
  }

  @Test func `ask answers once, the same from the same seed`() throws {
    func ask(_ arguments: [String]) throws -> Shell.Outcome {
      try run(["ask"] + cache.options + arguments)
    }
    let first = try ask(["mirrorlist?repo=epel-7&arch=x86_64", "--seed", "3", "--ip", "192.0.2.1"])
    #expect(first.status == 0 && first.output.hasPrefix("# repo = epel-7.07.201908 arch = x86_64 "))
    #expect(
      try ask(["/mirrorlist?repo=epel-7&arch=x86_64", "--seed", "3", "--ip", "192.0.2.1"]).output
        == first.output)
    let redirect = try ask(["mirrorlist?repo=epel-7&arch=x86_64&redirect=1"])
    #expect(redirect.status == 0 && redirect.output.hasPrefix("https://"))
    let unknown = try ask(["metalink?repo=epel-9&arch=x86_64"])
    #expect(unknown.status == 1 && unknown.errors.contains("status 404"))
    #expect(unknown.output.contains("error: invalid repo or arch"))
    #expect(try ask(["nothing"]).status == 64)
  }

  @Test(arguments: [
    ["serve"], ["serve", "--cache", "x", "--listen", "nowhere"], ["check"],
    ["serve", "--cache", "x", "--trust", "all"], ["serve", "--cache", "x", "--idle", "0"],
    ["serve", "--cache", "x", "--connections", "0"], ["check", "--cache", "x", "--shrink", "101"],
    ["check", "--cache", "x", "--minimum", "-1"], ["check", "--cache", "x", "--require", "epel-7"],
    ["ask", "--cache", "x", "metalink?path=a", "--ip", "nobody"], ["nothing"],
  ])
  func `a wrong command line is said so`(arguments: [String]) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == 64, "\(outcome)")
    #expect(!outcome.errors.isEmpty)
  }

  @Test func `an address that is taken, and a socket that is none`() throws {
    let held = try HeldSocket()
    let taken = try run(["serve"] + cache.options + ["--listen", "127.0.0.1:\(held.port)"])
    #expect(taken.status == 69 && taken.errors.contains("cannot listen there"))
    let none = try Shell.run(
      "/bin/sh", ["-c", "exec \"$0\" serve --cache x 3</dev/null", ResponderProcess.program],
      environment: ["LISTEN_FDS": "1"])
    #expect(none.status == 65 && none.errors.contains("descriptor 3 is no listening socket"))
  }

  /// Both programs are released together, with one version.
  @Test func `the version is that of the manual page, and of epel-compose`() throws {
    let version = try run(["--version"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
    for page in ["epel-mirrorlist.1", "epel-compose.1"] {
      let text = try String(contentsOfFile: "\(Fixtures.checkout)/Docs/\(page)", encoding: .utf8)
      let program = page.dropLast(2)
      #expect(text.prefix { $0 != "\n" }.contains("\"\(program) \(version)\""))
    }
  }

  /// The manual page has every option of the program, and none that is not there.
  @Test func `the manual page has the options`() throws {
    let page = try String(
      contentsOfFile: "\(Fixtures.checkout)/Docs/epel-mirrorlist.1", encoding: .utf8
    ).replacingOccurrences(of: "\\-", with: "-")
    func options(_ text: String, _ expression: Regex<(Substring, Substring)>) -> Set<String> {
      Set(text.matches(of: expression).map { String($0.output.1) })
    }
    var known: Set<String> = []
    for command in ["serve", "check", "ask"] {
      known.formUnion(options(try run(["help", command]).output, #/(?m)^  (--[a-z]+) </#))
    }
    #expect(known.count > 12)
    #expect(options(page, #/(?m)^\.BI (--[a-z]+) /#) == known)
  }
}
