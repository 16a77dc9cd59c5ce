import ComposeChecks
import ComposePlanning
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Runs the checks on a tree as a push will leave it, before users get anything.
///
/// Everything that the push will write is written into a temporary directory; RPMs
/// are read where they are. The tree itself is only read, so that a dry run
/// judges as the push does.
struct PushJudgement {
  let step: PushBuilds
  /// Builds that leave the lists because a person says so.
  let takenOut: Set<NVR>
  /// Whether it brings something, instead of taking it out or back.
  let isUpdate: Bool
  /// Whether somebody lets unsigned RPMs in.
  let allowsUnsigned: Bool
  let stream: StreamContext

  /// What is known of a push before it is made.
  struct Result {
    let report: CheckReport
    /// That the tree will have, but for signatures, which are as they were.
    let manifest: Manifest
    /// That it will have.
    let indexes: RepositoryIndexes
    /// What the push will put into the tree.
    let prepared: PreparedDocuments
  }

  /// The checks' report, and what the tree will have.
  func run(on record: ReleaseRecord) throws -> Result {
    let tree = try Directory.open(root: stream.locations.public).open(step.tree.path)
    let manifest = try tree.manifest().manifest
    let assignment = RepositoryAssignment(policy: stream.policy)
    var arriving: [RelativePath: RPMFile] = [:]
    var placed: [RelativePath: Checksum] = [:]
    for rpm in step.builds.flatMap(\.rpms) {
      let location = try rpm.location
      for repository in assignment.repositories(of: rpm) {
        let path = repository.appending(location)
        placed[path] = rpm.sha256
        if manifest.checksums[path] != rpm.sha256 { arriving[path] = rpm }
      }
    }
    let scratch = try ScratchDirectory()
    let written = try Directory.open(root: scratch.path)
    let files = TreeFiles(tree, arriving: arriving)
    let made = try PushMetadata(
      step: step, stream: stream, files: files, manifest: manifest
    ).write(placed: placed, into: written)
    let upcoming = UpcomingTree(
      name: step.tree, files: files, written: written,
      manifest: made.manifest,
      unlisted: try unlisted(bringing: Set(placed.keys)),
      listedBuilds: Set(step.builds.map(\.nvr) + nvrs(step.relisting)),
      unlistedBuilds: Set(nvrs(step.unlisting)), takenOut: takenOut,
      isUpdate: isUpdate, allowsUnsigned: allowsUnsigned)
    return Result(
      report: try TreeCheckRunner(stream: stream).run(
        record, becoming: upcoming, of: CheckedPart(of: step.tree.area)),
      manifest: made.manifest, indexes: made.indexes,
      prepared: PreparedDocuments(made, in: written, of: scratch))
  }

  private func unlisted(bringing paths: Set<RelativePath>) throws -> Set<RelativePath> {
    Set(try stream.ledger.unlistedFiles(of: step.tree).map(\.path) + step.unlisting.map(\.path))
      .subtracting(step.relisting.map(\.path)).subtracting(paths)
  }

  private func nvrs(_ files: [UnlistedFile]) -> [NVR] {
    files.compactMap(\.build)
  }
}
