import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

extension Context {
  /// Writes the statement of what is current anew where it says something else, or has less
  /// than half of its time left.
  ///
  /// Returns the error of one that cannot be written, for when mirrors have been told: nothing
  /// else depends on it.
  ///
  /// - Parameter followsChange: whether a command has done something before that.
  func renewStatement(
    in stream: StreamContext, followsChange: Bool = true
  ) throws -> ComposeError? {
    do {
      try StatementPublication(stream)?.renew()
      return nil
    } catch let error as ComposeError where error.kind != .interrupted {
      return ComposeError(
        error.kind, error.thing,
        error.cause + (followsChange ? ". What the command did is done and stays" : "")
          + "; the statement of what is current is not renewed",
        remedy: error.remedy + "; then: " + commandLine("mirrors lists \(stream.policy.major)"),
        findings: error.findings)
    }
  }

  /// Writes the documents of the archive anew where they are not what they should be. What
  /// cannot be written is a warning: nothing else depends on it.
  func renewArchiveIndex(in stream: StreamContext) throws {
    do {
      guard try stream.ledger.openOperation() == nil else { return }
      try ArchiveIndex(stream)?.renew()
    } catch let error as ComposeError where error.kind != .interrupted {
      warn(
        "the archive's manifest and page are not renewed: \(error.thing): \(error.cause). Write "
          + "them with: " + commandLine("archive index \(stream.policy.major)"))
    }
  }
}
