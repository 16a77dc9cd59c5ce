import ArgumentParser

struct MirrorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mirrors", abstract: "What rsync mirrors and MirrorManager are told.",
    subcommands: [MirrorsListsCommand.self, MirrorsPrepareCommand.self])
}
