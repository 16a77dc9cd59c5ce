import Foundation
package import ReleaseModel

/// The policy files of one directory.
package struct PolicySet: Sendable {
  /// One policy and the file that it came from.
  package struct Entry: Sendable {
    /// Decoded and validated.
    package let policy: Policy
    /// Path of the file, below the directory that was read.
    package let file: String
    /// The release that a command names; see ``Policy/asOf(_:)``.
    package var release: ReleaseID?
  }

  /// Policies that are valid, by major version.
  package let entries: [Entry]
  /// What is wrong with the other files.
  package let problems: [ComposeError]
  /// As it was given.
  package let directory: String

  /// Reads every `*.yaml` and `*.yml` of `directory`.
  ///
  /// A file that is wrong does not hide the others: it is kept in
  /// ``problems``. Throws `noInput` when the directory is not there,
  /// `badData` when two files claim one major version.
  package init(directory: String) throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
      throw ComposeError(
        exists && isDirectory.boolValue ? .permission : .noInput, directory.sanitizedForDisplay,
        exists
          ? "it is not a directory that can be read" : "there is no such directory of policies",
        remedy: "Name the directory of policies with --policies")
    }
    var entries: [Entry] = []
    var problems: [ComposeError] = []
    for name in names.sorted() where Self.isRead(name) {
      let file = "\(directory)/\(name)"
      do {
        entries.append(Entry(policy: try Policy(file: file), file: file))
      } catch let error as ComposeError {
        problems.append(error)
      }
    }
    entries.sort { $0.policy.major < $1.policy.major }
    for (first, second) in zip(entries, entries.dropFirst())
    where first.policy.major == second.policy.major {
      throw ComposeError(
        .badData, second.file.sanitizedForDisplay,
        "it has the major version \(second.policy.major), as \(first.file) has",
        remedy: "Keep one of the two in the directory")
    }
    for (index, entry) in entries.enumerated() {
      guard
        let other = entries[..<index].first(where: { $0.policy.stream == entry.policy.stream })
      else { continue }
      throw ComposeError(
        .badData, entry.file.sanitizedForDisplay,
        "it has the stream '\(entry.policy.stream)', as \(other.file) has: both would share a ledger",
        remedy: "Give each policy a stream of its own")
    }
    guard !entries.isEmpty || !problems.isEmpty else {
      throw ComposeError(
        .noInput, directory.sanitizedForDisplay, "there is no policy in it",
        remedy: "Name the directory of policies with --policies; their files end in .yaml")
    }
    self.directory = directory
    self.entries = entries
    self.problems = problems
  }

  /// Whether a file of this name is a policy.
  private static func isRead(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// Paths of the policies in `path` where it is a directory, else `path` itself.
  ///
  /// Throws `noInput` for a directory without any, `permission` for one that may not be
  /// read.
  package static func files(_ path: String) throws -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { return [path] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw ComposeError(
        .permission, path.sanitizedForDisplay, "it may not be read",
        remedy: "Correct its owner or mode")
    }
    let files = names.filter(isRead).sorted().map { "\(path)/\($0)" }
    guard !files.isEmpty else {
      throw ComposeError(
        .noInput, path.sanitizedForDisplay, "there is no policy in it",
        remedy: "Name a directory of policies; their files end in .yaml")
    }
    return files
  }

  /// The policy of `major`; throws `noInput` where there is none, or what is
  /// wrong with a file that might have been it.
  package func entry(major: Int) throws -> Entry {
    if let entry = entries.first(where: { $0.policy.major == major }) { return entry }
    if let problem = problems.first { throw problem }
    let known = entries.map { String($0.policy.major) }.joined(separator: ", ")
    throw ComposeError(
      .noInput, "major version \(major)",
      "no policy in \(directory.sanitizedForDisplay) has it (there: \(known.isEmpty ? "none" : known))",
      remedy: "Add a policy for it, or name another directory with --policies")
  }
}

extension Policy {
  /// Reads and validates one policy file.
  ///
  /// Throws `noInput`, `permission` or `badData`.
  package init(file: String) throws {
    var isDirectory: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory)
    guard !isDirectory.boolValue else {
      throw ComposeError(
        .noInput, file.sanitizedForDisplay, "it is a directory, not a policy file",
        remedy: "Name the file, or use --policies for a directory")
    }
    let data: [UInt8]
    do {
      data = try SmallFile.contents(of: file)
    } catch let error as ComposeError where error.kind == .noInput {
      throw ComposeError(
        .noInput, file.sanitizedForDisplay, "there is no such policy file",
        remedy: "Correct the path")
    } catch let error as ComposeError where error.kind == .permission {
      throw ComposeError(
        .permission, file.sanitizedForDisplay, "it may not be read",
        remedy: "Correct owner and mode of the file, and of the directories above it")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ComposeError(
        .badData, file.sanitizedForDisplay, "it is not UTF-8 text", remedy: "Save it as UTF-8")
    }
    try self.init(text: text, file: file)
  }
}
