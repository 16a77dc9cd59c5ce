import BuildSystems
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import ComposeTrees
import DurableFiles
import Foundation
import Glibc
import HeaderCache
import OpenPGPKeys
import PackageLibrary
import RPMPackages
import ReleaseLedger
import ReleaseModel

/// What a command works in: the options that every command takes, resolved.
struct Context {
  let options: GlobalOptions
  let activity: any ActivityReporting
  let time: any TimeSource
  /// The policy's hub, once it was asked: one session for each command.
  let koji = Guarded<KojiBuildSystem?>(nil)
  /// The directory of `--rpms`, once it was looked at, and the build system over
  /// it.
  let rpmDirectories = Guarded<[RPMDirectory]?>(nil)
  let embedded = Guarded<DirectoryBuildSystem?>(nil)
  /// What is known of RPMs, by stream: read once for each command.
  private let libraries = Guarded<[String: RPMKnowledge]>([:])
  /// Whether nothing at all may be written.
  private let isDryRun: Bool
  /// Whether the command may change something.
  private let isForChanges: Bool
  /// Whether nobody need be asked before public trees change.
  let isConfirmed: Bool

  /// - Parameter change: of a command that changes something; nil for one that reads.
  init(_ options: GlobalOptions, _ change: ChangeOptions? = nil) {
    self.options = options
    isDryRun = change?.dryRun ?? false
    isForChanges = change.map { !$0.dryRun } ?? false
    isConfirmed = change?.yes ?? false
    time = SystemTime()
    if options.quiet {
      activity = SilentActivity()
    } else if options.noProgress {
      activity = NotesActivity()
    } else if Terminal.standardError.isTerminal {
      activity = LiveActivity(width: Terminal.standardError.width)
    } else if options.format == .json {
      activity = NotesActivity()
    } else {
      activity = LogActivity()
    }
  }

  // MARK: Policies

  /// All policies of `--policies` or of the first default directory there is.
  func policies() throws -> PolicySet {
    if let place = options.policyPlace { return try PolicySet(directory: place.path) }
    let defaults = ["./Policies", "/etc/epel-compose/policies"]
    let found = defaults.first { FileManager.default.fileExists(atPath: $0) }
    guard let found else {
      throw ComposeError(
        .noInput, "policies", "there is neither \(defaults.joined(separator: " nor "))",
        remedy: "Name the directory of policies with --policies")
    }
    return try PolicySet(directory: found)
  }

  /// The policy of a major version, as an argument gives it.
  func policy(major: Int) throws -> PolicySet.Entry {
    try policies().entry(major: major)
  }

  /// A release argument and the policy that it falls under.
  func release(_ text: String) throws -> (id: ReleaseID, entry: PolicySet.Entry) {
    let id: ReleaseID
    do {
      id = try ReleaseID(text)
    } catch {
      // Whose stream it is meant for may be known all the same.
      guard let major = Int(text.prefix { $0 != "." }),
        let policy = try? policy(major: major).policy
      else { throw error }
      throw ComposeError(
        error.kind, error.thing, error.cause, remedy: policy.writing(release: text))
    }
    var entry = try policy(major: id.major)
    try entry.policy.check(id)
    entry.release = id
    return (id, entry)
  }

  // MARK: Streams

  /// The root as an absolute path, or empty.
  var rootPrefix: String {
    guard let root = options.rootPlace?.path else { return "" }
    let path = Self.absolute(root)
    return path == "/" ? "" : path
  }

  static func absolute(_ path: String) -> String {
    let absolute =
      path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    return URL(fileURLWithPath: absolute).standardizedFileURL.path
  }

