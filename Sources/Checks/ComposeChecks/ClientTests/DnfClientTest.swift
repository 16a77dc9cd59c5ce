import ComposeStream
import ComposeTrees
import ReleaseModel

/// One repository as a client is told of it.
struct ClientRepository: Sendable, Hashable {
  /// As the client's messages name it.
  let id: String
  let place: Place
  /// How many packages its metadata lists.
  let packages: Int

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

  /// Loads every repository and counts the packages that dnf sees: dnf exits with
  /// 0 even where it could not read the metadata.
  func load(_ repositories: [ClientRepository]) throws -> [Finding] {
    try program.describe(repositories)
    let outcome = try program.run(
      options + ["repoquery", "--qf", "%{reponame} %{name}-%{evr}.%{arch}"])
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
        message: "dnf (\(arch)) sees \(seen[repository.id] ?? 0) of \(repository.packages) "
          + "packages in \(repository.label)",
        remedy: "Check that its metadata is what the clients of the stream read; compose again")
    }
  }

  /// Resolves the installation of `names`; the first reason against it, or nil.
  func install(
    _ names: [String], from repositories: [ClientRepository], beside base: [ClientRepository]
  ) throws -> String? {
    try program.describe(repositories + base)
    let outcome = try program.run(
      options + ["install", "--assumeno"] + names)
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
      "--setopt=skip_if_unavailable=0", "--refresh",
    ]
  }
}

extension ClientProgram.Outcome {
  /// The lines of a resolver's complaint, on one line.
  fileprivate var reason: String {
    let lines = (errors + "\n" + output).split(whereSeparator: \.isNewline)
      .map { $0.trimmingPrefix(while: \.isWhitespace) }
      .filter { $0.hasPrefix("-") || $0.hasPrefix("Problem") || $0.hasPrefix("No match") }
    let text = lines.prefix(4).map { $0.trimmingPrefix { "- ".contains($0) } }
      .joined(separator: "; ")
    return text.isEmpty ? lastWords : text.sanitizedForDisplay
  }
}
