import Glibc
import ReleaseModel

/// Every system call of this target that changes a file system goes through
/// ``mutate(_:_:_:)``, and those that only look through ``inspect(_:_:_:)``.
///
/// One place means one rule for `EINTR`, one wording for errors, and one
/// point where a fault can be injected.
enum SystemCall {
  /// Runs a call that changes something; throws what errno says.
  @discardableResult
  static func mutate(
    _ doing: String, _ path: String, _ call: () -> Int32
  ) throws -> Int32 {
    try run(doing, path, call)
  }

  /// Runs a call that changes nothing.
  @discardableResult
  static func inspect(
    _ doing: String, _ path: String, _ call: () -> Int32
  ) throws -> Int32 {
    try run(doing, path, call)
  }

  private static func run(_ doing: String, _ path: String, _ call: () -> Int32) throws -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw ComposeError(systemError: code, doing: doing, path: path) }
    }
  }
}

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
    default:
      (kind, remedy) = (.inputOutput, "Check the disk or mount, then run the command again")
    }
    self.init(
      kind, path.sanitizedForDisplay, "\(doing) failed: \(String(cString: strerror(code)))",
      remedy: remedy)
  }
}
