import Glibc

extension ComposeError {
  /// Why a file that somebody named cannot be read: exit status and remedy follow from the cause.
  ///
  /// - Parameters:
  ///   - path: as in the message.
  ///   - code: `errno` of the call that failed.
  ///   - missing: what to do where nothing is there.
  package init(
    unreadable path: String, errno code: Int32, missing: String = "Create it, or correct the path"
  ) {
    let (kind, remedy): (Kind, String) =
      switch code {
      case ENOENT, ENOTDIR: (.noInput, missing)
      case EACCES, EPERM: (.permission, "Correct its owner or mode, or run as one who may read it")
      default: (.inputOutput, "Check the disk or mount, then run the command again")
      }
    self.init(
      kind, path.sanitizedForDisplay, "it cannot be read: \(String(cString: strerror(code)))",
      remedy: remedy)
  }
}
