import Foundation
import Glibc

/// Copies of directories that cost little: files are hard links of the
/// originals, since the program never writes into a file that has a name in a
/// tree. What it does write into, ledgers and locks, is copied.
package enum LinkedCopy {
  /// Makes the directory `target` with all that is below `source`, which is on
  /// the same file system.
  package static func make(of source: String, at target: String) throws {
    var status = stat()
    try check(lstat(source, &status), source)
    try check(mkdir(target, status.st_mode & 0o7777), target)
    for name in try names(in: source) {
      let (from, to) = ("\(source)/\(name)", "\(target)/\(name)")
      if try isDirectory(from) {
        try make(of: from, at: to)
      } else if name.contains(".sqlite") || name.hasSuffix(".lock") {
        try FileManager.default.copyItem(atPath: from, toPath: to)
      } else {
        // A symbolic link is not followed, but gets a further name like a file.
        try check(linkat(AT_FDCWD, from, AT_FDCWD, to, 0), to)
      }
    }
    let times = [status.st_atim, status.st_mtim]
    try check(utimensat(AT_FDCWD, target, times, 0), target)
  }

  /// Removes a directory with all that is below it; it may be missing.
  package static func remove(_ path: String) throws {
    guard access(path, F_OK) == 0 else { return }
    for name in try names(in: path) {
      let inner = "\(path)/\(name)"
      if try isDirectory(inner) { try remove(inner) } else { try check(unlink(inner), inner) }
    }
    try check(rmdir(path), path)
  }

  private static func isDirectory(_ path: String) throws -> Bool {
    var status = stat()
    try check(lstat(path, &status), path)
    return status.st_mode & S_IFMT == S_IFDIR
  }

  private static func names(in path: String) throws -> [String] {
    guard let directory = opendir(path) else { throw failure(path) }
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

  private static func check(_ result: Int32, _ path: String) throws {
    if result != 0 { throw failure(path) }
  }

  private static func failure(_ path: String) -> Shell.Failure {
    Shell.Failure(description: "\(path): \(String(cString: strerror(errno)))")
  }
}
