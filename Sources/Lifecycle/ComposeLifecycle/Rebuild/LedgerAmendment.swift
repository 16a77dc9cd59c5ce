import ComposeStream
import ReleaseLedger
import ReleaseModel

/// Makes the copy of an older ledger what the disk proves.
///
/// Whatever the old ledger knows and no disk can prove stays as it is: decisions
/// about builds and documents, acknowledgements, overrides, retirements, pushes,
/// history. What is on disk is recorded as it is there.
struct LedgerAmendment {
  let stream: StreamContext
  let survey: DiskSurvey
  /// The older ledger, for reading.
  let old: Ledger
  let change: LedgerChange

  private var now: Int { stream.time.now }

  func perform() throws {
    if let open = try old.openOperation() {
      try change.closeOperation(open.sequence, isUndone: true)
      try record(open.release, "the \(open.kind) that was open in the older ledger was dropped")
    }
    let known = Dictionary(
      try old.releases().map { ($0.id, $0) }
    ) { first, _ in first }
    let current = survey.releases.map(\.record).first { $0.state == .current }?.id
    var (sequence, promotion) = (
      known.values.map(\.sequence).max() ?? 0, known.values.compactMap(\.promotion).max() ?? 0
    )
    func nextPromotion() -> Int {
      promotion += 1
      return promotion
    }
    // The current one last: it was promoted last.
    let surveyed = survey.releases.sorted {
      ($0.record.id == current ? 1 : 0, $0.record.id)
        < ($1.record.id == current ? 1 : 0, $1.record.id)
    }
    for found in surveyed {
      let record = found.record
      let former = known[record.id].flatMap {
        $0.respin == record.respin && $0.planDigest == record.planDigest ? $0 : nil
      }
      guard let former else {
        if known[record.id] != nil { try change.removeRelease(record.id) }
        sequence += 1
        try restore(
          found, sequence: sequence, promotion: record.promotion.map { _ in nextPromotion() })
        continue
      }
      let state = state(of: record, former, current: current)
      let isNewlyCurrent = state == .current && former.state != .current
      let promoted =
        [.current, .superseded, .archived].contains(state)
        ? (isNewlyCurrent ? nil : former.promotion) ?? nextPromotion() : former.promotion
      try reinstate(found, former, state, promotion: promoted)
    }
    let proven = Set(survey.releases.map(\.record.id))
    for release in known.values.sorted(by: { $0.sequence < $1.sequence })
    where !proven.contains(release.id) {
      try abandonIfUnused(release)
      if release.state == .current, current != nil {
        try change.setState(.superseded, of: release.id, at: now)
      }
    }
    try amendLinks()
    try amendEndings()
    try decide(known)
  }

  /// Links that have moved since the older ledger; where they led before, it still knows.
  private func amendLinks() throws {
    let known = Dictionary(
      try old.linkRecords().map { ($0.path, $0) }
    ) { first, _ in first }
    for link in survey.links where known[link.path]?.release != link.release {
      try change.setLink(
        LinkRecord(
          path: link.path, release: link.release, former: known[link.path]?.release, since: now))
    }
  }

  /// Ends that came after the older ledger, went further, or were taken back: then the copies are
  /// gone from the archive, and the originals are there.
  private func amendEndings() throws {
    let known = try old.endings()
    for ending in survey.endings
    where known.first(where: { $0.subject == ending.subject }) != ending {
      try change.setEnding(ending)
      try record(
        ending.subject?.description ?? ending.done?.release.description ?? "",
        "ended on \(ending.day), as the archive says; not known before")
    }
    for ending in known where !survey.endings.contains(where: { $0.subject == ending.subject }) {
      guard let done = ending.done,
        let found = survey.releases.first(where: { $0.record.id == done.release }),
        found.copies.isEmpty, found.record.trees.allSatisfy({ $0.place == .public })
      else { continue }
      try change.removeEnding(of: ending.subject)
      try record(
        done.release.description, "its end was taken back, as the disk proves: no copy is archived")
    }
  }

  // MARK: Releases

  /// A release that the old ledger does not know.
  private func restore(_ found: SurveyedRelease, sequence: Int, promotion: Int?) throws {
    let record = found.record
    try change.restore(
      ReleaseRecord(
        id: record.id, sequence: sequence, state: record.state, since: record.since,
        respin: record.respin, previous: record.previous, composeTag: record.composeTag,
        planDigest: record.planDigest, allowUnsigned: record.allowUnsigned,
        testsUnsigned: record.testsUnsigned, checksPassed: nil,
        promotion: promotion, pushes: record.pushes, trees: record.trees))
    try LedgerRebuild.writeContents(of: found, change)
    try self.record(
      record.id.description, "\(record.state.rawValue), as the disk proves; not known before")
  }

