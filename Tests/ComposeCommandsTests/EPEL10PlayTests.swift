import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// EPEL 10 from 10.0 to 10.3, as it lives: each minor release is branched from the one before, leads
/// for CentOS Stream, comes to RHEL on its day, trails, and ends; real dnf sees what it should.
@Suite(.waiting) struct EPEL10PlayTests {
  private let stream: MinorStream
  private let client: DnfClient

  private var installation: Installation { stream.installation }

  init() throws {
    stream = try MinorStream { $0.replacing("grace: 14 days", with: "grace: 0 days") }
    client = try DnfClient()
  }

  /// The calendar on a day when Enterprise Linux has had the minor releases up to `released`.
  ///
  /// - Parameter released: nil before the first.
  private func calendar(released: Int?) throws {
    let entries = (0...4).map { minor in
      minor <= released ?? -1
        ? "  \"10.\(minor)\": { date: 202\(minor)-05-20, ends: next }"
        : "  \"10.\(minor)\": { date: 2999-05-\(20 + minor), planned: true, ends: next }"
    }
    try stream.rewritePolicy {
      $0.replacing(
        /(?s)\ncalendar:\n.*?\n\n/,
        with: "\ncalendar:\n" + entries.joined(separator: "\n") + "\n\n\n")
    }
  }

  private func branch(_ release: String, from former: String) throws {
    let composed = try installation.succeed(
      ["branch", release, "--rpms", stream.live(former), "--allow-unsigned"])
    #expect(composed.contains("from \(former)"), "\(composed)")
    // What the hub's clone of the live tag is.
    try Shell.check("sh", ["-c", "cp -a '\(stream.live(former))'/. '\(stream.live(release))'"])
    try installation.succeed(["publish", release])
  }

