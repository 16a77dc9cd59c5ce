/// An error as a person needs it: the thing, the cause, the remedy.
///
/// The kind decides the exit status, and nothing else does.
package struct ComposeError: Error, Hashable, Sendable {
  /// Exit statuses follow `sysexits.h` where it has a word for it.
  package enum Kind: Int32, Sendable {
    /// Something outside of the program did not do what it should.
    case failed = 1
    /// The command would be wrong now; the findings say why.
    case refused = 2
    /// The command line is wrong (EX_USAGE).
    case usage = 64
    /// A file is damaged or not what it should be (EX_DATAERR).
    case badData = 65
    /// Something that was named is not there (EX_NOINPUT).
    case noInput = 66
    /// A server or mount does not answer (EX_UNAVAILABLE).
    case unavailable = 69
    /// Something is in the way of a file or link (EX_CANTCREAT).
    case cannotCreate = 73
    /// A disk failed or is full (EX_IOERR).
    case inputOutput = 74
    /// Another command is changing the stream; try again (EX_TEMPFAIL).
    case locked = 75
    /// The user or the hub's account may not do it (EX_NOPERM).
    case permission = 77
    /// Ctrl-C or SIGTERM, as a shell reports SIGINT.
    case interrupted = 130
  }

  /// What went wrong in general; decides the exit status.
  package let kind: Kind
  /// The file, release or option that is wrong.
  package let thing: String
  /// What is wrong with it.
  package let cause: String
  /// What to do about it.
  package let remedy: String
  /// Each thing that was found, where one sentence cannot hold them all.
  package let findings: [Finding]

  /// `thing`, `cause` and `remedy` have no full stop at their end: the message
  /// joins them. Passwords in URLs that they quote are left out.
  ///
  /// - Parameter findings: one for each problem, where there are several.
  package init(
    _ kind: Kind, _ thing: String, _ cause: String, remedy: String, findings: [Finding] = []
  ) {
    self.kind = kind
    self.thing = thing.withoutPassword
    self.cause = cause.withoutPassword
    self.remedy = remedy.withoutPassword
    self.findings = findings
  }
}

extension ComposeError: CustomStringConvertible {
  /// One line: `thing: cause. remedy.`
  package var description: String { "\(thing): \(cause). \(CommandInText.ended(remedy))" }
}
