import Glibc
import ReleaseModel

/// Every system call of this target that changes a file system goes through
/// ``mutate(_:_:_:)``, ``mutate(_:_:expecting:_:)`` or ``flush(_:_:)``, and
/// those that only look through ``inspect(_:_:_:)``.
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

  /// Runs a call that changes something and may fail in ways the caller
  /// expects: returns 0 or more, or the negated errno where it is one of
  /// `expected`; throws any other.
  static func mutate(
    _ doing: String, _ path: String, expecting expected: [Int32], _ call: () -> Int32
  ) throws -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      let code = errno
      if expected.contains(code) { return -code }
      if code != EINTR { throw ComposeError(systemError: code, doing: doing, path: path) }
    }
  }

  /// Flushes to the device. Unlike other calls it is never repeated: after a
  /// failed fsync the kernel may have dropped the pages, and a second one
  /// would succeed without them.
  static func flush(_ path: String, _ call: () -> Int32) throws {
    guard call() == 0 else {
      throw ComposeError(systemError: errno, doing: "making it durable", path: path)
    }
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
