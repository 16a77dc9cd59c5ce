import ComposeTestSupport
import Foundation
import Testing

/// What `--rpms` takes, and what it refuses.
@Suite(.waiting) struct PoolTests {
  private let scratch: TemporaryDirectory
  private let installation: Installation

  init() throws {
    scratch = try TemporaryDirectory.inMemory()
    installation = try Installation(small: scratch)
  }

  /// A source package with a sub-package that carries another's name.
  private func eta(_ rpmRelease: String = "1", withLibrary: Bool) -> RPMSpec {
    RPMSpec(
      "eta", "1.0", rpmRelease, arch: "x86_64",
      subpackages: withLibrary
        ? [.init("-n libeta", arch: "noarch", files: ["/usr/share/libeta/old": "x"])] : [])
  }

  private let library = RPMSpec("libeta", files: ["/usr/share/libeta/new": "x"])

  @Test func `all --rpms are one pool`() throws {
    try RPMSpec("alpha").build(into: scratch.path("one"))
    try RPMSpec("beta").build(into: scratch.path("two"))
    let pools = ["one", "two"].flatMap { ["--rpms", scratch.path($0)] }
    let plan = try installation.succeed(["plan", "7.06.201903", "--allow-unsigned"] + pools)
    #expect(plan.contains("2 from directories"))
    try installation.succeed(["compose", "7.06.201903", "--allow-unsigned"] + pools)
    try installation.succeed(["publish", "7.06.201903"])
    try installation.succeed(["promote", "7.06.201903", "--skip-soak"])
    try RPMSpec("gamma").build(into: scratch.path("three"))
    let push = try installation.succeed(
      ["update", "7", "--allow-unsigned"] + pools + ["--rpms", scratch.path("three")])
    #expect(push.contains("gamma-1.0-1"))
    let desk = try installation.succeed(["retirement", "7", "beta"] + pools)
    #expect(desk.contains("beta"))
    let none = try installation.run(
      ["plan", "7.07.201908", "--rpms", scratch.path("one"), "--rpms", scratch.path("none")])
    #expect(none.status == 66, "\(none.errors)")
  }

  @Test func `two live builds with different files of one name are refused`() throws {
    try eta(withLibrary: true).build(into: scratch.path("one"))
    try library.build(into: scratch.path("two"))
    let pools = ["one", "two"].flatMap { ["--rpms", scratch.path($0)] }
    let before = try installation.snapshot()
    for command in [["plan"], ["compose", "--dry-run"], ["compose"]] {
      let outcome = try installation.run(
        [command[0], "7.06.201903", "--allow-unsigned"] + command.dropFirst() + pools)
      #expect(outcome.status == (command == ["plan"] ? 0 : 2), "\(outcome.errors)")
      let said = (outcome.output + outcome.errors).replacing(/\s+/, with: " ")
      for place in ["one", "two"] {
        #expect(said.contains(scratch.path("\(place)/libeta-1.0-1.noarch.rpm")))
      }
      #expect(said.contains("from eta-1.0-1 and libeta-1.0-1"))
    }
    #expect(try installation.snapshot() == before)
    // Once the other build is not live any more, nothing is in the way.
    try eta("2", withLibrary: false).build(into: scratch.path("one"))
    try installation.succeed(["compose", "7.06.201903", "--allow-unsigned"] + pools)
    let tree = "\(installation.root)/pub/alt/epel/updates/7.06.201903/Everything/x86_64/Packages"
    let served = try Data(
      contentsOf: URL(fileURLWithPath: "\(tree)/l/libeta-1.0-1.noarch.rpm"))
    let own = try Data(
      contentsOf: URL(fileURLWithPath: scratch.path("two/libeta-1.0-1.noarch.rpm")))
    #expect(served == own)
  }

  @Test func `a push never gives a file that users know other contents`() throws {
    try eta(withLibrary: true).build(into: installation.pool)
    try installation.release("7.06.201903")
    try FileManager.default.removeItem(atPath: installation.pool)
    try library.build(into: installation.pool)
    try eta("2", withLibrary: false).build(into: installation.pool)
    func tree() throws -> String {
      try installation.snapshot().split(separator: "\n").filter { $0.hasPrefix("pub/") }
        .joined(separator: "\n")
    }
    let before = try tree()
    for options in [["--dry-run"], []] {
      let push = try installation.run(
        ["update", "7", "--rpms", installation.pool, "--allow-unsigned"] + options)
      #expect(push.status == 2, "\(push.errors)")
      #expect(push.errors.contains("libeta-1.0-1.noarch.rpm has other contents than users"))
    }
    #expect(try tree() == before)
    try installation.succeed(["verify", "7.06.201903"])
  }

  @Test func `a plan lists what is noarch, but not everywhere`() throws {
    let wide = try Installation.withoutClients()
    try RPMSpec("vtool", tags: ["ExcludeArch: aarch64"]).build(into: wide.pool)
    try RPMSpec("plain").build(into: wide.pool)
    let arguments = ["plan", "7.06.201903", "--rpms", wide.pool, "--allow-unsigned"]
    let text = try wide.normalized(wide.succeed(arguments))
    #expect(text.contains("noarch, but not everywhere (1)"))
    #expect(text.contains("vtool  1  ppc64, ppc64le, x86_64"))
    let json = try wide.succeed(arguments + ["--format", "json"])
    #expect(json.contains("\"limited\""))
    try wide.release("7.06.201903")
    let later = try wide.succeed(["plan", "7.07.201908"] + arguments.dropFirst(2))
    #expect(later.contains("1 more is as before"))
  }
}
