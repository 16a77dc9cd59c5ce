import ArgumentParser
import ComposeLifecycle
import ComposeReports
import ComposeStream
import MirrorDocuments
import ReleaseModel

struct MirrorsHandoverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handover", abstract: "Print what the operator of MirrorManager has to do.",
    discussion: """
      SQL and commands, for a database and programs that belong to others: nothing of it is run. \
      Each command that needs one has written it below the state root as well.
      """)

  @Argument(help: "The release, such as 7.06.201903.")
  var release: String

  @Option(
    name: .customLong("for"),
    help: "What has changed: 'promote', 'rollback', 'archive', or 'urgent' metadata.")
  var occasion: Handover.Occasion

  @Option(
    help: ArgumentHelp(
      "What clients of this link need, which has a moment of its own.", valueName: "path"))
  var link: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if link == "" { throw ValidationError.empty("--link") }
    if link != nil, occasion != .promote, occasion != .rollback {
      throw ValidationError("--link moves clients: it goes with --for promote or rollback.")
    }
  }

  func run() async throws {
    let context = Context(global)
    let (id, entry) = try context.release(release)
    let stream = try context.readingStream(entry)
    let handover = try stream.handover(of: id, for: occasion, link: link)
    try context.render(
      HandoverReport(
        stream: handover.stream, release: id, link: handover.link, occasion: occasion.rawValue,
        sql: handover.sql(),
        steps: handover.text()))
  }
}

extension Handover.Occasion: ExpressibleByArgument {}
