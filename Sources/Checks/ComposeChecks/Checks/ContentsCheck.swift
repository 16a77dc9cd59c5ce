import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// `contents`: a name that clients of the release before may ask for by a link has
/// the contents that their metadata promises.
struct ContentsCheck: ReleaseCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    let stream = release.stream
    let baseline = try Baseline.of(release.record, in: stream)?.release
    let former = try baseline.flatMap { try stream.ledger.release($0) }
    var found: Set<ReplacedRPM> = []
    // Once links have led to it, what was abandoned before is history.
    let abandoned =
      release.record.promotion == nil
      ? try KnownFiles.abandoned(release.record.id, in: stream) : []
    for known in try (former.map { try KnownFiles.of($0, in: stream) } ?? []) + abandoned {
      guard let tree = release.record.tree(known.area),
        case .success(let manifest)? = release.manifests[known.area]
      else { continue }
      let directory = try stream.locations.open(tree)
      for (path, checksum) in manifest.checksums {
        guard let other = known.checksums[path], other != checksum else { continue }
        guard let status = try directory.status(of: path),
          let rpm = try? directory.rpm(
            Directory.TreeEntry(path: path, status: status), in: stream.library),
          let replaced = try known.replaced(by: rpm, of: rpm.package, at: path, stream.library)
        else { continue }
        found.insert(replaced)
      }
    }
    return CheckFindings(
      findings: ReplacedRPM.findings(Array(found), against: baseline ?? release.record.id))
  }
}
