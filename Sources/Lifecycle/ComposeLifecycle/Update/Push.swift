import ComposeStream
import ComposeTrees
import ComposeChecks
import ComposeStream
import ComposeTrees
import ComposePlanning
import ComposePolicy
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// A push, complete: what is needed to make it, or to finish it after an
/// interruption, when nothing it was planned from needs to be there any more.
struct Push: Codable, Sendable {
  let serial: Int
  let kind: PushKind
  let reason: String?
  let undoes: Int?
  let builds: [Build]
  /// NVRs, by why they are not listed any more.
  let unlisted: [UnlistingCause: [NVR]]
  let relisted: [NVR]
  /// Their files.
  let unlisting: [UnlistedFile]
  let relisting: [UnlistedFile]
  let documents: TreeDocuments
  let revision: Int
  let allowUnsigned: Bool
  let at: Int

  init(
    _ plan: PushPlan, _ documents: TreeDocuments, _ tree: TreeName, _ directory: Directory,
    _ manifest: Manifest, _ stream: StreamContext
  ) throws {
    serial = plan.serial
    kind = plan.kind
    reason = plan.reason
    undoes = plan.undoes
    builds = plan.builds
    self.documents = documents
    revision = plan.revision
    allowUnsigned = plan.allowUnsigned
    at = stream.time.now
    unlisted = Dictionary(grouping: plan.unlisted, by: \.cause).mapValues { $0.map(\.nvr) }
    relisted = plan.relisted.map(\.nvr)
    unlisting = try Self.files(
      of: Set(plan.unlisted.map(\.nvr)), listedIn: tree, directory, manifest, stream)
    let known = try stream.ledger.unlistedFiles(of: tree)
    let again = Set(relisted)
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
  private static func files(
    of nvrs: Set<NVR>, listedIn tree: TreeName, _ directory: Directory, _ manifest: Manifest,
    _ stream: StreamContext
  ) throws -> [UnlistedFile] {
    if nvrs.isEmpty { return [] }
    let assignment = RepositoryAssignment(policy: stream.policy)
    var contents = TreeContents(repositories: try stream.repositories(of: tree, manifest))
    contents.add(manifest)
    contents.remove(try stream.ledger.unlistedFiles(of: tree).map(\.path))
    return try contents.builds(in: directory, by: stream.library)
      .filter { nvrs.contains($0.nvr) }
      .flatMap { build in
        try build.rpms.flatMap { rpm in
          let location = try rpm.location
          return assignment.repositories(of: rpm).map {
            UnlistedFile(
              path: $0.appending(location), build: build.nvr, since: stream.time.now)
          }
        }
      }
      .filter { manifest.checksums[$0.path] != nil }.sorted { $0.path < $1.path }
  }

  private static func sorted(_ builds: [NVR]) -> [NVR] {
    builds.map { ($0.description, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Writes what is true once it is done.
  func record(
    _ change: LedgerChange, _ release: ReleaseID, _ operatorName: String
  ) throws {
    if allowUnsigned { try change.setAllowsUnsigned(release) }
    try change.addBuilds(
      builds.map { build in
        BuildRecord(
          package: build.package, evr: build.evr, push: serial,
          marker: build.marker.map { MarkerRecord(marker: $0.marker, rpm: $0.rpm.fileName) })
      }, to: release)
    for (cause, nvrs) in unlisted {
      try change.setUnlisted(nvrs, because: cause, by: serial, of: release)
    }
    try change.setUnlisted(relisted, because: nil, by: serial, of: release)
    try change.addAdvisories(documents.advisories)
    try change.addPush(
      PushRecord(
        serial: serial, at: at, kind: kind, operatorName: operatorName, reason: reason,
        undoes: undoes, listed: Self.sorted(builds.map(\.nvr) + relisted),
        unlisted: Self.sorted(Array(unlisted.values.joined()))), to: release)
    try change.setPushes(serial, of: release)
  }
}
