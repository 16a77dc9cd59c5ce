import ComposeStream
import ComposeTrees
import DurableFiles
import Foundation
import ReleaseModel

/// A program that users have, run as they would with nothing cached.
///
/// Owner of a directory of its own for the client's root, cache, log and home,
/// which is removed with it: the test touches neither the machine's own packages
/// nor any tree.
final class ClientProgram: Sendable {
  let name: String
  private let executable: String
  /// Where the client may write.
  var scratch: String { directory.path }
  private let directory: ScratchDirectory
  private let seconds: Int

  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// The last line that says anything, for a finding.
    var lastWords: String {
      let lines = (errors + "\n" + output).split(whereSeparator: \.isNewline).map(String.init)
      let telling = lines.last { $0.contains("rror") || $0.contains("Problem") } ?? lines.last
      return (telling ?? "it says nothing").sanitizedForDisplay
    }
  }

  /// Nil where the program is not installed.
  ///
  /// - Parameter seconds: a run that takes longer is ended.
  init?(_ name: String, seconds: Int = 600) throws {
    guard let executable = Self.executable(name) else { return nil }
    self.name = name
    self.executable = executable
    self.seconds = seconds
    directory = try ScratchDirectory(isPlain: true)
    let place = directory.url
    do {
      for directory in ["root", "home", "log", "cache", "persist", "repos", "trees"] {
        try FileManager.default.createDirectory(
          at: place.appending(path: directory), withIntermediateDirectories: true)
      }
    } catch {
      throw ComposeError(
        .inputOutput, place.path.sanitizedForDisplay, "no room for a client's rehearsal there",
        remedy: "Make room, or name another directory with TMPDIR")
    }
  }

  static func isInstalled(_ name: String) -> Bool { executable(name) != nil }

  /// Nil where it is not installed.
  static func executable(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first(where: FileManager.default.isExecutableFile)
  }

  /// Where the client finds `repository`. One on this machine is a copy of its
  /// metadata: clients link to local files and put attributes on them, and read
  /// no path with a space in it.
  func url(of repository: ClientRepository) throws -> String {
    guard case .directory(let path) = repository.place else { return repository.label }
    let copy = "\(scratch)/trees/\(repository.id)"
    if !FileManager.default.fileExists(atPath: copy) {
      do {
        try FileManager.default.createDirectory(
          atPath: copy, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: "\(path)/repodata", toPath: "\(copy)/repodata")
      } catch {
        throw ComposeError(
          .inputOutput, "\(path)/repodata".sanitizedForDisplay,
          "it cannot be copied for a client: \(error.localizedDescription)",
          remedy: "Make room, or name another directory with TMPDIR")
      }
    }
    return "file://\(copy)"
  }

  /// Where the client finds a file of public keys: a copy, as of repositories.
  private func keyURL(_ file: String) throws -> String {
    let copy = "\(scratch)/metadata.key"
    guard
      FileManager.default.createFile(
        atPath: copy, contents: Data(try SmallFile.contents(of: file)))
    else {
      throw ComposeError(
        .inputOutput, copy.sanitizedForDisplay, "it cannot be written",
        remedy: "Make room, or name another directory with TMPDIR")
    }
    return "file://\(copy)"
  }

  /// Tells the client of repositories, in a file.
  ///
  /// - Parameter ignoringModules: whether modules hide nothing of them.
  func describe(_ repositories: [ClientRepository], ignoringModules: Bool = false) throws {
    let sections = try repositories.map { repository -> String in
      let signed = try repository.metadataKey.map {
        "repo_gpgcheck=1\ngpgkey=\(try keyURL($0))\n"
      }
      return "[\(repository.id)]\nname=\(repository.id)\nbaseurl=\(try url(of: repository))\n"
        + "enabled=1\n" + (ignoringModules ? "module_hotfixes=1\n" : "") + (signed ?? "")
    }
    let place = "\(scratch)/repos/rehearsal.repo"
    guard
      FileManager.default.createFile(
        atPath: place, contents: Data(sections.joined(separator: "\n").utf8))
    else {
      throw ComposeError(
        .inputOutput, place.sanitizedForDisplay, "it cannot be written",
        remedy: "Make room, or name another directory with TMPDIR")
    }
  }

  /// Runs it to its end.
  func run(_ arguments: [String]) throws -> Outcome {
    let (output, errors) = ("\(scratch)/output", "\(scratch)/errors")
    let child = try ChildProgram(
      executable, arguments,
      environment: [
        "HOME": "\(scratch)/home", "LC_ALL": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "TMPDIR": scratch,
      ], directory: scratch,
      // A full pipe would block the client.
      output: output, errors: errors)
    let start = ContinuousClock.now
    while true {
      if let status = child.status(within: Self.step) {
        return Outcome(status: status, output: Self.text(output), errors: Self.text(errors))
      }
      do {
        try Interruption.check(remaining: "the rehearsal by \(name)")
      } catch {
        child.end()
        throw error
      }
      if ContinuousClock.now - start >= .seconds(seconds) {
        child.end()
        return Outcome(
          status: -1, output: "", errors: "it was ended after \(seconds) seconds")
      }
    }
  }

  /// Seconds between looks at whether the user wants to stop.
  private static let step = 0.2

  private static func text(_ file: String) -> String {
    FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
