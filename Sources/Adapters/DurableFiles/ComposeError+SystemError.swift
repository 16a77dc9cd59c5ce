import Glibc
package import ReleaseModel

extension ComposeError {
  /// What errno means to a person: the exit status and the remedy follow
  /// from the cause.
  package init(systemError code: Int32, doing: String, path: String) {
    let kind: Kind
    let remedy: String
    switch code {
    case ENOENT:
      (kind, remedy) = (.noInput, "Create it, or correct the path")
    case EACCES, EPERM:
      (kind, remedy) = (.permission, "Run as a user who may, or correct its owner and mode")
    case EROFS:
      (kind, remedy) = (.cannotCreate, "Mount the file system read-write, or use another root")
    case EEXIST, ENOTDIR, EISDIR, ELOOP, ENOTEMPTY:
      (kind, remedy) = (
        .cannotCreate, "Look at what is there, and move it away if it is not needed"
      )
    case ENOSPC, EDQUOT:
      (kind, remedy) = (.inputOutput, "Free space or inodes there, then run the command again")
    case EFBIG:
      (kind, remedy) = (
        .inputOutput,
        "Raise the limit on the size of files (RLIMIT_FSIZE, ulimit -f), or use another file system"
      )
    case EMFILE, ENFILE:
      (kind, remedy) = (
        .inputOutput,
        "Raise the limit on open files (RLIMIT_NOFILE, ulimit -n), or end other programs"
      )
    default:
      (kind, remedy) = (.inputOutput, "Check the disk or mount, then run the command again")
    }
    self.init(
      kind, path.sanitizedForDisplay, "\(doing) failed: \(String(cString: strerror(code)))",
      remedy: remedy)
  }
}
