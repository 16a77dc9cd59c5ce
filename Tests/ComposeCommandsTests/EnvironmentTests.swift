import ComposeTestSupport
import Foundation
import Testing

/// The same bytes, whoever runs the program, and wherever from.
@Suite(.waiting) struct EnvironmentTests {
  private let scratch: TemporaryDirectory
  private let installation: Installation

  init() throws {
    scratch = try TemporaryDirectory.inMemory()
    installation = try Installation(small: scratch)
  }

  private struct Surroundings: Sendable {
    let name: String
    let umask: String
    let environment: [String: String]
  }

  /// The first one is what the others are compared with.
  private func surroundings() throws -> [Surroundings] {
    let plain = scratch.path("home")
    let odd = scratch.path("a home with spaces")
    for home in [plain, odd] {
      try FileManager.default.createDirectory(
        atPath: home + "/tmp", withIntermediateDirectories: true)
    }
    try "%_i18ndomains de\n%_vsflags_verify 0xfffff\n%_pkgverify_level none\n%_dbpath /nowhere\n"
      .write(toFile: odd + "/.rpmmacros", atomically: true, encoding: .utf8)
    try "optflags: x86_64 -O0\n".write(
      toFile: odd + "/.rpmrc", atomically: true, encoding: .utf8)
    return [
      Surroundings(
        name: "plain", umask: "022", environment: ["HOME": plain, "LC_ALL": "C", "TZ": "UTC"]),
      Surroundings(
        name: "German, far east, closed", umask: "077",
        environment: [
          "HOME": odd, "LANG": "de_DE.UTF-8", "LANGUAGE": "de:tr", "TZ": "Pacific/Kiritimati",
          "TMPDIR": odd + "/tmp", "SOURCE_DATE_EPOCH": "1", "GNUPGHOME": odd,
          "http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1",
        ]),
      Surroundings(
        name: "Turkish, far west, open", umask: "000",
        environment: [
          "HOME": plain, "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Niue",
          "XDG_CACHE_HOME": odd, "XDG_CONFIG_HOME": odd, "XDG_DATA_HOME": odd, "COLUMNS": "41",
          "USER": "nobody", "LOGNAME": "nobody", "TERM": "dumb",
        ]),
      Surroundings(
        name: "Arabic digits", umask: "027",
        environment: [
          "HOME": "/nonexistent", "LC_MESSAGES": "ar_EG.UTF-8", "LC_ALL": "",
          "LANG": "ar_EG.UTF-8", "LANGUAGE": "ar", "TZ": ":America/St_Johns", "NO_COLOR": "1",
        ]),
    ]
  }

  /// The life of a release, its trees and the site below one path.
  private func live(_ one: Surroundings, cache: String) throws {
    let common = [
      "--root", installation.root, "--policies", installation.policies, "--cache", cache,
      "--no-progress",
    ]
    let commands = [
      ["compose", "7.06.201903", "--allow-unsigned", "--rpms", scratch.path("first")],
      ["publish", "7.06.201903"], ["promote", "7.06.201903", "--skip-soak"],
      [
        "update", "7", "--allow-unsigned", "--rpms", scratch.path("first"), "--rpms",
        scratch.path("second"), "--announcement", installation.root + "/push.txt",
      ],
      ["site", "build", installation.root + "/site"],
    ]
    for command in commands {
      let arguments =
        ["-c", "umask \(one.umask); exec \"$@\"", "sh", Installation.program]
        + command + common
      let unset = ["LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "TZ"].flatMap { ["-u", $0] }
      let set = one.environment.map { "\($0.key)=\($0.value)" }.sorted()
      let outcome = try Shell.run("env", unset + set + ["sh"] + arguments)
      #expect(outcome.status == 0, "\(one.name): \(command[0]): \(outcome.errors)")
    }
  }

  /// Type, mode and contents of everything that is served, by path. Pages say the
  /// minute of a publication, which may have changed since the last life: hours and
  /// minutes of the site do not count.
  private func served() throws -> [String: String] {
    let script = """
      import hashlib, os, re, stat, sys
      top = sys.argv[1]
      def contents(path):
          data = open(path, "rb").read()
          if path.startswith(os.path.join(top, "site", "")):
              data = re.sub(rb"(\\d{4}-\\d\\d-\\d\\d[ T])\\d\\d:\\d\\d(:\\d\\d)?", rb"\\1", data)
          return hashlib.sha256(data).hexdigest()
      for base in ("pub", "site"):
          for directory, names, files in os.walk(os.path.join(top, base)):
              for name in names + files:
                  path = os.path.join(directory, name); status = os.lstat(path)
                  what = os.readlink(path) if stat.S_ISLNK(status.st_mode) else \\
                      contents(path) if stat.S_ISREG(status.st_mode) else ""
                  print(os.path.relpath(path, top), oct(status.st_mode), what, sep="\\t")
      print("push.txt", hashlib.sha256(open(top + "/push.txt", "rb").read()).hexdigest(), sep="\\t")
      """
    let lines = try Shell.check(Shell.python, ["-c", script, installation.root])
      .split(separator: "\n")
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let parts = line.split(separator: "\t", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      })
  }

  @Test func `trees are the same, and so is what is cached`() throws {
    let translated = ["Summary(de): Ein Paket", "Summary(tr): Bir paket", "Summary(ar): x"]
    for stage in ["first", "second"] {
      for name in ["alpha", "Istanbul"] {
        try RPMSpec(name, stage == "first" ? "1.0" : "1.1", tags: translated)
          .build(into: scratch.path(stage))
      }
    }
    let all = try surroundings()
    var expected: [String: String]?
    // The last one again reads from the cache what the others wrote there.
    for (index, one) in (all + [all[0]]).enumerated() {
      try live(one, cache: index == 0 ? "off" : scratch.path("cache"))
      let found = try served()
      #expect(found.count > 30)
      if let expected {
        for path in Set(expected.keys).union(found.keys).sorted() {
          #expect(expected[path] == found[path], "\(one.name): \(path)")
        }
      } else {
        expected = found
        let files = found.values.filter { $0.hasPrefix("0o100") }
        #expect(files.allSatisfy { $0.hasPrefix("0o100644") })
      }
      try FileManager.default.removeItem(atPath: installation.root)
    }
  }
}
