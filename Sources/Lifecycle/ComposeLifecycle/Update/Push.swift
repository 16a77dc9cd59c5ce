import ComposeChecks
import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// A push, complete: what is needed to make it, to finish it after an
/// interruption, and to tell of it, when nothing it was planned from needs to be
/// there any more.
struct Push: Codable, Sendable {
  let plan: PushPlan
  /// What the RPMs of ``unlisting`` provide; nil in the journal of an older version.
  let removed: [FormerRPM]?
  let documents: TreeDocuments
  /// What it changes of the documents that users have; of an undo, what it takes
  /// back.
  let changes: [DocumentChange]
  /// Files of the builds that leave the lists.
  let unlisting: [UnlistedFile]
  /// Files of the builds that come back to them.
  let relisting: [UnlistedFile]
  let at: Int
  /// What the checks said of the tree as the push leaves it; nil until they ran.
  var verdict: PushVerdict?
  /// Gates that a person overrode for it.
  var overrides: [GateOverride] = []
  /// Of the indexes that it writes; nil where the policy has none signed, and in the journal
  /// of an older version.
  var signatures: IndexSignatures?

  var serial: Int { plan.serial }
  var builds: [Build] { plan.builds }

  init(
    _ plan: PushPlan, _ documents: TreeDocuments, changing changes: [DocumentChange],
    _ tree: TreeName, _ directory: Directory, _ manifest: Manifest, _ stream: StreamContext
  ) throws {
    self.plan = plan
    self.changes =
      try plan.undoes.map { try stream.ledger.documentChanges(of: plan.release)[$0] ?? [] }
      ?? changes
    self.documents = documents
    at = stream.time.now
    unlisting = try Self.files(
      of: Set(plan.unlisted.map(\.nvr)), listedIn: tree, directory, manifest, stream)
    removed =
      unlisting.isEmpty
      ? []
      : try RemovalGathering(stream: stream).listed(
        Set(unlisting.map(\.path.name)), in: stream.release(plan.release))
    let known = try stream.ledger.unlistedFiles(of: tree)
    let again = Set(plan.relisted.map(\.nvr))
    relisting = known.filter { $0.build.map(again.contains) == true }
    let gone = again.subtracting(relisting.compactMap(\.build))
      .sorted { $0.description < $1.description }
    if let first = gone.first {
      throw ComposeError(
        .refused, "push \(plan.serial) to \(plan.release)",
        "the RPMs of \(first) are not in \(tree) any more",
        remedy: "They were kept for \(stream.policy.clocks.grace); build a newer version instead")
    }
  }

  /// RPMs of builds that are listed now.
  static func files(
    of nvrs: Set<NVR>, listedIn tree: TreeName, _ directory: Directory, _ manifest: Manifest,
    _ stream: StreamContext
  ) throws -> [UnlistedFile] {
    if nvrs.isEmpty { return [] }
    var contents = TreeContents(repositories: try stream.repositories(of: tree, manifest))
    contents.add(manifest)
    contents.remove(try stream.ledger.unlistedFiles(of: tree).map(\.path))
    // Every repository that lists the file, whatever an RPM would be assigned to
    // by now: the tree may be older than the policy, or than this program.
    return try contents.builds(in: directory, by: stream.library)
      .filter { nvrs.contains($0.nvr) }
      .flatMap { build in
        try build.rpms.flatMap { rpm in
          let location = try rpm.location
          return contents.repositories.filter { $0.value[location] == rpm.sha256 }.map {
            UnlistedFile(
              path: $0.key.appending(location), build: build.nvr, since: stream.time.now)
          }
        }
      }
      .sorted { $0.path < $1.path }
  }

  /// Builds that leave the lists, by why.
  var unlisted: [UnlistingCause: [NVR]] {
    Dictionary(grouping: plan.unlisted, by: \.cause).mapValues { $0.map(\.nvr) }
  }

  /// Builds in the tree that are listed again.
  var relisted: [NVR] { plan.relisted.map(\.nvr) }

  private static func sorted(_ builds: [NVR]) -> [NVR] {
    builds.map { ($0.description, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// What users cannot get any more now that it is done.
  func removals(_ release: ReleaseID, in stream: StreamContext) throws -> [RemovedRPM] {
    guard let removed, !removed.isEmpty else { return [] }
    let builds = Dictionary(unlisting.map { ($0.path.name, $0.build) }) { first, _ in first }
    let causes = Dictionary(
      unlisted.flatMap { cause, nvrs in nvrs.map { ($0, cause) } }
    ) { first, _ in first }
    return try RemovalGathering(stream: stream).lost(removed, in: stream.release(release)).map {
      record in
      let build = builds[record.rpm.nevra.fileName].flatMap { $0 }
      let cause = build.flatMap { causes[$0] } ?? .retention
      return RemovedRPM(
        record, build: build, release: release, cause: Removal.Cause(cause), push: serial, at: at,
        operatorName: stream.operatorName, reason: cause.isHeld ? plan.reason : nil)
    }
  }

  /// Writes what is true once it is done.
  ///
  /// - Parameter request: what was asked for.
  func record(
    _ change: LedgerChange, for request: PushRequest, by operatorName: String
  ) throws {
    let release = plan.release
    if plan.allowUnsigned { try change.setAllowsUnsigned(release) }
    try change.addBuilds(
      builds.map { build in
        BuildRecord(
          package: build.package, evr: build.evr, push: serial,
          marker: build.marker.map { MarkerRecord(marker: $0.marker, rpm: $0.rpm.fileName) })
      }, to: release)
    for (cause, nvrs) in unlisted {
      try change.setUnlisted(nvrs, because: cause, by: serial, of: release)
      guard cause.isHeld else { continue }
      try change.hold(
        nvrs.map {
          BuildHold(
            nvr: $0, cause: cause, reason: plan.reason, operatorName: operatorName, at: at,
            release: release)
        })
    }
    try change.setUnlisted(relisted, because: nil, by: serial, of: release)
    // Whatever a push lists, or lets stay, is held no longer.
    try change.liftHolds(of: builds.map(\.nvr) + relisted + plan.lifted, by: operatorName, at: at)
    if plan.undoes == nil {
      try change.addDocumentChanges(changes, by: serial, to: release)
    } else {
      try change.hold(changes, at: at)
    }
    if case .update(let selection) = request {
      try change.liftHolds(ofAdvisories: selection.again)
    }
    try change.addAdvisories(documents.advisories)
    try change.addOverrides(overrides, to: release)
    try change.addPush(
      PushRecord(
        serial: serial, at: at, kind: plan.kind, operatorName: operatorName, reason: plan.reason,
        undoes: plan.undoes, listed: Self.sorted(builds.map(\.nvr) + relisted),
        unlisted: Self.sorted(Array(unlisted.values.joined()))), to: release)
    try change.setPushes(serial, of: release)
  }
}

/// What the checks said of a tree before a push.
struct PushVerdict: Codable, Sendable {
  let report: CheckReport
  /// SHA-256 of the manifest that the tree will have: only then is the verdict
  /// about it.
  let manifest: Checksum
}

extension Removal.Cause {
  fileprivate init(_ cause: UnlistingCause) {
    switch cause {
    case .retention: self = .retention
    case .withdrawn: self = .withdrawn
    case .undone: self = .undone
    }
  }
}
