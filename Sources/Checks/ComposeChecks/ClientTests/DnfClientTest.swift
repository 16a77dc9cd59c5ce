import ComposeStream
import ComposeTrees
import Foundation
import ReleaseModel

/// One repository as a client is told of it.
struct ClientRepository: Sendable, Hashable {
  /// As the client's messages name it.
  let id: String
  let place: Place
  /// How many packages its metadata lists.
  let packages: Int
  /// File of the keys that its repomd.xml must be signed by; nil where it need not be.
  var metadataKey: String?

  enum Place: Hashable {
    case directory(String)
    case url(String)
  }

  /// For messages.
  var label: String {
    switch place {
    case .directory(let path): path
    case .url(let url): url
    }
  }
}

/// dnf, with an empty cache, as on a machine of one architecture.
struct DnfClientTest {
  let program: ClientProgram
  let arch: Architecture
  let major: Int
  /// The stream of the module `platform` that such a machine has.
  let platform: String

  /// Loads every repository and counts the packages that dnf sees: dnf exits with
  /// 0 even where it could not read the metadata. Users say yes to the key of signed metadata
  /// once, here; it stays in the cache.
  func load(_ repositories: [ClientRepository]) throws -> [Finding] {
    // What modules hide is counted as well.
    try program.describe(repositories, ignoringModules: true)
    let outcome = try program.run(
      options + ["-y", "repoquery", "--qf", "%{reponame} %{name}-%{evr}.%{arch}"])
    guard outcome.status == 0 else {
      return [
        Finding(
          code: "client-cannot-load",
          message: "dnf (\(arch)) cannot load the repositories: \(outcome.lastWords)",
          remedy: "Look at what it names; compose again")
      ]
    }
    var seen: [String: Int] = [:]
    for line in outcome.output.split(whereSeparator: \.isNewline) {
      seen[line.prefix { $0 != " " }.description, default: 0] += 1
    }
    return repositories.filter { seen[$0.id] ?? 0 != $0.packages }.map { repository in
      Finding(
        code: "client-count",
        message:
          "dnf (\(arch)) sees \((seen[repository.id] ?? 0).grouped) of \(repository.packages.grouped) "
          + "packages in \(repository.label)",
        remedy: "Check that its metadata is what the clients of the stream read; compose again")
    }
  }

  /// Resolves the installation of `names`; the first reason against it, or nil.
  ///
  /// - Parameter stream: the module stream that users enable before, as
  ///   `module:stream`; nil for none.
  func install(
    _ names: [String], choosing stream: String? = nil, from repositories: [ClientRepository],
    beside base: [ClientRepository]
  ) throws -> String? {
    try program.describe(repositories + base)
    if let stream {
      if let reason = try enable(stream) { return reason }
    }
    defer { forgetStreams() }
    return try resolve(["install"] + names)
  }

  /// Enables a module stream, and resolves the installation of each of its profiles, as
  /// users do; what cannot be done, with the reason.
  func choose(
    _ choice: ModuleChoices.Choice, from repositories: [ClientRepository],
    beside base: [ClientRepository]
  ) throws -> [String] {
    try program.describe(repositories + base)
    defer { forgetStreams() }
    if let reason = try enable(choice.id) {
      return ["enable the module stream \(choice.id.sanitizedForDisplay): \(reason)"]
    }
    return try choice.profiles.compactMap { profile in
      let name = "\(choice.id)/\(profile)"
      return try resolve(["module", "install", name]).map {
        "install the module \(name.sanitizedForDisplay): \($0)"
      }
    }
  }

  private func enable(_ stream: String) throws -> String? {
    let outcome = try program.run(options + ["-y", "module", "enable", stream])
    return outcome.status == 0 ? nil : outcome.reason
  }

  /// What was enabled is kept below the client's root.
  private func forgetStreams() {
    try? FileManager.default.removeItem(atPath: "\(program.scratch)/root/etc/dnf/modules.d")
  }

  private func resolve(_ arguments: [String]) throws -> String? {
    let outcome = try program.run(options + ["--assumeno"] + arguments)
    // `--assumeno` aborts before the installation. That is success: the
    // dependencies were resolved.
    if outcome.status == 0 || (outcome.errors + outcome.output).contains("Operation aborted") {
      return nil
    }
    return outcome.reason
  }

  private var options: [String] {
    let scratch = program.scratch
    return [
      "-q", "--releasever=\(major)", "--forcearch=\(arch)", "--installroot=\(scratch)/root",
      "--setopt=reposdir=\(scratch)/repos", "--setopt=cachedir=\(scratch)/cache",
      "--setopt=persistdir=\(scratch)/persist", "--setopt=logdir=\(scratch)/log",
      "--setopt=plugins=0", "--setopt=retries=1", "--setopt=gpgcheck=0",
      "--setopt=skip_if_unavailable=0", "--setopt=module_platform_id=platform:\(platform)",
      "--refresh",
    ]
  }
}

extension ClientProgram.Outcome {
  /// The lines of a resolver's complaint, on one line.
  fileprivate var reason: String {
    let lines = (errors + "\n" + output).split(whereSeparator: \.isNewline)
      .map { $0.trimmingPrefix(while: \.isWhitespace) }
      .filter { line in
        ["-", "Problem", "No match", "All matches", "Unable to resolve", "Module"].contains {
          line.hasPrefix($0)
        }
      }
    let text = lines.prefix(4).map { $0.trimmingPrefix { "- ".contains($0) } }
      .joined(separator: "; ")
    return text.isEmpty ? lastWords : text.sanitizedForDisplay
  }
}
