import Foundation
import Glibc

/// What is below a directory, read by system calls: sweeps look at the same few
/// dozen files thousands of times.
enum FileTree {
  enum Kind {
    case directory, file, link
  }

  /// Names in `path`; nil where it is no directory that can be read.
  static func names(in path: String) -> [String]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Nil where there is nothing.
  static func kind(of path: String) -> Kind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFLNK: return .link
    default: return .file
    }
  }

  /// Calls `body` with each path below `top`, relative to it; no link is
  /// followed.
  static func walk(_ top: String, _ body: (_ path: String, _ kind: Kind) throws -> Void) rethrows {
    try walk(top, "", body)
  }

  private static func walk(
    _ top: String, _ inner: String, _ body: (String, Kind) throws -> Void
  ) rethrows {
    for name in names(in: top + inner) ?? [] {
      let path = "\(inner)/\(name)"
      guard let kind = kind(of: top + path) else { continue }
      try body(String(path.dropFirst()), kind)
      if kind == .directory { try walk(top, path, body) }
    }
  }

  /// What a symbolic link says.
  static func target(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// All bytes of a file; nil where it cannot be read.
  static func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      count = max(0, read(file, buffer.baseAddress, buffer.count))
    }
  }
}
