import ArgumentParser
import ComposePolicy
import ComposeReports
import ComposeStream
import Foundation
import Glibc
import ReleaseModel

struct PolicyNewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write the policy of a new stream, with comments.",
    discussion: """
      For a stream beside another distribution than RHEL, or one of your own. At a terminal it \
      asks for what no option says; elsewhere, and with --yes, the default holds, which the \
      question shows. The file is a beginning: edit it, then look with 'policy check'.
      """)

  @Argument(help: "The name of the stream, such as rocky-extras-9.")
  var stream: String

  @Option(help: ArgumentHelp("What its users have.", valueName: "name"))
  var distribution: Distribution?

  @Option(
    help: ArgumentHelp(
      "Major version of Enterprise Linux (default: the number in the stream's name).",
      valueName: "number"))
  var major: String?

  @Option(help: ArgumentHelp("What people call the stream, one line.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("Architectures, with commas between them.", valueName: "names"))
  var arches: String?

  @Option(
    help: ArgumentHelp(
      "Trees of a release: 'one-tree', or 'releases-and-updates' for a frozen one beside the one "
        + "that is pushed to.", valueName: "name"))
  var layout: PolicyDraft.Layout?

  @Option(
    help: ArgumentHelp(
      "Directory with the public, the staging and the archive root in it.", valueName: "dir"),
    completion: .directory)
  var directory: String?

  @Option(help: ArgumentHelp("Where users reach that directory.", valueName: "url"))
  var url: String?

  @Option(
    help: ArgumentHelp(
      "File of the public key that RPMs are signed with, or 'none'.", valueName: "file"),
    completion: .file())
  var key: String?

  @Option(
    help: ArgumentHelp(
      "URL of a Koji hub, or 'none': builds are the RPM files of --rpms.", valueName: "url"))
  var koji: String?

  @Option(
    help: ArgumentHelp("The tag of the hub that stable builds land in.", valueName: "tag"))
  var liveTag: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The new file (default: STREAM.yaml in the directory of --policies, or here). Nothing is "
        + "replaced.", valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var output: String?

  @Flag(
    name: [.customShort("n"), .long], help: "Print the policy; write no file.")
  var dryRun = false

  @Flag(name: [.customShort("y"), .long], help: "Ask nothing.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let given = [
      ("--major", major), ("--title", title), ("--arches", arches), ("--directory", directory),
      ("--url", url), ("--key", key), ("--koji", koji), ("--live-tag", liveTag),
      ("--output", output),
    ]
    for (option, value) in given where value == "" { throw ValidationError.empty(option) }
    if stream.isEmpty { throw ValidationError.empty("the stream") }
  }

  func run() async throws {
    let context = Context(global)
    let file = output ?? (global.policyPlace.map { $0.path + "/" } ?? "") + "\(stream).yaml"
    var draft = PolicyDraft(
      stream: stream, major: PolicyDraft.major(of: stream) ?? 1, distribution: .inHouse)
    // What cannot be written, and where, is said before anybody is asked.
    try PolicyQuestion.requireValid(draft, "stream '\(stream.sanitizedForDisplay)'")
    try OutputFile.requireNew(file)
    let neighbours = try Self.neighbours(of: file)
    // Whoever has no room should not have to answer first.
    try requireRoom(
      for: stream, major.map { Int($0) } ?? PolicyDraft.major(of: stream), in: neighbours)
    let asks = !yes && isatty(STDIN_FILENO) == 1 && Terminal.standardError.isTerminal
    for question in PolicyQuestion.all(of: self) where question.isAsked(draft) {
      try question.settle(&draft, asking: asks)
      if question.decidesMajor { try requireRoom(for: stream, draft.major, in: neighbours) }
    }
    draft.calendar = calendar(of: draft.major, among: neighbours, context)
    let policy = try draft.policy(file: file)
    if !dryRun { try OutputFile.writeNew(Array(draft.text().utf8), to: file) }
    let places = CommandPlaces(policies: Self.directory(of: file), root: global.rootPlace?.path)
    try context.render(
      PolicyNewReport(
        file: file, stream: draft.stream, dryRun: dryRun, policy: draft.text(),
        warnings: policy.concerns,
        next: dryRun
          ? []
          : [
            "edit it, then look at it with: epel-compose policy check \(file.shellWord)",
            "see what a release would be with: "
              + places.commandLine(
                "plan \(example(policy))",
                draft.hub == nil ? [("--rpms", "DIR")] : []),
          ]))
  }

  private static func directory(of file: String) -> String {
    let directory = (file as NSString).deletingLastPathComponent
    return directory.isEmpty ? "." : directory
  }

  /// Policies that are in the directory already.
  private static func neighbours(of file: String) throws -> [PolicySet.Entry] {
    do {
      return try PolicySet(directory: directory(of: file)).entries
    } catch let error as ComposeError where error.kind == .noInput {
      return []
    }
  }

  /// Two policies with one major version, or one stream, in a directory hide each other.
  ///
  /// - Parameter major: nil where it is not known yet.
  private func requireRoom(
    for stream: String, _ major: Int?, in neighbours: [PolicySet.Entry]
  ) throws {
    for entry in neighbours
    where entry.policy.major == major || entry.policy.stream == stream {
      let what =
        entry.policy.stream == stream
        ? "is the policy of that stream already"
        : "has the major version \(entry.policy.major) as well"
      throw ComposeError(
        .refused, "policy of \(stream)", "\(entry.file.sanitizedForDisplay) \(what)",
        remedy: "Keep it in a directory of its own: name a file there with --output, and the "
          + "directory with --policies in other commands")
    }
  }

  /// Dates of the minor releases, which every stream of a major version has alike.
  private func calendar(
    of major: Int, among neighbours: [PolicySet.Entry], _ context: Context
  ) -> [Policy.CalendarEntry] {
    let others = (try? context.policies().entries) ?? []
    return (neighbours + others).first { $0.policy.major == major }?.policy.calendar ?? []
  }

  /// A release of the stream, for people to begin with.
  private func example(_ policy: Policy) -> String {
    let minor = policy.calendar.last { !$0.isPlanned }?.minorRelease.minor ?? 1
    let digits = policy.release.minorDigits == 2 && minor < 10 ? "0\(minor)" : "\(minor)"
    let today = Moment(SystemTime().now).description.prefix(7).replacing("-", with: "")
    return "\(policy.major).\(digits)" + (policy.release.month == .none ? "" : ".\(today)")
  }
}

extension Distribution: ExpressibleByArgument {}
extension PolicyDraft.Layout: ExpressibleByArgument {}
