package import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
import PackageLibrary
package import ReleaseLedger
package import ReleaseModel

/// The RPM files of a release that clients may ask for by links, with what they
/// must contain: also those that are not listed any more.
struct KnownFiles {
  let area: Area
  /// Nil where the files are gone, and only what they were is known.
  let directory: Directory?
  /// By path below the tree.
  let checksums: [RelativePath: Checksum]

  /// Of the trees of `record` that links lead to. One that is not there has
  /// nothing that a client could get.
  static func of(_ record: ReleaseRecord, in stream: StreamContext) throws -> [KnownFiles] {
    let areas = Set(stream.policy.links.map(\.area).filter(\.isStable))
    return try record.trees.filter { areas.contains($0.name.area) && $0.place != .gone }
      .compactMap { tree in
        do {
          let directory = try stream.locations.open(tree)
          let forgotten = Set(try stream.expiredFiles(of: tree.name))
          let files = try directory.manifest().manifest.checksums.filter { path, _ in
            path.name.hasSuffix(".rpm") && !forgotten.contains(path)
          }
          return KnownFiles(area: tree.name.area, directory: directory, checksums: files)
        } catch let error as ComposeError where [.noInput, .badData].contains(error.kind) {
          return nil
        }
      }
  }

  /// What was public under the paths of `release` before it was abandoned, for as long as
  /// clients may ask for it.
  static func abandoned(_ release: ReleaseID, in stream: StreamContext) throws -> [KnownFiles] {
    let grace = stream.policy.clocks.grace.seconds
    let files = try stream.ledger.knownFiles(of: release, since: stream.time.now - grace)
    return Dictionary(grouping: files, by: \.area).sorted { $0.key < $1.key }.map { area, files in
      KnownFiles(
        area: area, directory: nil,
        checksums: Dictionary(files.map { ($0.path, $0.sha256) }) { first, _ in first })
    }
  }

  /// What `rpm` would replace at `path`; nil where it is the same, or nothing.
  func replaced(
    by rpm: RPMFile, of package: String, at path: RelativePath, _ library: PackageLibrary
  ) throws -> ReplacedRPM? {
    guard let known = checksums[path], known != rpm.sha256 else { return nil }
    guard let directory, let status = try directory.status(of: path),
      let served = try? directory.rpm(Directory.TreeEntry(path: path, status: status), in: library)
    else { return ReplacedRPM(rpm, package: package) }
    return ReplacedRPM(rpm, package: package, replacing: served)
  }
}

extension StreamContext {
  /// RPMs of `builds` whose places hold other contents in the trees of the current
  /// release that links lead to.
  ///
  /// - Parameter release: that they are planned for; nil for a push, which goes
  ///   into the updates tree alone.
  package func replaced(by builds: [Build], in release: ReleaseID?) throws -> [ReplacedRPM] {
    let current = try servedRelease()
    let assignment = RepositoryAssignment(policy: policy)
    let isWhole = policy.areas[.updates]?.begins == .release
    let known =
      try (current.map { try KnownFiles.of($0, in: self) } ?? [])
      + (release.map { try KnownFiles.abandoned($0, in: self) } ?? [])
    let places = known.filter { known in
      // A new tree of pushes that begins empty has none of them yet.
      release == nil
        ? known.area == .updates : known.area == .releases || isWhole && known.area.isStable
    }
    if places.isEmpty { return [] }
    var found: Set<ReplacedRPM> = []
    for build in builds {
      for rpm in build.rpms {
        let location = try rpm.location
        for known in places {
          for repository in assignment.repositories(of: rpm) {
            let path = repository.appending(location)
            if let replaced = try known.replaced(by: rpm, of: build.package, at: path, library) {
              found.insert(replaced)
            }
          }
        }
      }
    }
    return Array(found)
  }

  /// RPM files of the public trees of `record` that the trees of the current release
  /// do not have: what only its own URLs ever led to.
  package func knownFiles(of record: ReleaseRecord) throws -> [KnownFile] {
    let current = try ledger.currentRelease()
    return try record.trees.filter { $0.place == .public }.flatMap { tree -> [KnownFile] in
      let others = try current?.tree(tree.name.area).map {
        try locations.open($0).manifest().manifest.checksums
      }
      return try locations.open(tree).manifest().manifest.checksums
        .filter { $0.key.name.hasSuffix(".rpm") && others?[$0.key] != $0.value }
        .map { KnownFile(area: tree.name.area, path: $0.key, sha256: $0.value) }
        .sorted { $0.path < $1.path }
    }
  }
}
