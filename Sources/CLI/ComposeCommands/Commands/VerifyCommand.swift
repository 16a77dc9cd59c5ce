import ArgumentParser
import BuildSystems
import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposeReports
import ComposeStream
import DocumentSigning
import ReleaseModel

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare every file of a release with what was recorded.",
    discussion: """
      With --against, the files that a mirror or an archive has are compared instead of our own: \
      a directory, or an http(s) address, below which the trees lie at the same paths. Without a \
      release, --against names a tree itself, and its signed manifest says what it should be: \
      neither policy nor ledger is needed, only --keys. With --rebuild, what a compose by the \
      same plan makes is compared, signatures excepted. Exit status 2 if anything is missing, \
      changed or unknown, or a signature does not hold; 69 if a server does not answer.
      """)

  @Argument(
    help: "The release, such as 7.06.201903.", completion: .releases())
  var release: String?

  @Option(
    help: ArgumentHelp(
      "Compare what is there: below a root with the trees of the release, or without a release, "
        + "in a tree.", valueName: "url-or-dir"), completion: .directory)
  var against: String?

  @Option(
    help: ArgumentHelp(
      "Public keys, one of which must have signed the manifest (default: the policy's "
        + "signing.metadata.publicKey).", valueName: "file"), completion: .file())
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "Read only so many RPMs of each tree, chosen by chance, and all other files.",
      valueName: "number"))
  var sample: Int?

  @Option(
    help: ArgumentHelp(
      "Compose the release once more by this plan of 'plan --output', in a scratch directory, and "
        + "compare what comes of it; needs --rpms.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var rebuild: String?

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    for (option, value) in [("--against", against), ("--keys", keys), ("--rebuild", rebuild)]
    where value == "" {
      throw ValidationError.empty(option)
    }
    if against == nil, keys != nil || sample != nil {
      throw ValidationError("--keys and --sample go with --against.")
    }
    if (rebuild != nil) != buildSystem.namesDirectories {
      throw ValidationError("--rebuild and --rpms go together.")
    }
    if rebuild != nil, against != nil {
      throw ValidationError(
        "--rebuild makes a tree anew, --against looks elsewhere: decide on one.")
    }
    if let sample, !(0...1_000_000).contains(sample) {
      throw ValidationError("--sample is a number of RPMs from 0 to 1000000.")
    }
    guard release == nil else { return }
    if against == nil || rebuild != nil {
      throw ValidationError("Name a release, or a tree with --against.")
    }
    if keys == nil {
      throw ValidationError("Without a release, --against needs --keys: whose signature counts.")
    }
  }

  func run() async throws {
    let context = Context(global)
    let report: CheckReport
    if let against {
      report = try verification(of: against, context)
    } else if let rebuild {
      report = try await reproduction(by: rebuild, context)
    } else {
      let (id, entry) = try context.release(release ?? "")
      let stream = try context.readingStream(entry)
      report = try ReleaseVerification(stream: stream).run(stream.release(id))
    }
    try context.render(CheckReportText(report, verb: "Verification"))
    if !report.passed { throw CheckCommand.refusal(report) }
  }

  private func reproduction(by file: String, _ context: Context) async throws -> CheckReport {
    let (id, entry) = try context.release(release ?? "")
    let plan = try ComposeCommand.savedPlan(file, for: id)
    let stream = try context.readingStream(entry)
    let record = try stream.release(id)
    let live = try await ReleasePlanner(stream, allowUnsigned: plan.allowUnsigned)
      .plan(id, from: context.directories(buildSystem.rpms, stream))
    return try ReleaseReproduction(stream: stream).run(record, by: plan, from: live) { ledger in
      DirectoryBuildSystem(
        (try? buildSystem.rpms.map { try RPMDirectory(Context.resolved($0)) }) ?? [],
        library: stream.library, ledger: ledger)
    }
  }

  private func verification(of against: String, _ context: Context) throws -> CheckReport {
    let place = TreePlace(against, fetching: WebFetcher(activity: context.activity))
    let named = try keys.map {
      try SignatureVerifier(publicKeys: SmallFile.contents(of: $0), file: $0)
    }
    guard let release else {
      return try PlaceVerification(
        activity: context.activity, verifier: named, sample: sample
      ).run(at: place)
    }
    let (id, entry) = try context.release(release)
    let stream = try context.readingStream(entry)
    return try PlaceVerification(
      activity: context.activity, verifier: named ?? stream.signer?.verifier(), sample: sample
    ).run(stream.release(id), at: place, in: stream)
  }
}
