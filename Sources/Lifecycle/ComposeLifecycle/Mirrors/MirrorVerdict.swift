import ComposeStream
import ReleaseLedger
package import ReleaseModel

/// What a gate that asks mirrors has found, and whether a person goes on in spite of it.
package struct MirrorVerdict: Sendable {
  /// Why the command should not go on; empty where it may.
  package let findings: [Finding]
  /// The person's reason; nil where nobody gave one.
  package let reason: String?

  /// A gate that nobody asked.
  package static let unasked = MirrorVerdict(findings: [], reason: nil)

  init(findings: [Finding], reason: String?) {
    self.findings = findings
    self.reason = reason
  }

  /// Asks a gate.
  ///
  /// Throws what it does, unless a person gave a reason to go on: then a server that does
  /// not answer is one more thing that was overridden.
  ///
  /// - Parameter reason: of `--skip-mirrors`; nil without it.
  package init(skipping reason: String?, _ gate: () throws -> [Finding]) throws {
    do {
      self.init(findings: try gate(), reason: reason)
    } catch let error as ComposeError where error.kind == .unavailable && reason != nil {
      self.init(
        findings: [
          Finding(
            code: "mirrors-unknown", message: "\(error.thing): \(error.cause)", remedy: error.remedy
          )
        ], reason: reason)
    }
  }

  /// The override that the ledger keeps; nil where none was needed.
  ///
  /// Throws `refused` where the gate has found something and nobody gave a reason.
  ///
  /// - Parameter thing: what is refused, such as `promote 7.07.201908`.
  func override(_ thing: String, in stream: StreamContext) throws -> GateOverride? {
    guard let first = findings.first else { return nil }
    guard let reason else {
      try findings.requireNone(thing)
      return nil
    }
    let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
    return GateOverride(
      gate: "mirrors", reason: "\(first.message)\(more): \(reason)",
      operatorName: stream.operatorName, at: stream.time.now)
  }
}
