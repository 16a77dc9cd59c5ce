import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// What users have who will get a release: an upgrade path leads from there.
struct UpgradeOrigin {
  let release: ReleaseID
  /// Such as `users of 7.06.201903 have`.
  let users: String
  private let baseline: Baseline?
  /// By the path of the repository: what is only recorded, since no tree has it.
  private let recorded: [RelativePath: [NEVRA]]

  /// The release that links lead to.
  init(_ baseline: Baseline) {
    release = baseline.release
    users = "users of \(baseline.release) have"
    self.baseline = baseline
    recorded = [:]
  }

  private init(
    rolledBack release: ReleaseID, _ baseline: Baseline?, _ rpms: [NEVRA], _ policy: Policy
  ) {
    self.release = release
    users = "users of \(release) got before it was rolled back"
    self.baseline = baseline
    recorded = Dictionary(
      policy.arches.compactMap { arch in
        RelativePath(policy.repositories.binary.filled(arch: arch)).map {
          ($0, rpms.filter { [arch, .noarch].contains($0.arch) })
        }
      }
    ) { $0 + $1 }
  }

  /// Releases between `baseline` and `record` that links led to and that were rolled
  /// back: whoever upgraded meanwhile still has what they brought. From their
  /// trees, and where these are gone, from what was recorded when links left them.
  static func rolledBack(
    before record: ReleaseRecord, after baseline: Baseline, _ stream: StreamContext
  ) throws -> [UpgradeOrigin] {
    let left = Dictionary(
      grouping: try stream.ledger.removedRPMs().filter { $0.cause == .rolledBack }, by: \.release)
    let known = try stream.ledger.releases().filter { $0.promotion != nil }
    let trees = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
    return try Set(left.keys).union(trees.keys).filter { id in
      // One that was abandoned and composed again is another release by that name.
      let isAnother = id == record.id && record.promotion == nil && left[id] != nil
      return baseline.release < id && (id < record.id || isAnother)
    }.sorted().map { id in
      // One of this very name is another release by now.
      let baseline = try id == record.id ? nil : trees[id].flatMap { try Baseline($0, in: stream) }
      return UpgradeOrigin(
        rolledBack: id, baseline, (left[id] ?? []).map(\.former.rpm.nevra), stream.policy)
    }
  }

  /// What the repository at `path` says of modules.
  func modules(of path: RelativePath) throws -> ModuleDocument {
    try baseline?.modules(of: path) ?? .none
  }

  /// What users have of the repository at `path`.
  func packages(of path: RelativePath) throws -> [NEVRA] {
    try (baseline?.packages(of: path).map(\.nevra) ?? []) + (recorded[path] ?? [])
  }
}