  /// A release that both know.
  private func reinstate(
    _ found: SurveyedRelease, _ former: ReleaseRecord, _ state: ReleaseState, promotion: Int?
  ) throws {
    let trees = found.record.trees.map { tree in
      let before = former.tree(tree.name.area)
      var tree = tree
      // Whether the copy is finished, the ledger knows and the disk does not.
      tree.isArchived =
        tree.isArchived
        || (before?.isArchived == true
          && (state == .archived || found.copies.contains(tree.name.area)))
      if let before, before.manifest == tree.manifest { tree.revision = before.revision }
      return tree
    }
    let isUnchanged = trees.allSatisfy { tree in
      former.tree(tree.name.area)?.manifest == tree.manifest
    }
    let pushes = max(found.record.pushes, former.pushes)
    let record = ReleaseRecord(
      id: former.id, sequence: former.sequence, state: state,
      since: state == former.state ? former.since : now, respin: former.respin,
      previous: former.previous, composeTag: former.composeTag, planDigest: former.planDigest,
      allowUnsigned: former.allowUnsigned || found.record.allowUnsigned,
      testsUnsigned: former.testsUnsigned || found.record.testsUnsigned,
      checksPassed: isUnchanged ? former.checksPassed : nil, promotion: promotion, pushes: pushes,
      trees: trees)
    try change.reinstate(record)
    try amendBuilds(found, record, former)
    for (tree, files) in found.unlisted {
      let since = Dictionary(
        try old.unlistedFiles(of: tree).map { ($0.path, $0) }
      ) { first, _ in first }
      try change.setUnlistedFiles(files.map { since[$0.path] ?? $0 }, of: tree)
    }
    if record != former {
      try self.record(
        record.id.description,
        "\(state.rawValue), \(pushes) pushes, as the disk proves; the older ledger had "
          + "\(former.state.rawValue), \(former.pushes) pushes")
    }
  }

  /// What the links and trees prove, with what the old ledger knows of the time
  /// before.
  private func state(
    of record: ReleaseRecord, _ former: ReleaseRecord, current: ReleaseID?
  ) -> ReleaseState {
    switch record.state {
    case .superseded where former.state == .archived: .archived
    case .published:
      // Only the ledger knows that links once led to it.
      if former.state == .archived {
        .archived
      } else if former.promotion != nil, let current, record.id < current {
        .superseded
      } else {
        .published
      }
    default: record.state
    }
  }

  private func amendBuilds(
    _ found: SurveyedRelease, _ record: ReleaseRecord, _ former: ReleaseRecord
  ) throws {
    let known = Dictionary(
      try old.builds(of: record.id).map { ($0.nvr, $0) }
    ) { first, _ in first }
    // By which of the pushes that are not known, no disk tells: the first of them.
    let push = min(former.pushes.addingClamped(1), record.pushes)
    try change.addBuilds(
      found.builds.filter { known[$0.nvr] == nil }.map {
        BuildRecord(
          package: $0.package, evr: $0.evr, push: $0.push == 0 ? 0 : push, marker: $0.marker)
      }, to: record.id)
    for build in found.builds where known[build.nvr]?.unlisted != build.unlisted {
      // Why it was taken out, the old ledger may know better.
      if known[build.nvr]?.unlisted != nil, build.unlisted != nil { continue }
      try change.setUnlisted(
        [build.nvr], because: build.unlisted, by: record.pushes, of: record.id)
    }
    // Its files are gone: it was taken out, and their time is over.
    let there = Set(found.builds.map(\.nvr))
    let gone = known.values.filter { $0.unlisted == nil && !there.contains($0.nvr) }.map(\.nvr)
    try change.setUnlisted(gone, because: .retention, by: record.pushes, of: record.id)
  }

  /// A release whose trees are nowhere: one that users never had was abandoned.
  private func abandonIfUnused(_ release: ReleaseRecord) throws {
    guard [.composing, .staged, .published].contains(release.state) else { return }
    for var tree in release.trees {
      tree.place = .gone
      try change.setTree(tree)
    }
    try change.setState(.abandoned, of: release.id, at: now)
    try record(release.id.description, "abandoned, as the disk proves: its trees are gone")
  }

  // MARK: Decisions

  /// Holds that the disk proves are added; one of a build that users have got again
  /// since is lifted, or the next push would take it out.
  private func decide(_ known: [ReleaseID: ReleaseRecord]) throws {
    try change.hold(survey.holds)
    for found in survey.releases where found.record.state == .current {
      let before = Set(
        try old.builds(of: found.record.id).filter { $0.unlisted == nil }.map(\.nvr))
      let listedAgain = Set(
        found.builds.filter { $0.unlisted == nil && !before.contains($0.nvr) }.map(\.nvr))
      let lifted = try old.holds().map(\.nvr).filter(listedAgain.contains)
      try change.liftHolds(of: lifted, by: stream.operatorName, at: now)
    }
  }

  private func record(_ release: String, _ summary: String) throws {
    try change.addEvent(
      command: "rebuild", release: release, operatorName: stream.operatorName, summary: summary,
      at: now)
  }
}
