import ArgumentParser

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Directory of policies (default: ./Policies, then /etc/epel-compose/policies).",
      valueName: "dir"))
  var policies: String?

  @Option(
    help: ArgumentHelp(
      "Directory in front of every absolute path of the policy: try things in an empty one.",
      valueName: "dir"))
  var root: String?

  @Option(
    help: ArgumentHelp(
      "Directory of the header cache, or 'off' (default: $EPEL_COMPOSE_CACHE, "
        + "then ~/.cache/epel-compose).", valueName: "dir"))
  var cache: String?

  @Option(help: "Results as 'text' for people or 'json' for programs.")
  var format: OutputFormat = .text

  @Flag(name: .shortAndLong, help: "Only results and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "List what is otherwise only counted.")
  var verbose = false

  @Flag(help: "No progress on standard error.")
  var noProgress = false

  @Option(help: "Colours: 'auto', 'always' or 'never'; NO_COLOR is respected.")
  var color: ColorChoice = .auto
}

/// `--format`.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case text, json
}

extension ColorChoice: ExpressibleByArgument {}

/// `--dry-run` of every command that changes something.
struct ChangeOptions: ParsableArguments {
  @Flag(
    name: [.customShort("n"), .long],
    help: "Show what would be done; write no file, no tag, no ledger row.")
  var dryRun = false
}

/// `--rpms` of the commands that look at live builds.
struct BuildSystemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use this directory of RPM files, at any depth, instead of the policy's build system.",
      valueName: "dir"))
  var rpms: String?
}

/// `--allow-unsigned` of the commands that take RPMs in.
struct SigningOptions: ParsableArguments {
  @Flag(help: "Take RPMs without a signature by a key of the policy; recorded in the ledger.")
  var allowUnsigned = false
}
