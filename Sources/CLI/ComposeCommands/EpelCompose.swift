package import ArgumentParser
import Digests
import DurableFiles
import Glibc
import ReleaseModel

/// The whole command line; the executable only calls ``run()``.
package struct EpelCompose: AsyncParsableCommand {
  /// Name, help and the subcommands in their groups; shell completion and usage
  /// are made from it.
  package static let configuration = CommandConfiguration(
    commandName: "epel-compose",
    abstract: "Cut, publish, update and archive EPEL minor-release composes.",
    discussion: """
      Every command that changes something has --dry-run, which writes nothing at all. \
      With --root DIR the whole life of a release can be tried in an empty directory.

      Exit status: 0 done and durable, 1 failed, 2 refused (nothing changed), 64 usage, \
      65 bad data, 66 input does not exist, 69 service unavailable, 73 output cannot be created, \
      74 I/O error, 75 another operator holds the lock, 77 permission, 130 interrupted.
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Making a release",
        subcommands: [
          PlanCommand.self, ComposeCommand.self, BranchCommand.self, CheckCommand.self,
          PublishCommand.self, PromoteCommand.self,
        ]),
      CommandGroup(
        name: "Keeping it",
        subcommands: [
          UpdateCommand.self, RollbackCommand.self, ArchiveCommand.self, RestoreCommand.self,
          AbandonCommand.self, EndCommand.self, MirrorsCommand.self,
        ]),
      CommandGroup(
        name: "Asking",
        subcommands: [
          RetirementCommand.self, SiteCommand.self, StatusCommand.self, HistoryCommand.self,
          DiffCommand.self, LogsCommand.self, VerifyCommand.self, PolicyCommand.self,
        ]),
    ])

  /// Required by `ParsableCommand`.
  package init() {}

  /// The whole program: ``run()`` on the thread of the process.
  ///
  /// - Parameter scope: calls its argument, in whatever a test needs around it.
  package static func main(
    within scope: @escaping @Sendable (@Sendable () async -> Void) async -> Void = { await $0() }
  ) {
    Exhaustion.watch()
    Exhaustion.returnLargeBlocks()
    CommandThread.run { await scope { await run() } }
  }

  /// Parses the arguments of the process, runs the command, and exits.
  private static func run() async {
    ProcessEnvironment.settle()
    do {
      try Interruption.watch { Diagnostic.error($0) }
      // Libraries make some of their own, and not all of them can do without.
      try WorkingThread.require(2)
    } catch let error as ComposeError {
      Diagnostic.error(error)
      Glibc.exit(error.kind.rawValue)
    } catch {
      EpelCompose.exit(withError: error)
    }
    // Where the reader of a pipe goes away, writing fails with an error instead
    // of ending the process by SIGPIPE.
    signal(SIGPIPE, SIG_IGN)
    do {
      try MessageDigest.requireAlgorithms()
      try CommandNames.require(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as ComposeError {
      func report() { Diagnostic.error(RootSuggestion.added(to: error)) }
      if error.kind == .interrupted { Interruption.tell(report) } else { report() }
      Glibc.exit(error.kind.rawValue)
    } catch is StandardStream.ReaderGone {
      Glibc.exit(ComposeError.Kind.inputOutput.rawValue)
    } catch {
      tell(error)
    }
  }

  /// Ends as the argument parser would; what is wrong with the arguments is told as all
  /// other errors are, and help that cannot be written is an error as well.
  private static func tell(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    switch code {
    case .validationFailure:
      let prefix = "Error: "
      Diagnostic.wrongUsage(
        ValueSuggestion.added(to: message(for: error)),
        text.hasPrefix(prefix)
          ? "epel-compose: " + ValueSuggestion.added(to: String(text.dropFirst(prefix.count)))
          : text)
      Glibc.exit(ComposeError.Kind.usage.rawValue)
    case .success:
      do {
        try StandardStream.writeResult(Array((text.isEmpty ? "" : text + "\n").utf8))
      } catch {
        if let error = error as? ComposeError { Diagnostic.error(error) }
        Glibc.exit(ComposeError.Kind.inputOutput.rawValue)
      }
      Glibc.exit(code.rawValue)
    default: exit(withError: error)
    }
  }
}
