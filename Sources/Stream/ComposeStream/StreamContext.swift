package import ComposePolicy
package import DocumentSigning
package import PackageLibrary
package import RPMPackages
package import ReleaseLedger
package import ReleaseModel

/// Everything that an operation works with: the policy, the places, the
/// ledger, and who is asking.
package struct StreamContext: Sendable {
  /// The choices of the stream.
  package private(set) var policy: Policy
  /// Where the policy's roots are on this machine.
  package let locations: Locations
  /// Opened for reading where `isForChanges` is false.
  package let ledger: Ledger
  /// Reads and verifies RPM files without the header cache.
  package let reader: RPMReader
  /// Answers from the header cache where it can, and reads RPM files else.
  package let library: PackageLibrary
  /// The clock that history, soak and grace times go by.
  package let time: any TimeSource
  /// Who runs the command, such as `alice@composer`.
  package let operatorName: String
  /// Hears how far long work is.
  package let activity: any ActivityReporting
  /// Renders the files that people may edit the templates of.
  package let templates: any TemplateRendering
  /// Paths of the policy's public keys that are there.
  package let keyFiles: [String]
  /// What is in them.
  package let certificates: [Certificate]
  /// Directory of the policy file: relative paths in it start there.
  package let policyDirectory: String
  /// How base repositories on web servers are read; nil where they cannot be.
  package let fetching: (any WebFetching)?
  /// Whether the command may change something: a preview keeps no file.
  package let isForChanges: Bool
  /// How command lines that are suggested name the places that this one was given.
  package let commands: CommandPlaces
  /// Whether documents are signed where the policy says so.
  private var isSigning = true
  /// The release whose users the work is about; nil for those of the current one.
  package private(set) var subject: ReleaseID?

  /// - Parameters:
  ///   - library: nil to know nothing of earlier runs.
  ///   - policyDirectory: where relative paths of the policy start.
  package init(
    policy: Policy, locations: Locations, ledger: Ledger, reader: RPMReader,
    library: PackageLibrary? = nil, time: any TimeSource, operatorName: String,
    activity: any ActivityReporting,
    templates: any TemplateRendering, keyFiles: [String] = [], certificates: [Certificate] = [],
    policyDirectory: String = ".",
    fetching: (any WebFetching)? = nil, isForChanges: Bool = true,
    commands: CommandPlaces = CommandPlaces()
  ) {
    self.policy = policy
    self.locations = locations
    self.ledger = ledger
    self.reader = reader
    self.library =
      library ?? PackageLibrary(reader: reader, cache: nil, form: policy.metadataForm)
    self.time = time
    self.operatorName = operatorName
    self.activity = activity
    self.templates = templates
    self.keyFiles = keyFiles
    self.certificates = certificates
    self.policyDirectory = policyDirectory
    self.fetching = fetching
    self.isForChanges = isForChanges
    self.commands = commands
  }

  /// The same with the policy as it is for `release`.
  package func asOf(_ release: ReleaseID) -> StreamContext {
    var stream = self
    stream.policy = policy.asOf(release)
    return stream
  }

  /// The same for work on a release whose users have it while another may be current: what
  /// they have is what a push is compared with.
  package func serving(_ release: ReleaseID) -> StreamContext {
    var stream = asOf(release)
    stream.subject = release
    return stream
  }

  /// The release whose users the work is about: that of ``serving(_:)``, else the current one;
  /// nil before the first promotion.
  package func servedRelease() throws -> ReleaseRecord? {
    try subject.map(release) ?? ledger.currentRelease()
  }

  /// The same in other places, with another ledger, for a compose that nobody will see:
  /// nothing is signed.
  package func rebuilding(at locations: Locations, with ledger: Ledger) -> StreamContext {
    var stream = StreamContext(
      policy: policy, locations: locations, ledger: ledger, reader: reader, library: library,
      time: time, operatorName: operatorName, activity: activity, templates: templates,
      keyFiles: keyFiles, policyDirectory: policyDirectory, fetching: fetching,
      commands: commands)
    stream.isSigning = false
    return stream
  }

  /// The release `id` of the ledger; throws `noInput` where there is none.
  package func release(_ id: ReleaseID) throws -> ReleaseRecord {
    if let record = try ledger.release(id) { return record }
    let known = try ledger.releases().map(\.id.description)
    throw ComposeError(
      .noInput, "release \(id)",
      "the ledger of \(policy.stream) does not know it (there: "
        + "\(known.isEmpty ? "none" : known.joined(separator: ", ")))",
      remedy: "Check the number, and --root, or compose it first")
  }

  /// Where a file is that the policy names: absolute ones are below `--root`,
  /// others beside the policy.
  package func path(ofNamed file: String) -> String {
    Self.path(ofNamed: file, below: locations.prefix, beside: policyDirectory)
  }

  /// The same where no stream is open.
  ///
  /// - Parameters:
  ///   - prefix: goes in front of absolute paths; may be empty.
  ///   - directory: of the policy file.
  package static func path(
    ofNamed file: String, below prefix: String, beside directory: String
  ) -> String {
    file.hasPrefix("/") ? prefix + file : "\(directory)/\(file)"
  }

  /// What signs documents of the stream; nil where the policy has nothing signed.
  package var signer: DocumentSigner? {
    guard isSigning else { return nil }
    return policy.gate.signing.metadata.map { DocumentSigner($0, path: path(ofNamed:)) }
  }

  /// Warnings: what would keep documents from being signed, now or soon.
  package var signingConcerns: [Finding] {
    signer?.concerns(warnBefore: policy.gate.signing.warnBefore.seconds) ?? []
  }
}
