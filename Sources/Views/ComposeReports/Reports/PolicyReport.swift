package import ReleaseModel

/// The verdict on policy files.
package struct PolicyCheckReport: Report, Encodable {
  package let passed: Bool
  package let files: [File]

  package init(files: [File]) {
    self.files = files
    passed = files.allSatisfy { $0.problem == nil }
  }

  package struct File: Encodable, Sendable {
    package let file: String
    @OrNull package var stream: String?
    /// Why it is not valid; null where it is.
    @OrNull package var problem: Finding?
    package let warnings: [Finding]

    package init(file: String, stream: String?, problem: Finding?, warnings: [Finding]) {
      self.file = file
      self.stream = stream
      self.problem = problem
      self.warnings = warnings
    }
  }

  package func text(_ style: TextStyle) -> String {
    files.map { file in
      if let problem = file.problem {
        return style.paint("FAILED", .bad) + "  \(problem.message)\n"
          + "\(problem.remedy).".indented("        ", to: style.width)
      }
      return style.paint("valid", .good) + "   \(file.file) (\(file.stream ?? ""))\n"
        + FindingsText.section("Warnings", file.warnings, .attention, style)
    }.joined()
  }
}

/// A policy with its defaults filled in.
package struct PolicyShowReport: Report, Encodable {
  package let file: String
  /// The policy as YAML, itself a valid policy file.
  package let policy: String

  package init(file: String, policy: String) {
    self.file = file
    self.policy = policy
  }

  package func text(_ style: TextStyle) -> String { policy }
}
