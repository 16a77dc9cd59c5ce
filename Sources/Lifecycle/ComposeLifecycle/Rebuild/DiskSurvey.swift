package import ComposeStream
import ComposeTrees
import ComposeChecks
package import ComposeStream
import ComposeTrees
import BuildSystems
import ComposePlanning
package import ComposePolicy
import DurableFiles
package import ReleaseLedger
package import ReleaseModel
import RepoMetadata

/// What the disk alone proves of a stream: the way back when a ledger is lost.
///
/// A release is proven by trees that say in `.composeinfo` which they are and
/// whose every file is as their manifest has it. Nothing is guessed: what is
/// not on disk (times, the packages that releases left out, tags, history) is
/// named in ``unproven`` and left out.
package struct DiskSurvey: Sendable {
  /// Sorted by release.
  package let releases: [SurveyedRelease]
  /// What stands against believing the disk: damaged or half-moved trees.
  package let damage: [Finding]
  /// What a rebuilt ledger will lack.
  package let unproven: [Finding]
}

/// One release as its trees prove it.
package struct SurveyedRelease: Sendable {
  /// As it would be in the ledger.
  package let record: ReleaseRecord
  /// Those that are listed: of others, nothing is known but that their files are
  /// there.
  package let builds: [BuildRecord]
  /// By tree: what nothing leads to. Since when is on no disk: as of now.
  package let unlisted: [TreeName: [UnlistedFile]]
}

