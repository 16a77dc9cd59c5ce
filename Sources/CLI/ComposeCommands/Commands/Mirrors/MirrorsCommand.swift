import ArgumentParser

struct MirrorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mirrors", abstract: "What mirrors are told, and what they have.",
    subcommands: [
      MirrorsStatusCommand.self, MirrorsListsCommand.self, MirrorsPrepareCommand.self,
      MirrorsHandoverCommand.self,
    ])
}
