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
    for name in FileTree.names(in: source) ?? [] {
      let (from, to) = ("\(source)/\(name)", "\(target)/\(name)")
      if FileTree.kind(of: from) == .directory {
        try make(of: from, at: to)
      } else if name.contains(".sqlite") || name.hasSuffix(".lock") {
        try FileManager.default.copyItem(atPath: from, toPath: to)
      } else {
        // A symbolic link is not followed, but gets a further name like a file.
        try check(linkat(AT_FDCWD, from, AT_FDCWD, to, 0), to)
      }
    }
    try check(utimensat(AT_FDCWD, target, [status.st_atim, status.st_mtim], 0), target)
  }

  /// Removes a directory with all that is below it; it may be missing.
  package static func remove(_ path: String) throws {
    guard let names = FileTree.names(in: path) else { return }
    for name in names {
      let inner = "\(path)/\(name)"
      if FileTree.kind(of: inner) == .directory {
        try remove(inner)
      } else {
        try check(unlink(inner), inner)
      }
    }
    try check(rmdir(path), path)
  }

  private static func check(_ result: Int32, _ path: String) throws {
    guard result != 0 else { return }
    throw Shell.Failure(description: "\(path): \(String(cString: strerror(errno)))")
  }
}