/// Reads all trees of a stream, below every root.
package struct DiskSurveyor: Sendable {
  let stream: StreamContext

  /// - Parameter stream: its ledger is not looked at.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// The trees that say they are of this stream, by root; only their names
  /// and `.composeinfo` are read.
  package static func trees(
    of policy: Policy, at locations: Locations
  ) throws -> [FoundTree] {
    var found: [FoundTree] = []
    for (place, path) in locations.roots {
      guard let root = try Directory.openIfPresent(root: path) else { continue }
      for (area, areaPolicy) in policy.areas.sorted(by: { $0.key < $1.key }) {
        let components = areaPolicy.path.description.split(separator: "/").map(String.init)
        let paths = try root.directories(like: components[...], below: nil) { name in
          (try? ReleaseID(name)).map { (try? policy.check($0)) != nil } ?? false
        }
        for path in paths {
          guard
            let tree = try FoundTree(at: path, in: root, place: place, area: area, policy: policy)
          else { continue }
          found.append(tree)
        }
      }
    }
    return found
  }

  /// Reads every file of every tree.
  package func survey() throws -> DiskSurvey {
    let found = try Self.trees(of: stream.policy, at: stream.locations)
    let links = try LinkState(policy: stream.policy, locations: stream.locations)
    var damage: [Finding] = []
    var notes: [Finding] = []
    var releases: [SurveyedRelease] = []
    let wereCurrent = Set(found.compactMap(\.info.previous))
    let grouped = Dictionary(grouping: found, by: \.name.release)
    let current = grouped.keys.first { links.deviations(current: $0).isEmpty }
    for (id, trees) in grouped.sorted(by: { $0.key < $1.key }) {
      // Only a release that is older than the current one was certainly left
      // by a promotion: one that is newer may have been rolled back from.
      let wasLeft = current.map { id < $0 && wereCurrent.contains(id) } ?? false
      guard let verdict = verdict(on: trees, isCurrent: id == current, wasLeft: wasLeft) else {
        let places = trees.map { "\($0.place.rawValue) \($0.name)" }.joined(separator: ", ")
        damage.append(
          Finding(
            code: "half-moved", message: "\(id) is whole in no place; there are: \(places)",
            remedy: "Restore its other trees beside these, or remove these, then try again"))
        continue
      }
      let problems = try trees.flatMap { try verify($0) }
      damage += problems
      if !problems.isEmpty { continue }
      releases.append(try release(id, verdict, sequence: releases.count + 1))
      notes += verdict.notes
    }
    damage += links.deviations(current: releases.map(\.record).first { $0.state == .current }?.id)
    return DiskSurvey(
      releases: releases, damage: damage,
      unproven: unproven(releases) + notes + (try leftovers()))
  }

  // MARK: One release

  /// What the places of a release's trees prove.
  private struct Verdict {
    let state: ReleaseState
    /// The trees that count, one for each area.
    let trees: [FoundTree]
    /// Areas with a second tree below the archive root.
    var archived: Set<Area> = []
    var notes: [Finding] = []
  }

  /// Nil where no place has all trees of the release.
  private func verdict(on found: [FoundTree], isCurrent: Bool, wasLeft: Bool) -> Verdict? {
    func trees(in place: TreeRecord.Place) -> [FoundTree] { found.filter { $0.place == place } }
    func isWhole(_ place: TreeRecord.Place) -> Bool {
      Set(trees(in: place).map(\.name.area)) == Set(stream.policy.areas.keys)
    }
    func note(_ message: String, _ remedy: String) -> Finding {
      Finding(code: "second-tree", message: message, remedy: remedy)
    }
    let id = found[0].name.release
    if isWhole(.public) {
      var verdict = Verdict(
        state: isCurrent ? .current : wasLeft ? .superseded : .published, trees: trees(in: .public))
      if !trees(in: .archive).isEmpty {
        // The ledger had the last word on whether that was finished.
        verdict.notes.append(
          note(
            "whether the archive of \(id) was finished: it counts as \(verdict.state.rawValue)",
            "Archive it again: what is there is not copied again"))
      }
      if !trees(in: .staging).isEmpty {
        verdict.notes.append(
          note("\(id) has trees in staging, too", "Remove those; the public ones are whole"))
      }
      return verdict
    }
    if isWhole(.archive), trees(in: .staging).isEmpty {
      let left = trees(in: .public)
      let areas = Set(left.map(\.name.area))
      return Verdict(
        state: .archived,
        trees: left + trees(in: .archive).filter { !areas.contains($0.name.area) },
        archived: Set(stream.policy.areas.keys))
    }
    if isWhole(.staging), found.allSatisfy({ $0.place == .staging }) {
      return Verdict(state: .staged, trees: found)
    }
    return nil
  }

  private func release(
    _ id: ReleaseID, _ verdict: Verdict, sequence: Int
  ) throws -> SurveyedRelease {
    let records = try verdict.trees.map { tree in
      try TreeRecord(
        of: tree.name, at: tree.place, isArchived: verdict.archived.contains(tree.name.area),
        directory: tree.directory, revision: tree.revision(), unlisted: unlisted(tree))
    }
    let contents = try contents(verdict.trees)
    let info = verdict.trees[0].info
    let wasPromoted = [.current, .superseded, .archived].contains(verdict.state)
    return SurveyedRelease(
      record: ReleaseRecord(
        id: id, sequence: sequence, state: verdict.state, since: stream.time.now,
        respin: info.respin, previous: info.previous, composeTag: info.tag, planDigest: info.plan,
        allowUnsigned: contents.hasUnsigned, checksPassed: nil,
        promotion: wasPromoted ? sequence : nil,
        pushes: contents.builds.map(\.push).max() ?? 0,
        trees: records.sorted { $0.name.area < $1.name.area }),
      builds: contents.builds,
      unlisted: Dictionary(
        try verdict.trees.map { ($0.name, try unlisted($0)) }
      ) { first, _ in first })
  }

  /// What no repomd.xml of a tree leads to.
  private func unlisted(_ tree: FoundTree) throws -> [UnlistedFile] {
    let manifest = try tree.directory.manifest().manifest
    let carried = carriedRepositories(tree, manifest)
    let listed = try listed(tree, manifest, without: carried)
    let kept = manifest.checksums.keys.filter { path in
      path.name.hasSuffix(".rpm")
        ? !listed.contains(path) : carried.contains { path.isWithin($0) }
    }
    let superseded = try tree.directory.metadata(manifest, without: carried).superseded
    return (kept + superseded).sorted().map {
      UnlistedFile(path: $0, build: nil, since: stream.time.now)
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

  /// What the RPMs say. A build that is in `updates` but not in `releases`
  /// was pushed; by which push is on no disk: all count as the first.
  private func contents(
    _ trees: [FoundTree]
  ) throws -> (builds: [BuildRecord], hasUnsigned: Bool) {
    var hasUnsigned = false
    var cut: Set<NVR> = []
    var records: [NVR: BuildRecord] = [:]
    let hasCut = trees.contains { $0.name.area == .releases }
    for tree in trees.sorted(by: { $0.name.area < $1.name.area }) {
      let files = try read(tree)
      hasUnsigned = hasUnsigned || files.contains { wasLetIn($0.signature) }
      for build in BuildGrouping.builds(of: files) where records[build.nvr] == nil {
        if tree.name.area == .releases || !hasCut { cut.insert(build.nvr) }
        let push = cut.contains(build.nvr) ? 0 : 1
        records[build.nvr] = BuildRecord(
          package: build.package, evr: build.evr, push: push,
          marker: push == 0
            ? nil
            : build.marker.map { MarkerRecord(marker: $0.marker, rpm: $0.rpm.fileName) })
      }
    }
    return (records.values.sorted { $0.nvr.description < $1.nvr.description }, hasUnsigned)
  }

  /// Whether an RPM in a tree proves that unsigned ones were allowed. A key
  /// that is not there now may have been there then.
  private func wasLetIn(_ signature: RPMSignature) -> Bool {
    switch signature {
    case .unsigned: true
    case .unknownKey: hasAllKeys
    case .trusted, .expiredKey, .revokedKey, .headerOnly: false
    }
  }

  var hasAllKeys: Bool { stream.keyFiles.count == stream.policy.gate.signing.keyFiles.count }

  private func read(_ tree: FoundTree) throws -> [RPMFile] {
    let manifest = try tree.directory.manifest().manifest
    let paths = try listed(tree, manifest, without: carriedRepositories(tree, manifest))
    // A noarch RPM is in several repositories.
    let unique = Dictionary(paths.map { ($0.name, $0) }) { first, _ in first }
    stream.activity.begin("Reading \(tree.directory.path)", total: unique.count, unit: "RPMs")
    defer { stream.activity.end() }
    return try unique.values.sorted().map { path in
      try Interruption.check(remaining: "reading \(tree.directory.path)")
      stream.activity.advance(by: 1)
      return try tree.directory.rpm(path, by: stream.reader)
    }
  }

  private func verify(_ tree: FoundTree) throws -> [Finding] {
    try TreeVerification(activity: stream.activity).findings(in: tree.directory, recorded: nil)
  }
}
