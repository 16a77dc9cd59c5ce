import Foundation
import Testing

extension Installation {
  /// Calls that change a file system, and opens that could.
  private static let mutating = [
    "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "rename", "renameat", "renameat2", "link",
    "linkat", "symlink", "symlinkat", "truncate", "ftruncate", "fallocate", "chmod", "fchmod",
    "fchmodat", "chown", "fchown", "fchownat", "lchown", "utimensat", "creat", "mknod", "mknodat",
    "copy_file_range", "fsync", "fdatasync", "syncfs", "flock", "setxattr", "fsetxattr",
  ]

  /// Calls of a successful run that change something below its directory, as
  /// strace shows them.
  package func changes(_ arguments: [String]) throws -> [String] {
    let trace = scratch.path("trace")
    let calls = (Self.mutating + ["open", "openat", "openat2"]).map { "?" + $0 }
    let outcome = try Shell.run(
      "strace",
      [
        "-f", "-y", "-qq", "-e", "trace=" + calls.joined(separator: ","), "-o", trace,
        Self.program,
      ] + arguments + [
        "--root", root, "--policies", policies, "--no-progress",
      ],
      directory: scratch.url)
    #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
    #expect(lines.contains { $0.contains("openat(") }, "strace saw nothing at all")
    return lines.map(String.init).filter { line in
      // Where the process stands says nothing of an absolute path.
      let line = line.replacing(/AT_FDCWD<[^>]*>, "\//, with: "\"/")
      guard line.contains(scratch.path) else { return false }
      if line.contains("open") {
        return ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].contains { line.contains($0) }
      }
      return true
    }
  }
}
