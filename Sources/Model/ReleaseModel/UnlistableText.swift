/// A text of an RPM's header that repository metadata cannot hold: metadata is XML
/// 1.0 in UTF-8. An RPM that has one can be in no repository.
package struct UnlistableText: Hashable, Sendable {
  /// Which text it is, such as `the summary`.
  package let field: String
  /// What is wrong with it, such as `has the control character U+001B`.
  package let problem: String

  /// Both are parts of a sentence: `field problem`.
  package init(field: String, problem: String) {
    self.field = field
    self.problem = problem
  }
}

extension RPMFile {
  /// What stands in the way of a repository that shall have it; nil where metadata
  /// can hold all that it says.
  package var unlistableFinding: Finding? {
    guard !unlistable.isEmpty else { return nil }
    let shown = unlistable.prefix(4).map { "\($0.field) \($0.problem)" }
    let more = unlistable.count - shown.count
    return Finding(
      code: "unlistable",
      message: "\(fileName) cannot be listed in metadata: \(shown.joined(separator: "; "))"
        + (more > 0 ? "; and \(more) more" : ""),
      remedy: "Correct the text in the spec file and build it anew; until then untag the build or "
        + "take its files out of the directory, or leave it out of a push with --skip",
      package: package, rpms: [nevra.description])
  }
}
