import Foundation
import Glibc
import ReleaseModel

/// One file of an access log, and the server that its path names.
package struct LogFile: Hashable, Sendable {
  /// As it was given, or below a directory that was; `-` for standard input.
  package let path: String
  /// Name of the server.
  package let server: String
  /// Whether a pattern told the name; else it is that of the file.
  package let isTold: Bool

  /// Standard input instead of a file.
  package static let standardInput = "-"

  /// Links below directories that lead to the same file: it is read once.
  package private(set) var links: [String] = []
  /// Whether the path is as a pattern says that was asked for; true where none was.
  package let fits: Bool

  /// The files that `arguments` name, and those below directories among them, by path.
  /// What begins with a dot is left out there.
  ///
  /// Throws `noInput` for what is not there or empty, `permission` for what may not be
  /// read, `usage` for one file that is named twice, in whatever spelling, and for a pattern
  /// that fits none.
  package static func find(_ arguments: [String], pattern: ServerPattern?) throws -> [LogFile] {
    var found: [Found] = []
    for (number, argument) in arguments.enumerated() {
      var status = stat()
      let isInput = argument == standardInput
      guard isInput ? fstat(STDIN_FILENO, &status) == 0 : stat(argument, &status) == 0 else {
        throw LogReader.failure(argument, errno)
      }
      guard !isInput, status.st_mode & S_IFMT == S_IFDIR else {
        found.append(Found(path: argument, status, isLink: false, argument: number))
        continue
      }
      let files = try below(argument, depth: 0, argument: number)
      if files.isEmpty {
        throw ComposeError(
          .noInput, argument.sanitizedForDisplay, "there is no file in it",
          remedy: "Name the directory that has the logs")
      }
      found += files
    }
    let files = try once(found).map { one in
      var file = LogFile(path: one.found.path, pattern)
      file.links = one.others
      return file
    }
    if let example = files.first, files.allSatisfy({ !$0.fits }) {
      throw ComposeError(
        .usage, "--server",
        "it fits none of the files, such as \(example.path.sanitizedForDisplay)",
        remedy: "Write what stands around the name of the server, such as --server "
          + "'{server}/access.log'")
    }
    return files
  }

  /// What must be known of how files were chosen.
  ///
  /// - Parameter pattern: as it was given.
  package static func notes(_ files: [LogFile], pattern: String?) -> [String] {
    var notes: [String] = []
    let others = files.filter { !$0.fits }
    if let pattern, let example = others.first {
      notes.append(
        "--server \(pattern.sanitizedForDisplay) does not fit \(others.count.counted("file")), such as "
          + "\(example.path.sanitizedForDisplay): its server is taken for \(example.server.sanitizedForDisplay)."
      )
    }
    let links = files.flatMap(\.links)
    if let example = links.first {
      notes.append(
        "\(links.count.counted("file")) below the directories, such as \(example.sanitizedForDisplay), "
          + "\(links.count == 1 ? "is" : "are") another name of a log that was read: each was read once."
      )
    }
    return notes
  }

  /// A path, and which file it leads to.
  private struct Found {
    struct Identity: Hashable {
      let device: UInt64
      let inode: UInt64
    }

    let path: String
    let identity: Identity
    /// A symbolic link below a directory.
    let isLink: Bool
    /// Which argument it comes from.
    let argument: Int

    init(path: String, _ status: stat, isLink: Bool, argument: Int) {
      self.path = path
      identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
      self.isLink = isLink
      self.argument = argument
    }
  }

  /// Each file once, with its other names.
  private static func once(_ all: [Found]) throws -> [(found: Found, others: [String])] {
    let names = Dictionary(grouping: all.indices) { all[$0].identity }
    return try all.indices.compactMap { index in
      let same = names[all[index].identity] ?? []
      let direct = same.filter { !all[$0].isLink }
      if let first = direct.first,
        let twice = direct.dropFirst().first(where: { all[$0].argument != all[first].argument })
      {
        let (path, other) = (all[twice].path, all[first].path)
        throw ComposeError(
          .usage, path.sanitizedForDisplay,
          "it is named twice" + (path == other ? "" : ", also as \(other.sanitizedForDisplay)"),
          remedy: "Name each log once")
      }
      guard index == direct.first ?? same.first else { return nil }
      return (all[index], same.filter { $0 != index }.map { all[$0].path })
    }
  }

  private static func below(
    _ directory: String, depth: Int, argument: Int
  ) throws -> [Found] {
    guard depth < 32 else { return [] }
    guard let opened = opendir(directory) else { throw LogReader.failure(directory, errno) }
    defer { closedir(opened) }
    var names: [String] = []
    while let entry = readdir(opened) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return try names.sorted { $0.precedesByBytes($1) }.flatMap { name -> [Found] in
      let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
      var status = stat()
      // A link that leads nowhere is no log; one to a directory may lead in a circle.
      guard lstat(path, &status) == 0 else { return [] }
      if status.st_mode & S_IFMT == S_IFDIR {
        return try below(path, depth: depth + 1, argument: argument)
      }
      let isLink = status.st_mode & S_IFMT == S_IFLNK
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
      return [Found(path: path, status, isLink: isLink, argument: argument)]
    }
  }

  private init(path: String, _ pattern: ServerPattern?) {
    self.path = path
    let named = pattern?.server(in: path)
    fits = pattern == nil || named != nil
    if let named {
      (server, isTold) = (named, true)
    } else if let name = ServerPattern.byDate.server(in: path) {
      (server, isTold) = (name, true)
    } else {
      (server, isTold) = (ServerPattern.ofFile(path), false)
    }
  }
}