  /// The directory that `path` names, whatever links lead to it.
  static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: absolute(path)).resolvingSymlinksInPath().path
  }

  /// Opens the stream for reading: neither lock nor ledger is touched.
  func readingStream(_ entry: PolicySet.Entry) throws -> StreamContext {
    let locations = Locations(policy: entry.policy, prefix: rootPrefix)
    try requireDirectory()
    let ledger = try naming(entry) { try Ledger.openForReading(path: locations.ledgerFile) }
    try requireNotLost(ledger, of: entry, at: locations)
    return try streamContext(of: entry, at: locations, with: ledger, isForChanges: false)
  }

  /// The same for the dry run of a command that changes something: refused as that
  /// would be where the ledger is an older copy than the disk.
  func previewStream(_ entry: PolicySet.Entry) throws -> StreamContext {
    let stream = try readingStream(entry)
    try StreamLock.requireUsable(in: stream.locations.state, name: stream.locations.lockName)
    try stream.ledgerComparison().require()
    return stream
  }

  /// Runs `open`; the remedy of a ledger that is lost names this very stream
  /// and its places.
  private func naming<Value>(
    _ entry: PolicySet.Entry, _ open: () throws -> Value
  ) throws -> Value {
    do {
      return try open()
    } catch let error as ComposeError where error.remedy.contains(Ledger.rebuilding) {
      throw ComposeError(
        error.kind, error.thing, error.cause,
        remedy: error.remedy.replacing(Ledger.rebuilding, with: rebuilding(entry)),
        findings: error.findings)
    }
  }

  private func rebuilding(_ entry: PolicySet.Entry) -> String {
    "Restore it from a backup, or rebuild what the disk proves with: "
      + commandLine("status \(entry.policy.major) --from-disk")
  }

  /// Opens the stream without its ledger: an empty one in memory takes its
  /// place.
  func streamWithoutLedger(_ entry: PolicySet.Entry) throws -> StreamContext {
    try requireDirectory()
    return try streamContext(
      of: entry, at: Locations(policy: entry.policy, prefix: rootPrefix), with: Ledger.inMemory(),
      isForChanges: false)
  }

  /// A ledger that knows nothing of trees that are there was lost, emptied,
  /// or never was this stream's: to go on would be guessing.
  func requireNotLost(
    _ ledger: Ledger, of entry: PolicySet.Entry, at locations: Locations
  ) throws {
    guard try ledger.releases().isEmpty, try ledger.openOperation() == nil else { return }
    let trees = try FoundTree.all(of: entry.policy, at: locations)
    guard !trees.isEmpty else { return }
    let releases = Set(trees.map(\.name.release)).sorted().map(\.description)
    throw ComposeError(
      .badData, locations.ledgerFile.sanitizedForDisplay,
      "it is missing or empty, but trees of \(releases.joined(separator: ", ")) are there",
      remedy: rebuilding(entry))
  }

  /// Takes the stream's lock; it is held as long as the result lives.
  func lock(_ entry: PolicySet.Entry, _ purpose: String) throws -> StreamLock {
    try requireDirectory()
    let locations = Locations(policy: entry.policy, prefix: rootPrefix)
    let state = try Directory.create(root: locations.state)
    let holder = "\(purpose), since \(Moment(time.now)), \(operatorName)"
    return try StreamLock(in: state, name: locations.lockName, holder: holder)
  }

  /// Opens the stream for changes: takes the lock, opens the ledger, and
  /// recovers what an earlier command left. `body` runs while it is held.
  ///
  /// `body` tells the user how it ended: then no command given again has to.
  ///
  /// - Parameters:
  ///   - purpose: the command, for others who meet the lock.
  ///   - tellsMirrors: false where `body` does that itself.
  func changing<Value>(
    _ entry: PolicySet.Entry, purpose: String, tellsMirrors: Bool = true,
    _ body: (StreamContext, FinishedOperations) async throws -> Value
  ) async throws -> Value {
    let locations = Locations(policy: entry.policy, prefix: rootPrefix)
    // A lost ledger is told before anything is made.
    if try !hasLedger(entry) { try requireNotLost(Ledger.inMemory(), of: entry, at: locations) }
    let lock = try lock(entry, purpose)
    defer { withExtendedLifetime(lock) {} }
    let ledger = try naming(entry) { try Ledger.open(path: locations.ledgerFile) }
    try requireNotLost(ledger, of: entry, at: locations)
    let stream = try streamContext(of: entry, at: locations, with: ledger, isForChanges: true)
    let begun = time.now
    let finished = try Recovery(stream: stream).run()
    try stream.ledgerComparison().require()
    let last = try ledger.lastOperation()
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(stream, finished))
    } catch let error as ComposeError where error.kind == .interrupted {
      throw error
    } catch {
      result = .failure(error)
    }
    try renewArchiveIndex(in: stream)
    // Whoever reads an error has been told as well.
    try ledger.commit { try $0.markOperationsReported(after: last, and: finished.told) }
    guard tellsMirrors else { return try result.get() }
    let outcome = result.map { _ in }
    let failure = try renewStatement(in: stream)
    try tellMirrors(in: stream, begun: begun, after: outcome)
    if let failure {
      if case .success = result { throw failure }
      warn("\(failure)")
    }
    return try result.get()
  }

  /// The same for commands that do not care what was recovered.
  func changing<Value>(
    _ entry: PolicySet.Entry, purpose: String, _ body: (StreamContext) async throws -> Value
  ) async throws -> Value {
    try await changing(entry, purpose: purpose) { stream, _ in try await body(stream) }
  }

  /// For a change of a release: where no ledger exists yet, nothing is made,
  /// and the release is simply unknown. Where recovery has just finished
  /// `kind` of this release, that is reported and nothing else is done.
  func changing(
    _ entry: PolicySet.Entry, release id: ReleaseID, by kind: OperationKind,
    _ body: (StreamContext, ReleaseRecord) async throws -> Void
  ) async throws {
    if try !hasLedger(entry) { _ = try readingStream(entry).release(id) }
    try await changing(entry, purpose: "\(kind.rawValue) \(id)") { stream, finished in
      if try reportIfFinished(finished, as: kind, of: id, in: stream) { return }
      try await body(stream, stream.release(id))
    }
  }

  /// Whether the stream has been worked on before.
  func hasLedger(_ entry: PolicySet.Entry) throws -> Bool {
    try Ledger.hasContents(Locations(policy: entry.policy, prefix: rootPrefix).ledgerFile)
  }

  /// A root that is there must be a directory.
  private func requireDirectory() throws {
    var isDirectory: ObjCBool = false
    let root = rootPrefix
    guard !root.isEmpty, FileManager.default.fileExists(atPath: root, isDirectory: &isDirectory),
      !isDirectory.boolValue
    else { return }
    throw ComposeError(
      .cannotCreate, root.sanitizedForDisplay, "it is a file, not a directory",
      remedy: "Name a directory with --root; it is made where it is missing")
  }

  private func streamContext(
    of entry: PolicySet.Entry, at locations: Locations, with ledger: Ledger, isForChanges: Bool
  ) throws -> StreamContext {
    // What only later releases are without is there until they are promoted.
    let release = try entry.release ?? ledger.currentRelease()?.id
    let policy = release.map(entry.policy.asOf) ?? entry.policy
    let keys = presentKeyFiles(entry.policy, of: entry.file)
    let rpms = try rpmKnowledge(policy, keys)
    return StreamContext(
      policy: policy, locations: locations, ledger: ledger, reader: rpms.reader,
      library: rpms.library,
      time: time, operatorName: operatorName, activity: activity,
      templates: ReleaseDocuments(library: templates(entry)), keyFiles: keys,
      certificates: rpms.certificates,
      policyDirectory: (entry.file as NSString).deletingLastPathComponent,
      fetching: WebFetcher(activity: activity), isForChanges: isForChanges, commands: places)
  }

  /// By what RPMs are judged, and what is known of them.
  private struct RPMKnowledge {
    let certificates: [Certificate]
    let reader: RPMReader
    let library: PackageLibrary
  }

  private func rpmKnowledge(_ policy: Policy, _ keys: [String]) throws -> RPMKnowledge {
    try libraries.withLock { libraries in
      if let known = libraries[policy.stream] { return known }
      let certificates = try KeyFile.certificates(in: keys)
      let keyring = try Keyring(
        certificates, now: time.now, unverifiable: policy.unverifiableKeys(certificates))
      let reader = RPMReader(keyring: keyring, markerPattern: policy.retirement.marker)
      let (directory, isDryRun) = (try HeaderCache.directory(options), isDryRun)
      let library = PackageLibrary(
        reader: reader,
        cache: directory.flatMap {
          HeaderCache.open($0, isDryRun: isDryRun, warn: Self.warn)
        }, form: policy.metadataForm)
      let known = RPMKnowledge(certificates: certificates, reader: reader, library: library)
      libraries[policy.stream] = known
      return known
    }
  }

  /// Templates: beside the policies, of the system, beside the program.
  func templates(_ entry: PolicySet.Entry) -> TemplateLibrary {
    templates(beside: (entry.file as NSString).deletingLastPathComponent + "/../Templates")
  }

  /// The same where no policy is asked for.
  func templatesWithoutPolicy() -> TemplateLibrary {
    templates(beside: (options.policyPlace?.path).map { $0 + "/../Templates" } ?? "./Templates")
  }

  private func templates(beside: String) -> TemplateLibrary {
    let program = Bundle.main.executableURL?.deletingLastPathComponent().path ?? "."
    return TemplateLibrary(directories: [
      beside, "/etc/epel-compose/templates", "\(program)/../share/epel-compose/templates",
    ])
  }

  /// Who is asking: the person behind sudo where there is one.
  private var operatorName: String {
    let environment = ProcessInfo.processInfo.environment
    let account = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) }
    let user = environment["SUDO_USER"] ?? account ?? "uid \(getuid())"
    return "\(user)@\(ProcessInfo.processInfo.hostName)".sanitizedForDisplay
  }

  /// A command line for people to copy. It has the --root and --policies of this
  /// one, so that who tries something below --root does not change the real
  /// trees with it.
  ///
  /// - Parameter more: further options with values, left out where nil.
  func commandLine(_ words: String, _ more: [(option: String, value: String?)] = []) -> String {
    places.commandLine(words, more)
  }

  /// Places that the environment names, for people who have forgotten it.
  var placesOfEnvironment: [String] {
    [("root", options.rootPlace), ("policies", options.policyPlace)].compactMap { word, place in
      guard let place, let variable = place.variable else { return nil }
      return "\(word) \(Self.absolute(place.path).sanitizedForDisplay) ($\(variable))"
    }
  }

  private var places: CommandPlaces {
    CommandPlaces(
      policies: options.policyPlace?.path, root: options.rootPlace?.path,
      rpms: Invocation.values(of: "--rpms"))
  }

  // MARK: Output

  /// A warning that must not be missed: `--quiet` does not silence it.
  func warn(_ text: String) { Self.warn(text) }

  private static func warn(_ text: String) { Diagnostic.warning(text) }

  /// The one place where results leave: text or JSON on standard output.
  func render(_ report: some Report) throws {
    let outcome = isForChanges ? commandLine("status") : nil
    switch options.format {
    case .json:
      try StandardStream.writeResult(report.json(naming: Invocation.places), outcome: outcome)
    case .text:
      let style = Terminal.standardOutput.style(
        color: options.color, isVerbose: options.verbose, isWhole: options.all, root: rootPrefix)
      let text = style.safe(style.namingRoot(report.text))
      try StandardStream.writeResult(Array(text.utf8), outcome: outcome)
    }
  }
}
