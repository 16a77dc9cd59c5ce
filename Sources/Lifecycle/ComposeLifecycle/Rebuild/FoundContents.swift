import BuildSystems
import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// What the RPMs in the trees of one release say.
struct FoundContents {
  /// What its `releases` tree lists; all where it has no such tree.
  var cut: Set<NVR> = []
  /// Whether there is a `releases` tree, which nothing is pushed into.
  var hasCut = false
  /// Everything that a tree lists, and what the updates tree only has.
  var builds: [NVR: Build] = [:]
  /// Listed in the updates tree, or in all where there is none.
  var listed: [NVR: EVR] = [:]
  /// In the updates tree, and not listed.
  var unlisted: [NVR: EVR] = [:]
  /// Paths of unlisted RPMs, by their build.
  var paths: [NVR: [RelativePath]] = [:]
  /// Files that no repomd.xml leads to, by tree.
  var unlistedFiles: [TreeName: [RelativePath]] = [:]
  /// Whether an RPM proves that unsigned ones were let in.
  var hasUnsigned = false
  /// The same of the testing tree.
  var testsUnsigned = false
  /// Serial of the newest push, by the label of the updates tree; nil where it does
  /// not say.
  var pushes: Int?
}

extension DiskSurveyor {
  /// Reads every RPM of `trees`, which are those of one release.
  func contents(_ trees: [FoundTree]) throws -> FoundContents {
    var found = FoundContents()
    let hasCut = trees.contains { $0.name.area == .releases }
    found.hasCut = hasCut
    let isAlone = trees.count { $0.name.area.isStable } == 1
    for tree in trees.sorted(by: { $0.name.area < $1.name.area }) {
      let manifest = try tree.directory.manifest().manifest
      let carried = carriedRepositories(tree, manifest)
      let listed = try listed(tree, manifest, without: carried)
      let files = try read(tree, listed)
      let isStable = tree.name.area.isStable
      if files.contains(where: { wasLetIn($0.signature) }) {
        if isStable { found.hasUnsigned = true } else { found.testsUnsigned = true }
      }
      let isCut = tree.name.area == .releases || !hasCut
      let isServed = tree.name.area == .updates || isStable && isAlone
      // Users do not have what is tested: no release carries it.
      for build in isStable ? BuildGrouping.builds(of: files) : [] {
        if isCut { found.cut.insert(build.nvr) }
        if isServed { found.listed[build.nvr] = build.evr }
        if found.builds[build.nvr] == nil { found.builds[build.nvr] = build }
      }
      let unlisted = manifest.checksums.keys.filter {
        $0.name.hasSuffix(".rpm") && !listed.contains($0)
      }
      let kept = manifest.checksums.keys.filter { path in
        !path.name.hasSuffix(".rpm") && carried.contains { path.isWithin($0) }
      }
      let superseded = try tree.directory.metadata(manifest, without: carried).superseded
      found.unlistedFiles[tree.name] = (unlisted + kept + superseded).sorted()
      if tree.name.area == .updates {
        found.pushes = try TreeGeneration(of: tree.directory, area: .updates).push
      }
      let own = unlisted.filter { path in !carried.contains { path.isWithin($0) } }
      if isServed { try addUnlisted(Set(own), of: tree, to: &found) }
    }
    return found
  }

  private func addUnlisted(
    _ paths: Set<RelativePath>, of tree: FoundTree, to found: inout FoundContents
  ) throws {
    if paths.isEmpty { return }
    let byName = Dictionary(grouping: paths, by: \.name)
    for build in BuildGrouping.builds(of: try read(tree, paths)) {
      found.paths[build.nvr] = build.rpms.flatMap { byName[$0.fileName] ?? [] }.sorted()
      guard found.listed[build.nvr] == nil else { continue }
      found.unlisted[build.nvr] = build.evr
      if found.builds[build.nvr] == nil { found.builds[build.nvr] = build }
    }
  }

  /// Repositories of architectures that the policy has dropped with the release,
  /// or before: the tree only keeps them for clients of an earlier one.
  private func carriedRepositories(
    _ tree: FoundTree, _ manifest: Manifest
  ) -> Set<RelativePath> {
    let policy = stream.policy
    return Set(
      manifest.repositories.filter { path in
        policy.repositories.architecture(of: path).map {
          policy.hasDropped($0, in: tree.name.release)
        } ?? false
      })
  }

  /// RPMs that metadata leads to.
  ///
  /// - Parameter carried: repositories that are only kept.
  private func listed(
    _ tree: FoundTree, _ manifest: Manifest, without carried: Set<RelativePath>
  ) throws -> Set<RelativePath> {
    var listed: Set<RelativePath> = []
    for repository in manifest.repositories where !carried.contains(repository) {
      let repomd = try tree.directory.repomd(of: repository)
      for package in try tree.directory.packages(of: repository, repomd) {
        listed.insert(repository.appending(package.location))
      }
    }
    return listed
  }

  private func read(_ tree: FoundTree, _ paths: Set<RelativePath>) throws -> [RPMFile] {
    // A noarch RPM is in several repositories.
    let unique = Dictionary(paths.map { ($0.name, $0) }) { min($0, $1) }
    stream.activity.begin("Reading \(tree.directory.path)", total: unique.count, unit: "RPMs")
    defer { stream.activity.end() }
    return try unique.values.sorted().map { path in
      try Interruption.check(remaining: "reading \(tree.directory.path)")
      stream.activity.advance(by: 1)
      return try tree.directory.rpm(path, by: stream.reader)
    }
  }

  /// Whether an RPM in a tree proves that unsigned ones were allowed. A key
  /// that is not there now may have been there then.
  private func wasLetIn(_ signature: RPMSignature) -> Bool {
    switch signature {
    case .unsigned: true
    case .unreadable(_, let isBroken): !isBroken
    case .unknownKey: hasAllKeys
    case .trusted, .expiredKey, .revokedKey, .unverifiable, .headerOnly: false
    }
  }
}
