import Foundation

/// Real dnf with an installroot, cache and home of its own.
package final class DnfClient: Sendable {
  private let scratch: TemporaryDirectory

  /// Root of the installed system.
  package var installRoot: String { scratch.path("root") }

  /// Directory of an unpacked dnf-plugins-core, which cannot be installed beside
  /// zypper; nil where there is none.
  package static let plugins: String? = {
    let path = "\(Fixtures.checkout)/.build/dnf-plugins/usr/lib/python3/dist-packages"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  package init() throws {
    scratch = try TemporaryDirectory()
    for name in ["home", "log"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path(name), withIntermediateDirectories: true)
    }
  }

  /// Runs dnf against repositories given as `id: base URL`.
  ///
  /// `--refresh` asks for repomd.xml each time, as a client does whose cache
  /// has run out.
  ///
  /// - Parameter options: further ones, before the command.
  package func run(
    _ arguments: [String], repositories: [String: String], key: SigningKey? = nil,
    options more: [String] = []
  ) throws -> Shell.Outcome {
    try Shell.run(
      "dnf", options(repositories, key) + more + arguments, environment: environment)
  }

  /// Starts dnf and does not wait for it.
  package func start(
    _ arguments: [String], repositories: [String: String], options more: [String] = []
  ) throws -> RunningProgram {
    try RunningProgram(
      "/usr/bin/env", ["dnf"] + options(repositories, nil) + more + arguments,
      environment: environment)
  }

  private func options(_ repositories: [String: String], _ key: SigningKey?) -> [String] {
    var options = [
      "-y", "-q", "--releasever=7", "--installroot=\(installRoot)", "--setopt=reposdir=/dev/null",
      "--setopt=cachedir=\(scratch.path("cache"))",
      "--setopt=persistdir=\(scratch.path("persist"))",
      "--setopt=logdir=\(scratch.path("log"))", "--refresh", "--setopt=plugins=0",
      "--setopt=install_weak_deps=0", "--setopt=retries=1",
    ]
    for (id, url) in repositories.sorted(by: { $0.key < $1.key }) {
      options += ["--repofrompath=\(id),\(url)", "--setopt=\(id).gpgcheck=\(key == nil ? 0 : 1)"]
      if let key { options.append("--setopt=\(id).gpgkey=file://\(key.publicKey)") }
    }
    return options
  }

  /// Runs dnf and throws unless it ends with status 0.
  @discardableResult
  package func succeed(
    _ arguments: [String], repositories: [String: String], key: SigningKey? = nil,
    options: [String] = []
  ) throws -> String {
    let outcome = try run(
      arguments, repositories: repositories, key: key, options: options)
    guard outcome.status == 0 else {
      throw Shell.Failure(
        description: "dnf \(arguments.joined(separator: " ")) ended with \(outcome.status)\n"
          + outcome.output + outcome.errors)
    }
    return outcome.output
  }

  /// What a repository offers, `name-epoch:version-release.arch`, sorted.
  package func offered(_ url: String) throws -> [String] {
    try succeed(
      [
        "repoquery", "--repo=t", "--qf",
        "%{name}-%{epoch}:%{version}-%{release}.%{arch}",
      ], repositories: ["t": url]
    ).split(separator: "\n").map(String.init).sorted()
  }

  /// What is installed, `name-version-release`, sorted.
  package func installed() throws -> [String] {
    try Shell.check(
      "rpm", ["--root", installRoot, "-qa", "--qf", "%{NAME}-%{VERSION}-%{RELEASE}\n"],
      environment: environment
    ).split(separator: "\n").map(String.init).filter { !$0.hasPrefix("gpg-pubkey") }.sorted()
  }

  // Debian's rpm keeps its database below the home directory, inside the root.
  private var environment: [String: String] {
    ["HOME": scratch.path("home"), "LC_ALL": "C.UTF-8", "PYTHONPATH": Self.plugins ?? ""]
  }
}
