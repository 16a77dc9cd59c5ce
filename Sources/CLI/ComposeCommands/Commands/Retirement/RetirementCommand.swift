import ArgumentParser

struct RetirementCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retirement", abstract: "State and lifetime of packages; how to retire one.",
    subcommands: [
      RetirementShowCommand.self, RetirementAnnounceCommand.self,
      RetirementAcknowledgeCommand.self,
    ], defaultSubcommand: RetirementShowCommand.self)
}