  /// What dnf offers at each path: the newest build of each package.
  private func expect(
    _ wanted: [String: [String]], _ moment: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (path, builds) in wanted.sorted(by: { $0.key < $1.key }) {
      let offered = try client.succeed(
        ["repoquery", "--repo=t", "--latest-limit=1", "--qf", "%{name}-%{version}"],
        repositories: ["t": stream.url(path)])
      #expect(
        offered.split(separator: "\n").map(String.init).sorted() == builds, "\(moment): \(path)",
        sourceLocation: sourceLocation)
    }
  }

  private func refuse(
    _ arguments: [String], _ words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let errors = try installation.expectRefusal(
      arguments, status: 2, sourceLocation: sourceLocation)
    #expect(errors.contains(words), "\(errors)", sourceLocation: sourceLocation)
  }

  /// Standing or state of each release, as `status` shows it.
  private func standings() throws -> [String: String] {
    let status = try installation.succeed(["status", "10"])
    return Dictionary(
      status.matches(of: /(?m)^ *(10\.[0-9]) +([a-z]+)/).map {
        (String($0.output.1), String($0.output.2))
      }
    ) { first, _ in first }
  }

  private func links() -> [String] {
    ["10", "10z"].map { name in
      (try? FileManager.default.destinationOfSymbolicLink(
        atPath: "\(installation.root)/pub/epel/\(name)")) ?? "-"
    }
  }

  private func push(_ releases: String...) throws {
    for release in releases {
      #expect(try installation.succeed(stream.push(release)).contains("to \(release), push"))
    }
  }

  /// 10.0 has come to RHEL, and 10.1 leads: gamma retired at its boundary, alpha was pushed into
  /// both.
  private func twoMinors() throws {
    try calendar(released: nil)
    for name in ["alpha", "beta", "gamma"] { try stream.add(RPMSpec(name), to: ["10.0"]) }
    try stream.release("10.0")
    #expect(links() == ["10.0", "-"])
    // Retirements take effect with the branch.
    try stream.add(RPMSpec("gamma", "1.1").retired("Upstream is gone.\n"), to: ["10.0"])
    try branch("10.1", from: "10.0")
    try installation.succeed(["promote", "10.1", "--skip-soak"])
    #expect(links() == ["10.1", "-"])
    // RHEL 10.0 comes.
    try calendar(released: 0)
    try installation.succeed(["check", "10.0"])
    try installation.succeed(["promote", "10.0", "--link", "10z"])
    #expect(links() == ["10.1", "10.0"])
    #expect(try standings() == ["10.0": "maintained", "10.1": "current"])
    try stream.add(RPMSpec("alpha", "1.1"), to: ["10.0", "10.1"])
    try stream.add(RPMSpec("beta", "2.0"), to: ["10.1"])
    try Shell.check("sh", ["-c", "rm -f '\(stream.live("10.0"))'/gamma-1.1-*"])
    try push("10.1", "10.0")
  }

  @Test(.enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
  func `two minor releases, a branch, a security push while it soaks, and a release day`() throws {
    try twoMinors()
    let (rhel, centos) = (try DnfClient(), try DnfClient())
    let both = ["alpha-1.1", "beta-2.0"]
    try expect(
      [
        "10": both, "10.1": both, "10.0": ["alpha-1.1", "beta-1.0", "gamma-1.0"],
        "10z": ["alpha-1.1", "beta-1.0", "gamma-1.0"],
      ], "10.1 leads")
    try rhel.succeed(
      ["install", "alpha", "beta", "gamma"], repositories: ["t": stream.url("10z")])
    try centos.succeed(["install", "alpha", "beta"], repositories: ["t": stream.url("10")])

    // 10.2 is branched, and soaks; a fix cannot wait for it.
    try branch("10.2", from: "10.1")
    try refuse(["promote", "10.2"], "less than the soak time")
    let soaks = try #require(
      try installation.succeed(["status", "10"]).firstMatch(of: /soaks until ([^\n]*)/)
    ).output.1
    try stream.add(RPMSpec("beta", "2.1"), to: ["10.1", "10.2"])
    try stream.add(RPMSpec("beta", "1.0.1"), to: ["10.0"])
    try push("10.2", "10.1", "10.0")
    #expect(
      try installation.succeed(["status", "10"]).contains("soaks until \(soaks)"),
      "the rest does not soak anew")
    try expect(
      ["10": ["alpha-1.1", "beta-2.1"], "10.2": ["alpha-1.1", "beta-2.1"]], "while 10.2 soaks")
    // The former release was pushed to since the checks.
    try installation.succeed(["check", "10.2"])
    try installation.succeed(["promote", "10.2", "--skip-soak"])
    #expect(links() == ["10.2", "10.0"])
    #expect(
      try standings() == ["10.0": "maintained", "10.1": "maintained", "10.2": "current"])

    // RHEL 10.1 comes: 10z moves, and 10.0 ends.
    try calendar(released: 1)
    #expect(try standings() == ["10.0": "ended", "10.1": "maintained", "10.2": "current"])
    #expect(try installation.succeed(["status", "10"]).contains("promote 10.1 --link 10z"))
    try refuse(stream.push("10.0"), "its maintenance ended on 2021-05-19")
    try installation.succeed(["check", "10.1"])
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    #expect(links() == ["10.2", "10.1"])
    try rhel.succeed(["upgrade"], repositories: ["t": stream.url("10z")])
    // What retired stays installed, as long as nothing takes its place.
    #expect(try rhel.installed() == ["alpha-1.1-1", "beta-2.1-1", "gamma-1.0-1"])
    try stream.add(RPMSpec("delta"), to: ["10.2"])
    try push("10.2")
    try centos.succeed(["upgrade"], repositories: ["t": stream.url("10")])
    try centos.succeed(["install", "delta"], repositories: ["t": stream.url("10")])
    #expect(try centos.installed() == ["alpha-1.1-1", "beta-2.1-1", "delta-1.0-1"])
    for release in ["10.0", "10.1", "10.2"] { try installation.succeed(["verify", release]) }
  }

  @Test(.enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
  func `a link goes back, a minor release ends, and its archive is repaired`() throws {
    try twoMinors()
    let (trailing, leading) = (["alpha-1.1", "beta-1.0", "gamma-1.0"], ["alpha-1.1", "beta-2.0"])
    try branch("10.2", from: "10.1")
    try installation.succeed(["promote", "10.2", "--skip-soak"])
    try calendar(released: 1)
    try installation.succeed(["check", "10.1"])
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    try expect(["10z": leading], "RHEL 10.1 has come")
    // Users of RHEL find a fault: their link alone goes back, and forth again.
    try installation.succeed(["rollback", "10", "--link", "10z"])
    #expect(links() == ["10.2", "10.0"])
    try expect(["10": leading, "10z": trailing], "10z has gone back")
    try refuse(["archive", "10.0"], "the link 10z leads to it")
    try installation.succeed(["promote", "10.1", "--link", "10z"])
    try expect(["10z": leading], "10z is forth again")

    // 10.0 has ended, and goes to the archive; there, a bit flips.
    #expect(try standings()["10.0"] == "ended")
    try installation.succeed(["archive", "10.0"])
    let archive = "\(installation.root)/pub/archive/epel"
    let rpm = try #require(
      FileManager.default.subpaths(atPath: "\(archive)/10.0")?
        .first { $0.hasSuffix("alpha-1.1-1.noarch.rpm") })
    try flipBit("\(archive)/10.0/\(rpm)")
    let damaged = try installation.run(["archive", "verify", "10"])
    #expect(damaged.status == 2 && damaged.output.contains(rpm), "\(damaged.output)")
    let repaired = try installation.json(["archive", "verify", "10", "--repair"])
    #expect(repaired["repaired"] as? [String] == ["10.0/\(rpm)"])
    try installation.succeed(["archive", "10.0", "--remove-original"])
    try installation.succeed(["archive", "verify", "10", "--unread-for", "0 seconds"])
    let offered = try client.succeed(
      ["repoquery", "--repo=t", "--latest-limit=1", "--qf", "%{name}-%{version}"],
      repositories: ["t": "file://\(archive)/10.0/Everything/x86_64"])
    #expect(offered.split(separator: "\n").map(String.init).sorted() == trailing)

    // 10.3 is branched while 10.1 is with RHEL; then RHEL 10.2 comes, and 10.1 ends.
    try stream.add(RPMSpec("alpha", "3.0"), to: ["10.2"])
    try push("10.2")
    try branch("10.3", from: "10.2")
    try installation.succeed(["promote", "10.3", "--skip-soak"])
    #expect(links() == ["10.3", "10.1"])
    try calendar(released: 2)
    try installation.succeed(["check", "10.2"])
    try installation.succeed(["promote", "10.2", "--link", "10z"])
    #expect(links() == ["10.3", "10.2"])
    let states = try standings()
    #expect(
      states == ["10.0": "archived", "10.1": "ended", "10.2": "maintained", "10.3": "current"])
    try stream.add(RPMSpec("beta", "3.0"), to: ["10.2", "10.3"])
    try push("10.3", "10.2")
    try expect(
      [
        "10": ["alpha-3.0", "beta-3.0"], "10z": ["alpha-3.0", "beta-3.0"], "10.1": leading,
      ], "10.3 leads")
    for release in ["10.1", "10.2", "10.3"] { try installation.succeed(["verify", release]) }
  }

  /// Flips a bit of a file, apart from its other names.
  private func flipBit(_ path: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
    try Shell.check("chmod", ["644", path])
  }
}
