import ArgumentParser

/// `archive RELEASE`, and what keeps the archive for decades. A release ID begins with a digit, so
/// no subcommand can be taken for one.
struct ArchiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Put a superseded release below the archive root; keep it.",
    subcommands: [
      ArchiveReleaseCommand.self, ArchiveVerifyCommand.self, ArchiveLinkCommand.self,
      ArchiveIndexCommand.self, ArchiveCopyCommand.self,
    ], defaultSubcommand: ArchiveReleaseCommand.self)
}
