import ReleaseModel

/// Where a command was told to work: command lines that it suggests name the same
/// places, so that a rehearsal never turns into the real thing.
package struct CommandPlaces: Sendable {
  /// `--policies`; nil where it was not given.
  package let policies: String?
  /// `--root`; nil where it was not given.
  package let root: String?

  /// - Parameters:
  ///   - policies: as it was given; nil where it was not.
  ///   - root: as it was given; nil where it was not.
  package init(policies: String? = nil, root: String? = nil) {
    self.policies = policies
    self.root = root
  }

  /// A command line for people to copy.
  ///
  /// - Parameters:
  ///   - words: such as `status 7`.
  ///   - more: further options with values, left out where nil.
  package func commandLine(
    _ words: String, _ more: [(option: String, value: String?)] = []
  ) -> String {
    let places = [("--policies", policies), ("--root", root)]
    return (more + places).reduce("epel-compose \(words)") { line, option in
      option.1.map { "\(line) \(option.0) \($0.shellWord)" } ?? line
    }
  }
}
