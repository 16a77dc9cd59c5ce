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

  /// The files that `arguments` name, and those below directories among them, by path.
  /// What begins with a dot is left out there.
  ///
  /// Throws `noInput` for what is not there or empty, `permission` for what may not be
  /// read, `usage` for one file that is named twice.
  package static func find(_ arguments: [String], pattern: ServerPattern?) throws -> [LogFile] {
    var files: [LogFile] = []
    for argument in arguments {
      if argument == standardInput {
        files.append(LogFile(path: argument, pattern))
        continue
      }
      var status = stat()
      guard stat(argument, &status) == 0 else { throw LogReader.failure(argument, errno) }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        files.append(LogFile(path: argument, pattern))
        continue
      }
      let found = try below(argument, depth: 0)
      if found.isEmpty {
        throw ComposeError(
          .noInput, argument.sanitizedForDisplay, "there is no file in it",
          remedy: "Name the directory that has the logs")
      }
      files += found.map { LogFile(path: $0, pattern) }
    }
    if let twice = Dictionary(grouping: files, by: \.path).first(where: { $0.value.count > 1 }) {
      throw ComposeError(
        .usage, twice.key.sanitizedForDisplay, "it is named twice", remedy: "Name each log once")
    }
    return files
  }

  private static func below(_ directory: String, depth: Int) throws -> [String] {
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
    return try names.sorted { $0.precedesByBytes($1) }.flatMap { name -> [String] in
      let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
      var status = stat()
      // A link that leads nowhere is no log; one to a directory may lead in a circle.
      guard lstat(path, &status) == 0 else { return [] }
      if status.st_mode & S_IFMT == S_IFDIR { return try below(path, depth: depth + 1) }
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
      return [path]
    }
  }

  private init(path: String, _ pattern: ServerPattern?) {
    self.path = path
    if let pattern, let name = pattern.server(in: path) {
      (server, isTold) = (name, true)
    } else if let name = ServerPattern.byDate.server(in: path) {
      (server, isTold) = (name, true)
    } else {
      (server, isTold) = (ServerPattern.ofFile(path), false)
    }
  }
}
