import ArgumentParser
import ReleaseModel

/// Commands as people type them.
enum CommandNames {
  /// Throws `usage`, with the command that was probably meant, where a word is no command,
  /// or `help` is asked about one that is none.
  static func require(_ arguments: some Collection<String>) throws {
    var words = arguments.prefix { !$0.hasPrefix("-") }.map { $0 }
    if words.first == "help" { words.removeFirst() }
    var command: any ParsableCommand.Type = EpelCompose.self
    var path: [String] = []
    for word in words {
      let configuration = command.configuration
      let known =
        configuration.groupedSubcommands.flatMap(\.subcommands)
        + configuration.subcommands
      // Else it is an argument.
      if known.isEmpty { return }
      if let next = known.first(where: { $0._commandName == word }) {
        command = next
        path.append(word)
        continue
      }
      if configuration.defaultSubcommand != nil { return }
      throw unknown(word, below: path, among: known.map { $0._commandName })
    }
  }

  private static func unknown(
    _ word: String, below path: [String], among known: [String]
  ) -> ComposeError {
    let meant = NearestName.of(word, among: known).map { "Did you mean '\($0)'? " } ?? ""
    return ComposeError(
      .usage, "command '\((path + [word]).joined(separator: " ").sanitizedForDisplay)'",
      "there is no such command",
      remedy: meant + "All of them: " + (["epel-compose help"] + path).joined(separator: " "))
  }
}
