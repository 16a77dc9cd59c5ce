import ArgumentParser
import Foundation
import ReleaseModel

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Directory of policies (default: $EPEL_COMPOSE_POLICIES, then ./Policies, then "
        + "/etc/epel-compose/policies).",
      valueName: "dir"), completion: .directory)
  var policies: String?

  @Option(
    help: ArgumentHelp(
      "Directory in front of every absolute path of the policy: try things in an empty one "
        + "(default: $EPEL_COMPOSE_ROOT, then none).",
      valueName: "dir"), completion: .directory)
  var root: String?

  @Flag(help: "Let the policy's hub be changed although there is a root: it is no part of it.")
  var hub = false

  @Option(
    help: ArgumentHelp(
      "Directory of the header cache, or 'off' (default: $EPEL_COMPOSE_CACHE, "
        + "then ~/.cache/epel-compose).", valueName: "dir"), completion: .directory)
  var cache: String?

  @Option(help: "Results as 'text' for people or 'json' for programs.")
  var format: OutputFormat = .text

  @Flag(name: .shortAndLong, help: "Only results and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "List what is otherwise only counted.")
  var verbose = false

  @Flag(help: "Long lists to their end, at a terminal as everywhere else.")
  var all = false

  @Flag(help: "No progress on standard error.")
  var noProgress = false

  @Option(help: "Colours: 'auto', 'always' or 'never'; NO_COLOR is respected.")
  var color: ColorChoice = .auto

  func validate() throws {
    let named = [("--policies", policies), ("--root", root), ("--cache", cache)]
    for (option, value) in named where value == "" { throw ValidationError.empty(option) }
  }

  /// A place that options or the environment name; nil where neither does.
  struct Place {
    let path: String
    /// The variable that names it; nil where an option does.
    let variable: String?

    /// - Parameters:
    ///   - option: as it was given; nil where it was not.
    ///   - variable: of the environment, which counts then.
    init?(_ option: String?, or variable: String) {
      if let option {
        (path, self.variable) = (option, nil)
        return
      }
      guard let value = ProcessInfo.processInfo.environment[variable], !value.isEmpty else {
        return nil
      }
      (path, self.variable) = (value, variable)
    }
  }

  static let rootVariable = "EPEL_COMPOSE_ROOT"
  static let policyVariable = "EPEL_COMPOSE_POLICIES"

  /// In front of every absolute path of a policy.
  var rootPlace: Place? { Place(root, or: Self.rootVariable) }

  /// Where the policies are.
  var policyPlace: Place? { Place(policies, or: Self.policyVariable) }
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

  @Flag(
    name: [.customShort("y"), .long],
    help: "Do not ask at a terminal before public trees change.")
  var yes = false
}

/// `--skip-mirrors` of the commands that ask what mirrors have.
struct MirrorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Go on though mirrors do not let it; the reason is recorded.", valueName: "reason"))
  var skipMirrors: String?

  /// As it is recorded; nil without the option.
  var reason: String? { skipMirrors?.sanitizedForDisplay }

  func validate() throws {
    if let skipMirrors, skipMirrors.allSatisfy(\.isWhitespace) {
      throw ValidationError("--skip-mirrors needs a reason that others will understand.")
    }
  }
}

/// `--rpms` of the commands that look at live builds.
struct BuildSystemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use this directory of RPM files, at any depth, instead of the policy's build system; "
        + "may be repeated: all are one pool.", valueName: "dir"), completion: .directory)
  var rpms: [String] = []

  func validate() throws {
    if rpms.contains("") { throw ValidationError.empty("--rpms") }
  }

  /// Whether directories take the place of the policy's build system.
  var namesDirectories: Bool { !rpms.isEmpty }
}

/// `--allow-unsigned` of the commands that take RPMs in.
struct SigningOptions: ParsableArguments {
  @Flag(help: "Take RPMs without a signature by a key of the policy; recorded in the ledger.")
  var allowUnsigned = false
}

/// `--override-checks` of the commands that checks can stop.
struct OverrideOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Go on though checks do not let it; the reason is recorded, and users are told.",
      valueName: "reason"))
  var overrideChecks: String?

  func validate() throws {
    guard let overrideChecks else { return }
    try ValidationError.requireReason(overrideChecks, of: "--override-checks")
  }

  /// In the words of whoever decides it; nil where nothing is overridden.
  var reason: String? { overrideChecks?.sanitizedForDisplay }
}

extension ValidationError {
  /// Throws where `text`, which is recorded as the reason of something, says nothing.
  static func requireReason(_ text: String?, of option: String) throws {
    let isBlank = (text ?? "").unicodeScalars.allSatisfy {
      $0.properties.isWhitespace || $0.isHidden
    }
    guard isBlank else { return }
    throw ValidationError("\(option) needs a reason that others will understand.")
  }

  /// An option, or an argument, that was given without a value: often a variable of a
  /// script that is not set, and never the working directory.
  static func empty(_ option: String) -> ValidationError {
    ValidationError("The value of \(option) is empty: name what is meant.")
  }

  /// Throws for outputs without a value, and for two that are one file.
  static func requireApart(_ outputs: [(option: String, path: String?)]) throws {
    var known: [String: String] = [:]
    for (option, path) in outputs {
      guard let path else { continue }
      if path.isEmpty { throw empty(option) }
      if let other = known.updateValue(option, forKey: Context.absolute(path)) {
        throw ValidationError("\(other) and \(option) name one file: give each its own.")
      }
    }
  }
}
