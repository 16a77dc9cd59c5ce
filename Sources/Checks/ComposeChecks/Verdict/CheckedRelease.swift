import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import Digests
import DocumentSigning
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// A release that is checked: what the ledger recorded of it, and, read when
/// the first check asks, what is on disk. Checks may ask side by side.
final class CheckedRelease: Sendable {
  let record: ReleaseRecord
  let stream: StreamContext
  /// Which of its trees are checked.
  let part: CheckedPart
  /// These trees; after a push that is judged, one of them as it will be.
  let trees: [CheckedTree]
  /// Trees that clients use together with ``trees``, and that are not checked themselves.
  private let besides: [CheckedTree]
  /// NVRs of every build that it carries, pushes included.
  let builds: Set<String>
  /// NVRs of the builds that each area must have.
  let expected: [Area: Set<String>]
  /// Builds that must not be listed although they are live.
  let holds: [String: BuildHold]
  /// Builds that the push at hand takes out because a person says so.
  let takenOut: Set<NVR>
  /// Whether RPMs without a signature by a key of the policy were let in, or are by the
  /// push at hand.
  let allowsUnsigned: Bool
  /// Source packages that the push at hand brings; nil where the trees are judged as they are.
  let arrivingPackages: Set<String>?
  /// Whether the trees are judged as a push that brings builds will leave them.
  private let isBeforeArrival: Bool
  /// Whether everything is read, and clients asked, whatever is known from before.
  let isThorough: Bool
  private let readListings = MadeOnce<[TreeListing]>()
  private let readScans = MadeOnce<[TreeScan]>()
  private let readManifests = MadeOnce<[Area: Result<Manifest, ComposeError>]>()
  private let readClosure = MadeOnce<ClosureResult>()
  private let readBaseOffers = MadeOnce<BaseOffers>()

  /// - Parameters:
  ///   - upcoming: a tree as a push will leave it; nil for the trees as they are.
  ///   - isThorough: whether nothing counts that is known from before.
  init(
    _ record: ReleaseRecord, _ part: CheckedPart = .stable,
    becoming upcoming: UpcomingTree? = nil, isThorough: Bool = false, in stream: StreamContext
  ) throws {
    self.part = part
    self.isThorough = isThorough
    self.record = record
    self.stream = stream
    isBeforeArrival = upcoming?.listedBuilds.isEmpty == false
    arrivingPackages = upcoming.map { Set($0.listedBuilds.map(\.name)) }
    allowsUnsigned =
      record.allowUnsigned || part == .testing && record.testsUnsigned
      || upcoming?.allowsUnsigned == true
    let own = part.trees(of: record)
    let beside = Set(own.flatMap { stream.policy.areas(beside: $0.name.area) })
    besides = try record.trees.filter { beside.contains($0.name.area) && !own.contains($0) }.map {
      CheckedTree(record: $0, directory: try stream.locations.open($0))
    }
    trees = try own.map { tree in
      if let upcoming, upcoming.name == tree.name {
        return CheckedTree(record: tree, upcoming: upcoming)
      }
      return CheckedTree(record: tree, directory: try stream.locations.open(tree))
    }
    let builds = try stream.ledger.builds(of: record.id)
    let all = Set(builds.map(\.nvr.description))
    // A tree that is frozen has all that it was cut with.
    let cut = Set(builds.filter { $0.push == 0 }.map(\.nvr.description))
    let arriving = Set((upcoming?.listedBuilds ?? []).map(\.description))
    let listed = Set(builds.filter { $0.unlisted == nil }.map(\.nvr.description))
      .subtracting((upcoming?.unlistedBuilds ?? []).map(\.description)).union(arriving)
    let beginsEmpty = stream.policy.areas[.updates]?.begins == .empty
    let tested =
      part == .testing ? try Set(stream.testedBuilds(of: record).map(\.description)) : []
    self.builds = (part == .testing ? tested : all).union(arriving)
    takenOut = upcoming?.takenOut ?? []
    // A push that brings a held build was told to: it lifts the hold.
    holds = Dictionary(
      try stream.ledger.holds().map { ($0.nvr.description, $0) }.filter { !arriving.contains($0.0) }
    ) { first, _ in first }
    expected = [
      .releases: cut, .updates: beginsEmpty ? listed.subtracting(cut) : listed,
      .testing: tested.subtracting((upcoming?.unlistedBuilds ?? []).map(\.description))
        .union(arriving),
    ]
  }

  var policy: Policy { stream.policy }

  /// What helps where a tree is not what it should be: a release that users have
  /// cannot be composed anew.
  var remedyForDamage: String {
    if isBeforeArrival { return "Put right what was given, or leave the build out with --skip" }
    return record.promotion == nil
      ? "Abandon the release and compose it again"
      : "Restore the file from a mirror or from another copy of the tree; 'verify' reads all of it"
  }

  /// What the metadata of every tree lists; no RPM is read for it.
  var listings: [TreeListing] {
    get throws {
      try readListings.value {
        let compared = Guarded<Set<Checksum>>([])
        return try trees.map {
          try TreeListing.read($0, in: stream, reading: isThorough, comparing: compared)
        }
      }
    }
  }

  /// Whether clients shall find each index of a tree signed by the keys that they have now, as
  /// its manifest says: not one that a push will write, which is signed later, and none from
  /// before the policy said so.
  func isSigned(_ tree: CheckedTree) throws -> Bool {
    guard tree.former == nil, let signer = stream.signer else { return false }
    let key = Checksum(of: try signer.publicKey())
    let manifest = try tree.manifest()
    return try stream.repositories(of: tree.name, manifest).allSatisfy {
      try manifest.checksums[RepositoryMetadata.publicKeyPath(of: $0)] == key
    }
  }

  /// Every tree, read whole: every RPM verified, every file hashed.
  var scans: [TreeScan] {
    get throws {
      try readScans.value {
        var scanner = TreeScanner(stream: stream)
        return try zip(trees, listings).map { try scanner.scan($0, $1) }
      }
    }
  }

  /// By area: what the manifest file says, or why it cannot be read.
  var manifests: [Area: Result<Manifest, ComposeError>] {
    readManifests.value {
      trees.reduce(into: [:]) { manifests, tree in
        manifests[tree.name.area] = TreeScanner.attempt { try tree.recordedManifest() }
      }
    }
  }

  /// What the base repositories offer; nil where the policy names none.
  var baseOffers: BaseOffers? {
    get throws {
      if policy.gate.base.isEmpty { return nil }
      return try readBaseOffers.value {
        try BaseRepositories(stream: stream).offers(for: record.id)
      }
    }
  }

  /// Names of the RPMs that users have now; empty where nobody can tell.
  var formerNames: Set<String> {
    get throws {
      do {
        return try Baseline.of(record, in: stream)?.contents().names ?? []
      } catch let error as ComposeError where [.badData, .noInput].contains(error.kind) {
        // The check `vanish` tells of it.
        return []
      }
    }
  }

  /// Result of resolving the dependencies, from metadata alone.
  var closure: ClosureResult {
    get throws {
      try readClosure.value {
        stream.activity.begin("Resolving dependencies", total: nil, unit: "")
        defer { stream.activity.end() }
        var closure = try ClosureGathering(stream: stream, isThorough: isThorough).result(
          of: record, trees, beside: besides)
        if part == .testing {
          let own = try listings.flatMap { $0.repositories.values.compactMap { try? $0.get() } }
            .flatMap(\.packages).map(\.nevra)
          closure.keep(Set(own))
        }
        return closure
      }
    }
  }
}
