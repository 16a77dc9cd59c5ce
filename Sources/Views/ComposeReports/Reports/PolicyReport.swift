package import ReleaseModel

/// The verdict on policy files.
package struct PolicyCheckReport: Report, Encodable {
  /// Whether every file is valid; warnings do not count.
  package let passed: Bool
  /// Sorted as they were given.
  package let files: [File]

  /// ``passed`` follows from `files`.
  package init(files: [File]) {
    self.files = files
    passed = files.allSatisfy { $0.problem == nil }
  }

  /// The verdict on one file.
  package struct File: Encodable, Sendable {
    /// Path as it was given.
    package let file: String
    /// Name of its stream; null where the file is not valid.
    @OrNull package var stream: String?
    /// Why it is not valid; null where it is.
    @OrNull package var problem: Finding?
    /// What is valid but odd.
    package let warnings: [Finding]

    /// - Parameter problem: nil where the file is valid.
    package init(file: String, stream: String?, problem: Finding?, warnings: [Finding]) {
      self.file = file
      self.stream = stream
      self.problem = problem
      self.warnings = warnings
    }
  }

  /// One line a file, with its problem or warnings below.
  package func text(_ style: TextStyle) -> String {
    files.map { file in
      if let problem = file.problem {
        return style.paint("FAILED", .bad) + "  "
          + problem.message.indented("        ", in: style).drop { $0 == " " }
          + CommandInText.ended(problem.remedy).indented("        ", in: style)
      }
      return style.paint("valid", .good) + "   \(file.file) (\(file.stream ?? ""))\n"
        + FindingsText.section("Warnings", of: file.warnings, as: .attention, in: style)
    }.joined()
  }
}

/// A policy with its defaults filled in.
package struct PolicyShowReport: Report, Encodable {
  /// Path of the policy file.
  package let file: String
  /// The policy as YAML, itself a valid policy file.
  package let policy: String

  /// - Parameter policy: YAML with every default filled in.
  package init(file: String, policy: String) {
    self.file = file
    self.policy = policy
  }

  /// The YAML alone, so that it can be redirected into a file.
  package func text(_ style: TextStyle) -> String { policy }
}
