import ComposeTestSupport
import Foundation
import Testing

/// A dry run ends with the status that the command then has, whatever is in its way.
@Suite(.waiting) struct DryRunStatusTests {
  /// Something in the way of a command.
  private struct Obstacle {
    /// Shell commands, run in the directory of the installation.
    let shell: String
    let arguments: [String]
    let status: Int32
  }

  /// The same stream at several moments of its life.
  private enum Moment: String, CaseIterable {
    case empty, staged, published, current, superseded
  }

  private static let tree = "root/pub/epel/updates/7.06.201903/Everything/x86_64"

  private static func obstacles(at moment: Moment) -> [Obstacle] {
    let rpms = ["--rpms", "rpms", "--allow-unsigned"]
    func obstacle(_ shell: String, _ status: Int32, _ arguments: [String]) -> Obstacle {
      Obstacle(shell: shell, arguments: arguments, status: status)
    }
    let compose = ["compose", "7.06.201903"] + rpms
    let update = ["update", "7"] + rpms
    switch moment {
    case .empty:
      return [
        obstacle("", 0, compose),
        obstacle("mkdir -p root/pub/alt/epel/releases/7.06.201903", 73, compose),
        obstacle("mkdir -p root/pub/epel/releases/7.06.201903", 73, compose),
        obstacle("mkdir -p root/pub/alt/epel/epel-7-7.06.201903.repo", 73, compose),
        obstacle("rm Templates/test.repo.mustache", 66, compose),
        obstacle("echo '{{#open}}' > Templates/test.repo.mustache", 65, compose),
        obstacle("mkdir -p root/var/lib; touch root/var/lib/epel-compose", 73, compose),
        obstacle("mkdir -p root/pub; ln -s nowhere root/pub/alt", 73, compose),
      ]
    case .staged:
      let publish = ["publish", "7.06.201903"]
      return [
        obstacle("", 0, publish),
        obstacle("mkdir -p root/pub/epel/releases/7.06.201903", 73, publish),
        obstacle("mkdir -p root/pub/epel; touch root/pub/epel/releases", 73, publish),
        obstacle("mkdir -p root/pub; ln -s nowhere root/pub/epel", 73, publish),
        obstacle(
          "cd root/pub/alt/epel; rm *.repo; mkdir epel-7-7.06.201903.repo", 73, publish),
        obstacle(
          "cd root/pub/alt/epel; rm *.repo; mkdir epel-7-7.06.201903.repo", 73,
          ["abandon", "7.06.201903"]),
        obstacle(
          "rm root/var/lib/epel-compose/epel-7.lock; mkdir root/var/lib/epel-compose/epel-7.lock",
          73, publish),
      ]
    case .published:
      let promote = ["promote", "7.06.201903", "--skip-soak"]
      return [
        obstacle("", 0, promote),
        obstacle("mkdir -p root/pub/epel/updates/7", 73, promote),
        obstacle("rm -r \(tree)/Packages/a", 2, promote),
        obstacle(
          "rm Templates/announcement.txt.mustache", 66, promote + ["--announcement", "new.txt"]),
        obstacle("mkdir new.txt", 73, promote + ["--announcement", "new.txt"]),
      ]
    case .current:
      return [
        obstacle("", 0, update),
        obstacle("mkdir -p \(tree)/Packages/b; echo x > \(tree)/Packages/b/\(beta)", 73, update),
        obstacle("touch \(tree)/Packages/b", 73, update),
        obstacle("rm root/pub/epel/updates/7.06.201903/MANIFEST.sha256", 2, update),
        obstacle("rm Templates/push.txt.mustache", 66, update + ["--announcement", "push.txt"]),
        obstacle(
          "echo '{{#open}}' > Templates/push.html.mustache", 65, update + ["--html", "new.html"]),
        obstacle("cd root/pub/epel/updates/7.06.201903; rm STATUS; mkdir STATUS", 73, update),
        obstacle(
          "rm root/var/lib/epel-compose/epel-7.sqlite; mkdir root/var/lib/epel-compose/epel-7.sqlite",
          73, update),
        obstacle(
          "mkdir -p site/index.html; touch site/.epel-compose-site", 73, ["site", "build", "site"]),
        obstacle("rm -r Templates/site", 66, ["site", "build", "site"]),
        obstacle("mkdir site; touch site/x", 73, ["site", "build", "site"]),
      ]
    case .superseded:
      let archive = ["archive", "7.06.201903"]
      let file = "\(tree)/Packages/a/alpha-1.0-1.noarch.rpm"
      return [
        obstacle("", 0, archive),
        obstacle(
          "mkdir -p root/pub/archives/epel; touch root/pub/archives/epel/releases", 73, archive),
        obstacle("rm \(file)", 66, archive),
        obstacle("cp \(file) copy; rm \(file); tr a b < copy > \(file)", 65, archive),
        obstacle("mkdir -p root/pub/archives/epel/updates/7.06.201903", 73, archive),
        obstacle(
          "mkdir -p root/pub/archives/epel/updates; touch root/pub/archives/epel/updates/.epel-compose-copy-7.06.201903",
          73, archive),
        obstacle("mkdir -p root/var/lib/epel-compose/redirects/epel-7-apache.conf", 73, archive),
        obstacle("rm Templates/redirects.nginx.mustache", 66, archive),
        obstacle("rm \(file)", 2, ["rollback", "7"]),
        obstacle(
          "rm root/pub/epel/updates/7; mkdir root/pub/epel/updates/7", 73, ["rollback", "7"]),
      ]
    }
  }

  private static let beta = "beta-1.0-1.noarch.rpm"

  @Test func `a dry run ends as the command does`() throws {
    let installation = try Installation.withoutClients()
    let directory = installation.scratch.path
    let copies = try TemporaryDirectory()
    try RPMSpec("alpha").build(into: installation.pool)
    for moment in Moment.allCases {
      switch moment {
      case .empty: break
      case .staged:
        try installation.succeed(
          ["compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned"])
      case .published: try installation.succeed(["publish", "7.06.201903"])
      case .current:
        try installation.succeed(["promote", "7.06.201903", "--skip-soak"])
        try RPMSpec("beta").build(into: installation.pool)
      case .superseded: try installation.release("7.07.201908")
      }
      let saved = copies.path(moment.rawValue)
      try Shell.check("cp", ["-a", directory, saved])
      for obstacle in Self.obstacles(at: moment) {
        let said = "\(moment): \(obstacle.arguments.joined(separator: " ")), \(obstacle.shell)"
        for isDryRun in [true, false] {
          try Shell.check(
            "sh", ["-c", "rm -rf \"$1\"; cp -a \"$2\" \"$1\"", "-", directory, saved])
          try Shell.check("sh", ["-c", "cd \"$1\"; \(obstacle.shell)", "-", directory])
          let arguments = obstacle.arguments.map { $0 == "rpms" ? installation.pool : $0 }
          let outcome = try installation.run(arguments + (isDryRun ? ["--dry-run"] : []))
          #expect(
            outcome.status == obstacle.status,
            "\(said)\(isDryRun ? " --dry-run" : ""): \(outcome.errors)")
        }
      }
      try Shell.check("sh", ["-c", "rm -rf \"$1\"; cp -a \"$2\" \"$1\"", "-", directory, saved])
    }
  }
}
