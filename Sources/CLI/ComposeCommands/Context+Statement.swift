import ComposeLifecycle
import ComposeStream
import ReleaseModel

extension Context {
  /// Writes the statement of what is current anew where it says something else, or has less
  /// than half of its time left. What cannot be signed ends the command with its own status,
  /// unless that has failed already; mirrors are told all the same.
  ///
  /// - Parameter tell: what follows.
  func renewStatement(
    in stream: StreamContext, after result: Result<Void, any Error>, then tell: () throws -> Void
  ) throws {
    var failure: ComposeError?
    do {
      try StatementPublication(stream)?.renew()
    } catch let error as ComposeError where error.kind != .interrupted {
      failure = ComposeError(
        error.kind, error.thing,
        "\(error.cause). What the command did is done and stays; the statement of what is current "
          + "is not renewed",
        remedy: error.remedy + "; then: " + commandLine("mirrors lists \(stream.policy.major)"),
        findings: error.findings)
    }
    try tell()
    guard let failure else { return }
    if case .success = result { throw failure }
    warn("\(failure)")
  }
}
