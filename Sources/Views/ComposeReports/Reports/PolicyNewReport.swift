package import ReleaseModel

/// The policy of a new stream, as it was written or would be.
package struct PolicyNewReport: Report, Encodable {
  /// Path of the file.
  package let file: String
  /// Name of the stream.
  package let stream: String
  /// Whether no file was written.
  package let dryRun: Bool
  /// The YAML text of the file.
  package let policy: String
  /// What is valid, but to be decided yet.
  package let warnings: [Finding]
  /// What to do next, one sentence each.
  package let next: [String]

  /// - Parameter policy: YAML, with comments.
  package init(
    file: String, stream: String, dryRun: Bool, policy: String, warnings: [Finding], next: [String]
  ) {
    self.file = file
    self.stream = stream
    self.dryRun = dryRun
    self.policy = policy
    self.warnings = warnings
    self.next = next
  }

  /// Where it is, what is left to decide, and what to do next; of a dry run the file alone,
  /// so that it can be redirected.
  package func text(_ style: TextStyle) -> String {
    if dryRun { return policy }
    return style.paint("Wrote \(file.sanitizedForDisplay)", .good)
      + ": the policy of \(stream.sanitizedForDisplay)\n"
      + FindingsText.section("Warnings", of: warnings, as: .attention, in: style)
      + next.map { "Next: \($0)\n" }.joined()
  }
}
