/// Where a command was told to work: command lines that it suggests name the same
/// places, so that a rehearsal never turns into the real thing.
package struct CommandPlaces: Sendable {
  /// `--policies`; nil where it was not given.
  package let policies: String?
  /// `--root`; nil where it was not given.
  package let root: String?
  /// Each `--rpms`, as it was given.
  package let rpms: [String]

  /// - Parameters:
  ///   - policies: as it was given; nil where it was not.
  ///   - root: as it was given; nil where it was not.
  ///   - rpms: each as it was given.
  package init(policies: String? = nil, root: String? = nil, rpms: [String] = []) {
    self.policies = policies
    self.root = root
    self.rpms = rpms
  }

  /// A command line for people to copy.
  ///
  /// - Parameters:
  ///   - words: such as `status 7`.
  ///   - more: further options with values, left out where nil.
  package func commandLine(
    _ words: String, _ more: [(option: String, value: String?)] = []
  ) -> String {
    completed(
      command: more.reduce("epel-compose \(words)") { line, option in
        option.1.map { "\(line) \(option.0) \($0.shellWord)" } ?? line
      })
  }

  /// `text`, with these places in each command line of this program that it has and that
  /// does not name them itself.
  package func completed(_ text: String) -> String {
    if policies == nil, root == nil, rpms.isEmpty { return text }
    return CommandInText.rewritten(text, completed(command:))
  }

  /// The same of one command line.
  private func completed(command: String) -> String {
    let words = command.split(separator: " ").dropFirst().map(String.init)
    // What needs no places: a file alone, or the program itself.
    if words.first == "help" || words.contains("--help") || words.prefix(2) == ["policy", "check"] {
      return command
    }
    var options: [(String, String)] = []
    if Self.takesBuilds(words) { options = rpms.map { ("--rpms", $0) } }
    if let policies { options.append(("--policies", policies)) }
    if let root { options.append(("--root", root)) }
    return options.filter { !words.contains($0.0) }.reduce(command) { line, option in
      "\(line) \(option.0) \(option.1.shellWord)"
    }
  }

  /// Whether a command asks what builds are live, which `--rpms` answers.
  private static func takesBuilds(_ words: [String]) -> Bool {
    switch words.first {
    case "plan", "compose": true
    case "update": !words.contains("--withdraw") && !words.contains("--undo")
    case "retirement": words.dropFirst().first == "acknowledge"
    default: false
    }
  }

  /// By which an encoder is told of them: ``Finding`` then names them in its command lines.
  package static let key = CodingUserInfoKey(rawValue: "CommandPlaces")
}
