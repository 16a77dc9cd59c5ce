import BuildSystems
import ComposeChecks
import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
import RPMPackages
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
  /// Builds that the trees prove were taken out: they stay out.
  package let holds: [BuildHold]
  /// Where links lead that have moments of their own.
  package let links: [LinkRecord]
  /// Ends of life that the archive states and its trees prove.
  package let endings: [EndOfLife]
}

/// One release as its trees prove it.
package struct SurveyedRelease: Sendable {
  /// As it would be in the ledger.
  package let record: ReleaseRecord
  /// Those that are listed, and those that were taken out of the lists; not those
  /// whose files only came from another release.
  package let builds: [BuildRecord]
  /// By tree: what nothing leads to. Since when is on no disk: as of now.
  package let unlisted: [TreeName: [UnlistedFile]]
  /// Areas whose tree the archive has as well, with the same manifest.
  package let copies: Set<Area>
}

/// Reads all trees of a stream, below every root.
package struct DiskSurveyor: Sendable {
  let stream: StreamContext

  /// - Parameter stream: its ledger is not looked at.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// Reads every file of every tree.
  package func survey() throws -> DiskSurvey {
    let found = try FoundTree.all(of: stream.policy, at: stream.locations)
    let links = try LinkState(policy: stream.policy, locations: stream.locations)
    var damage: [Finding] = []
    var notes: [Finding] = []
    var whole: [(id: ReleaseID, verdict: Verdict, contents: FoundContents)] = []
    let wereCurrent = Set(found.compactMap(\.info.previous))
    let grouped = Dictionary(grouping: found, by: \.name.release)
    let current = grouped.keys.first { links.deviations(current: $0).isEmpty }
    let stated = try statedEnds()
    for (id, trees) in grouped.sorted(by: { $0.key < $1.key }) {
      // Only a release that is older than the current one was certainly left
      // by a promotion: one that is newer may have been rolled back from.
      let wasLeft = current.map { id < $0 && wereCurrent.contains(id) } ?? false
      let copies = copies(among: trees)
      let end = stated.ends.first { $0.done?.release == id }
      guard
        let verdict = verdict(
          on: trees, isCurrent: id == current, wasLeft: wasLeft, copies: copies, end: end)
      else {
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
      whole.append((id, verdict, try contents(verdict.trees)))
      notes += verdict.notes
    }
    let taken = TakenOutBuilds(
      trees: whole.map { id, _, contents in
        TakenOutBuilds.Tree(
          release: id, pushes: contents.pushes ?? 1,
          cut: contents.hasCut ? contents.cut : [], listed: contents.listed,
          unlisted: contents.unlisted,
          retiring: Set(contents.unlisted.keys.filter { contents.builds[$0]?.marker != nil }))
      }, order: .rpm)
    let releases = try whole.enumerated().map { index, found in
      try release(found.id, found.verdict, found.contents, taken, sequence: index + 1)
    }
    let (endings, endNotes) = try endings(stated, among: releases.map(\.record))
    let own = ownLinks(links, among: releases)
    damage += links.deviations(
      from: LinkedReleases(
        leading: releases.map(\.record).first { $0.state == .current }?.id,
        own: Dictionary(own.map { ($0.path, $0.release) }) { first, _ in first }))
    return DiskSurvey(
      releases: releases, damage: damage,
      unproven: unproven(releases, endings) + notes + endNotes + (try leftovers()),
      holds: holds(releases, taken), links: own, endings: endings)
  }

  /// Links with moments of their own, as far as they lead to public trees that are proven; where
  /// they led before is on no disk.
  private func ownLinks(_ state: LinkState, among releases: [SurveyedRelease]) -> [LinkRecord] {
    stream.policy.ownLinks.compactMap { link in
      let found = releases.map(\.record).first { record in
        record.trees.allSatisfy { $0.place == .public }
          && state.targets[link.path] == link.target.filled(release: record.id)
      }
      return found.map {
        LinkRecord(path: link.path, release: $0.id, former: nil, since: stream.time.now)
      }
    }
  }

  // MARK: One release

  /// What the places of a release's trees prove.
  private struct Verdict {
    let state: ReleaseState
    /// The trees that count, one for each area.
    let trees: [FoundTree]
    /// Areas with a second tree below the archive root.
    var archived: Set<Area> = []
    /// Areas whose tree the archive has as well.
    var copies: Set<Area> = []
    var notes: [Finding] = []
  }

  /// Nil where no place has all trees of the release.
  ///
  /// - Parameters:
  ///   - copies: areas whose tree the archive has as the public root has it.
  ///   - end: what the archive says of its end.
  private func verdict(
    on found: [FoundTree], isCurrent: Bool, wasLeft: Bool, copies: Set<Area>, end: EndOfLife?
  ) -> Verdict? {
    func trees(in place: TreeRecord.Place) -> [FoundTree] { found.filter { $0.place == place } }
    func isWhole(_ place: TreeRecord.Place) -> Bool {
      // A release that was composed before the policy had the area has no testing tree; one
      // that has it has it where its other trees are.
      let there = Set(trees(in: place).map(\.name.area))
      return there.isSuperset(of: stream.policy.areas.keys.filter(\.isStable))
        && (there.contains(.testing) || !found.contains { $0.name.area == .testing })
    }
    func note(_ message: String, _ remedy: String) -> Finding {
      Finding(code: "second-tree", message: message, remedy: remedy)
    }
    let id = found[0].name.release
    if isWhole(.public) {
      var verdict = Verdict(
        state: isCurrent ? .current : wasLeft ? .superseded : .published, trees: trees(in: .public),
        copies: copies)
      if let end, Set(verdict.trees.map(\.name.area)) == copies {
        // The end is what finished the archive. A release of its own waits there for the grace
        // time; where originals were gone, somebody has brought them back.
        verdict.archived = copies
        if !isCurrent {
          verdict = Verdict(
            state: end.subject != nil && end.done?.isClosed == false ? .archived : .superseded,
            trees: verdict.trees, archived: copies, copies: copies)
        }
      } else if !trees(in: .archive).isEmpty {
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
        archived: Set(trees(in: .archive).map(\.name.area)), copies: copies)
    }
    if isWhole(.staging), found.allSatisfy({ $0.place == .staging }) {
      return Verdict(state: .staged, trees: found)
    }
    return nil
  }

  /// What is true of one release; what was taken out of it depends on the others.
  private func release(
    _ id: ReleaseID, _ verdict: Verdict, _ contents: FoundContents, _ taken: TakenOutBuilds,
    sequence: Int
  ) throws -> SurveyedRelease {
    let causes = Dictionary(
      contents.unlisted.keys.compactMap { nvr in
        taken.cause(of: nvr, in: id).map { (nvr, $0) }
      }
    ) { first, _ in first }
    let builds = contents.builds.filter { nvr, _ in
      contents.unlisted[nvr] == nil || contents.cut.contains(nvr) || causes[nvr] != nil
    }.map { nvr, build in
      let push = contents.cut.contains(nvr) ? 0 : 1
      return BuildRecord(
        package: build.package, evr: build.evr, push: push,
        marker: push == 0
          ? nil : build.marker.map { MarkerRecord(marker: $0.marker, rpm: $0.rpm.fileName) },
        unlisted: causes[nvr])
    }
    let unlisted = unlistedFiles(contents, causes)
    let records = try verdict.trees.map { tree in
      try TreeRecord(
        of: tree.name, at: tree.place, isArchived: verdict.archived.contains(tree.name.area),
        directory: tree.directory, revision: tree.revision(),
        unlisted: unlisted[tree.name] ?? [])
    }
    let info = verdict.trees[0].info
    let wasPromoted = [.current, .superseded, .archived].contains(verdict.state)
    return SurveyedRelease(
      record: ReleaseRecord(
        id: id, sequence: sequence, state: verdict.state, since: stream.time.now,
        respin: info.respin, previous: info.previous, composeTag: info.tag, planDigest: info.plan,
        allowUnsigned: contents.hasUnsigned, testsUnsigned: contents.testsUnsigned,
        checksPassed: nil,
        promotion: wasPromoted ? sequence : nil,
        pushes: contents.pushes ?? builds.map(\.push).max() ?? 0,
        trees: records.sorted { $0.name.area < $1.name.area }),
      builds: builds.sorted { $0.nvr.description < $1.nvr.description }, unlisted: unlisted,
      copies: verdict.copies)
  }

  private func unlistedFiles(
    _ contents: FoundContents, _ causes: [NVR: UnlistingCause]
  ) -> [TreeName: [UnlistedFile]] {
    let builds = Dictionary(
      causes.keys.flatMap { nvr in (contents.paths[nvr] ?? []).map { ($0, nvr) } }
    ) { first, _ in first }
    return Dictionary(
      uniqueKeysWithValues: contents.unlistedFiles.map { tree, paths in
        let hasBuilds = tree.area == .updates || contents.unlistedFiles.count == 1
        return (
          tree,
          paths.map {
            UnlistedFile(path: $0, build: hasBuilds ? builds[$0] : nil, since: stream.time.now)
          }
        )
      })
  }

  /// Builds that people took out of a tree and that no later release has again.
  private func holds(_ releases: [SurveyedRelease], _ taken: TakenOutBuilds) -> [BuildHold] {
    releases.flatMap { release in
      release.builds.filter { $0.unlisted == .withdrawn }.compactMap { build in
        guard !taken.isListed(build.nvr, after: release.record.id) else { return nil }
        return BuildHold(
          nvr: build.nvr, cause: .withdrawn,
          reason: "found when the ledger was rebuilt: its RPMs are in the tree, newer than "
            + "everything that is listed of \(build.package)",
          operatorName: stream.operatorName, at: stream.time.now, release: release.record.id)
      }
    }
  }

  var hasAllKeys: Bool { stream.keyFiles.count == stream.policy.gate.signing.keyFiles.count }

  private func verify(_ tree: FoundTree) throws -> [Finding] {
    try TreeVerification(activity: stream.activity).findings(in: tree.directory, recorded: nil)
  }
}
