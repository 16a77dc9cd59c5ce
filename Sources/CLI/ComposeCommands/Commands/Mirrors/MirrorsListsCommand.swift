import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import DurableFiles
import ReleaseLedger
import ReleaseModel

struct MirrorsListsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lists", abstract: "Write the file lists of the rsync modules now.",
    discussion: """
      Every command that changes public or archived trees ends by writing them; this one writes \
      what could not be written then, or what others have changed. With --check, nothing is \
      written: the status is 2 where a list is not what is there.
      """)

  @Argument(help: "The major version, such as 7.")
  var major: Int

  @Flag(help: "Compare the lists with what is there; write nothing.")
  var check = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let entry = try context.policy(major: major)
    try context.requireMirrors(entry)
    if check || change.dryRun {
      let stream = try context.readingStream(entry)
      try requireSubject(of: stream)
      let different = try Telling.differences(in: stream)
      try context.render(
        MirrorListsReport(stream, dryRun: true, different: Set(different), told: []))
      guard check else { return }
      try requireNoneOwed(in: stream, unless: different)
      guard let first = different.first else { return }
      throw ComposeError(
        .refused, "the file lists of \(different.map(\.description).joined(separator: ", "))",
        "they are not what is there",
        remedy: "Write them with: " + context.commandLine("mirrors lists \(major)"),
        findings: different.map { name in
          Finding(
            code: "list-differs", message: "the lists of \(name) are not what is there",
            remedy: first == name ? "Write them" : "Write them as well")
        })
    }
    // Nothing is made where the stream never was.
    if try !context.hasLedger(entry) { try requireSubject(of: context.readingStream(entry)) }
    try await context.changing(
      entry, purpose: "mirrors lists \(major)", tellsMirrors: false
    ) { stream, _ in
      let told = try Telling(stream: stream, begun: context.time.now, followsChange: false)
        .tell()
      context.noteOdd(told)
      try context.render(
        MirrorListsReport(
          stream, dryRun: false, different: Set(told.filter(\.isWritten).map(\.module)), told: told)
      )
    }
  }

  /// Throws `refused` where neither a release nor a module ever was: a wrong root, more often
  /// than not.
  private func requireSubject(of stream: StreamContext) throws {
    guard try stream.ledger.releases().isEmpty else { return }
    for module in stream.policy.mirrors?.modules ?? []
    where try Directory.openIfPresent(root: stream.locations.prefix + module.path) != nil {
      return
    }
    throw ComposeError(
      .refused, stream.policy.stream,
      "no release of it was ever made here, and no module of 'mirrors.modules' is there",
      remedy: "Check --root; or compose and publish a release first")
  }

  /// Throws `refused` where lists are right, and the files for others than mirrors are owed.
  private func requireNoneOwed(in stream: StreamContext, unless different: [ModuleName]) throws {
    guard different.isEmpty,
      let owed = try stream.owedFindings().first(where: { $0.code == "files-owed" })
    else { return }
    throw ComposeError(
      .refused, "release files of \(stream.policy.stream)", owed.message, remedy: owed.remedy,
      findings: [owed])
  }
}

extension MirrorListsReport {
  /// - Parameter different: modules whose lists are, or were, not what is there.
  fileprivate init(
    _ stream: StreamContext, dryRun: Bool, different: Set<ModuleName>, told: [Telling.Told]
  ) throws {
    let known = Dictionary(
      try stream.ledger.mirrorModules().map { ($0.module, $0) }
    ) { first, _ in first }
    let absent = Set(told.filter { !$0.isThere }.map(\.module))
    let entries = Dictionary(
      told.filter(\.isThere).map { ($0.module, $0.entries) }
    ) { first, _ in first }
    self.init(
      stream: stream.policy.stream, dryRun: dryRun,
      modules: try (stream.policy.mirrors?.modules ?? []).map { module in
        let record = known[module.name]
        return MirrorListsReport.Module(
          module: module.name.description, path: stream.locations.prefix + module.path,
          exists: try told.isEmpty
            ? Directory.openIfPresent(root: stream.locations.prefix + module.path) != nil
            : !absent.contains(module.name),
          differs: different.contains(module.name), entries: entries[module.name],
          serial: record?.serial ?? 0,
          written: record?.writtenAt.map { Moment($0).description },
          owedSince: record?.owedSince.map { Moment($0).description }, owedBy: record?.owedBy)
      })
  }
}
