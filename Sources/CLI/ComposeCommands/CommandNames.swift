import ArgumentParser
import ReleaseModel

/// Commands as people type them.
enum CommandNames {
  /// Throws `usage`, with the command that was probably meant, where the first argument is
  /// no command, or `help` is asked about one that is none.
  static func require(_ arguments: some Collection<String>) throws {
    guard let first = arguments.first, !first.hasPrefix("-") else { return }
    if first == "help" {
      guard let second = arguments.dropFirst().first, !second.hasPrefix("-") else { return }
      return try require(second)
    }
    try require(first)
  }

  private static func require(_ name: String) throws {
    let known = all
    if known.contains(name) { return }
    let meant = NearestName.of(name, among: known).map { "Did you mean '\($0)'? " } ?? ""
    throw ComposeError(
      .usage, "command '\(name.sanitizedForDisplay)'", "there is no such command",
      remedy: meant + "All of them: epel-compose help")
  }

  private static var all: [String] {
    let configuration = EpelCompose.configuration
    return (configuration.groupedSubcommands.flatMap(\.subcommands) + configuration.subcommands)
      .map { $0._commandName }
  }
}
