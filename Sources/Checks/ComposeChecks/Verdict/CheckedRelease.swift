import ComposeStream
import ComposeTrees
import ComposeStream
import ComposeTrees
import ComposePolicy
import ReleaseLedger
import ReleaseModel

/// A release that is checked: what the ledger recorded of it, and, read when
/// the first check asks, what is on disk.
final class CheckedRelease {
  let record: ReleaseRecord
  let stream: StreamContext
  /// NVRs of every build that it carries, pushes included.
  let builds: Set<String>
  /// NVRs of the builds that each area must have.
  let expected: [Area: Set<String>]
  private var readListings: [TreeListing]?
  private var readScans: [TreeScan]?
  private var readClosure: ClosureResult?

  init(_ record: ReleaseRecord, in stream: StreamContext) throws {
    self.record = record
    self.stream = stream
    let builds = try stream.ledger.builds(of: record.id)
    let all = Set(builds.map(\.nvr.description))
    // A tree that is frozen has all that it was cut with.
    let cut = Set(builds.filter { $0.push == 0 }.map(\.nvr.description))
    let listed = Set(builds.filter { $0.unlisted == nil }.map(\.nvr.description))
    let beginsEmpty = stream.policy.areas[.updates]?.begins == .empty
    self.builds = all
    expected = [.releases: cut, .updates: beginsEmpty ? listed.subtracting(cut) : listed]
  }

  var policy: Policy { stream.policy }

  /// What the metadata of every tree lists; no RPM is read for it.
  var listings: [TreeListing] {
    get throws {
      if let readListings { return readListings }
      let compared = Guarded<Set<Checksum>>([])
      let listings = try record.trees.map {
        try TreeListing.read($0, in: stream, comparing: compared)
      }
      readListings = listings
      return listings
    }
  }

  /// Every tree, read whole: every RPM verified, every file hashed.
  var scans: [TreeScan] {
    get throws {
      if let readScans { return readScans }
      var scanner = TreeScanner(stream: stream)
      let scans = try zip(record.trees, listings).map { try scanner.scan($0, $1) }
      readScans = scans
      return scans
    }
  }

  /// By area: what the manifest file says, or why it cannot be read.
  lazy var manifests: [Area: Result<Manifest, ComposeError>] = readManifests()

  private func readManifests() -> [Area: Result<Manifest, ComposeError>] {
    var manifests: [Area: Result<Manifest, ComposeError>] = [:]
    for tree in record.trees {
      manifests[tree.name.area] = TreeScanner.attempt {
        let (manifest, checksum) = try stream.locations.open(tree).manifest()
        guard checksum == tree.manifest else {
          throw ComposeError(
            .badData, "\(tree.name)/\(Manifest.fileName)", "it is not what was recorded",
            remedy: "Find out what changed the tree; compose again")
        }
        return manifest
      }
    }
    return manifests
  }

  /// Result of resolving the dependencies, from metadata alone.
  var closure: ClosureResult {
    get throws {
      if let readClosure { return readClosure }
      stream.activity.begin("Resolving dependencies", total: nil, unit: "")
      defer { stream.activity.end() }
      let closure = try ClosureGathering(stream: stream).result(of: record)
      readClosure = closure
      return closure
    }
  }
}
