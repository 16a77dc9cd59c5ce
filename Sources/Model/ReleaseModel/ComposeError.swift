/// An error as a person needs it: the thing, the cause, the remedy.
///
/// The kind decides the exit status, and nothing else does.
package struct ComposeError: Error, Hashable, Sendable {
  /// Exit statuses follow `sysexits.h` where it has a word for it.
  package enum Kind: Int32, Sendable {
    case failed = 1
    case refused = 2
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case cannotCreate = 73
    case inputOutput = 74
    case locked = 75
    case permission = 77
    case interrupted = 130
  }

  package let kind: Kind
  /// The file, release or option that is wrong.
  package let thing: String
  /// What is wrong with it.
  package let cause: String
  /// What to do about it.
  package let remedy: String
  /// Each thing that was found, where one sentence cannot hold them all.
  package let findings: [Finding]

  package init(
    _ kind: Kind, _ thing: String, _ cause: String, remedy: String, findings: [Finding] = []
  ) {
    self.kind = kind
    self.thing = thing
    self.cause = cause
    self.remedy = remedy
    self.findings = findings
  }
}

extension ComposeError: CustomStringConvertible {
  package var description: String { "\(thing): \(cause). \(remedy)." }
}
