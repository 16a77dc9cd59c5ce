import Glibc
import ReleaseModel

/// Makes system calls: those that change a file system as a ``Mutation``,
/// those that only look as a closure. One place means one rule for `EINTR`,
/// one wording for errors, and one point where a fault can be injected.
enum SystemCall {
  /// Makes a call that changes something; throws what errno says.
  ///
  /// - Parameters:
  ///   - doing: what for, such as `removing it`, for the message.
  ///   - expected: values of errno that the caller handles itself.
  ///
  /// Returns what the call returns, or the negated errno where it is one of
  /// `expected`.
  @discardableResult
  static func mutate(
    _ mutation: Mutation, doing: String, at path: @autoclosure () -> String,
    expecting expected: [Int32] = []
  ) throws -> Int32 {
    while true {
      let result = attempt(mutation)
      if result >= 0 { return result }
      let code = -result
      if expected.contains(code) { return result }
      // A flush is never repeated: after a failed fsync the kernel may have
      // dropped the pages, and a second one would succeed without them.
      if code != EINTR || mutation.isFlush {
        throw ComposeError(systemError: code, doing: doing, path: path())
      }
    }
  }

  /// One attempt: the result, or the negated errno.
  private static func attempt(_ mutation: Mutation) -> Int32 {
    let observer = FaultPoint.observer
    switch observer?.fault(before: mutation) {
    case .error(let code): return -code
    case .leftOut where mutation.isFlush: return 0
    case .leftOut, nil: break
    }
    let result = mutation()
    guard result >= 0 else { return -errno }
    observer?.made(mutation, result: result)
    return result
  }

  /// Makes a call that changes nothing; throws what errno says.
  @discardableResult
  static func inspect(
    doing: String, at path: @autoclosure () -> String, _ call: () -> Int32
  ) throws -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw ComposeError(systemError: code, doing: doing, path: path()) }
    }
  }
}
