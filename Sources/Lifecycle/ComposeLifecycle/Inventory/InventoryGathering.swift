package import BuildSystems
import ComposeChecks
package import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// Gathers what a plan is made from: live builds, and what the ledger
  /// knows. Reads only.
  ///
  /// - Parameters:
  ///   - buildSystem: nil to ask nobody: what is live is not known then.
  ///   - release: the release that is planned; nil for a push.
  ///   - point: where the release is branched from; nil where it is not.
  ///   - lifted: NVRs and ids of advisories that were taken out and may come back.
  package func inventory(
    from buildSystem: (any BuildSystem)?, planning release: ReleaseID? = nil,
    branching point: BranchPoint? = nil, lifting lifted: Set<String> = []
  ) async throws -> Inventory {
    let current = try currentSnapshot()
    // A push asks only for what users do not have yet.
    let known = release == nil ? Set((current?.newest.values).map { $0.map(\.nvr) } ?? []) : []
    let live =
      try await buildSystem?.liveBuilds(
        LiveQuery(
          known: known, looksBehindBlocks: release != nil, successor: point == nil ? nil : release,
          event: point?.event), reporting: activity)
      ?? LiveBuilds.none
    let releases = try ledger.releases()
    let earlier = release.flatMap { id in releases.first { $0.id == id } }
    var inventory = Inventory(
      buildSystem: buildSystem?.label ?? "none", builds: live.builds,
      blocked: live.blocked?.map(BlockedEntry.init),
      pending: live.pending.map {
        PendingEntry(
          package: $0.package, nvr: $0.nvr, tag: $0.tag, since: $0.since,
          now: live.event?.time)
      },
      refusals: live.refusals, warnings: live.warnings, current: current,
      states: Dictionary(releases.map { ($0.id, $0.state) }) { first, _ in first },
      retiredEarlier: try retiredPackages(upTo: earlierSubject),
      revisionFloor: try ledger.revisionFloor(),
      // An interrupted compose does not count: the next one undoes it first.
      respin: earlier.map { $0.state == .composing ? $0.respin : $0.respin.addingClamped(1) } ?? 0)
    inventory.now = time.now
    inventory.updates = try current.map { try updatesState(of: $0.release) } ?? UpdatesState()
    inventory.holds = Dictionary(try ledger.holds().map { ($0.nvr, $0) }) { first, _ in first }
    inventory.blockedBefore = try recordedBlocks().map { Set($0.map(\.package)) }
    inventory.liveVersions = buildSystem == nil ? nil : live.versions
    if let current { inventory.others = try otherReleases(after: current.release) }
    inventory.signatureFindings = live.signatureFindings
    inventory.event = live.event
    inventory.branching = point.map { live.branching ?? Branching(former: $0.former) }
    inventory.owners = live.owners
    inventory.acknowledged = Set(try ledger.acknowledgements().map(\.nvr))
    // What else is in the tag of a release that exists is its own.
    if let release, earlier.map({ [.abandoned, .composing].contains($0.state) }) ?? true {
      let tag = policy.composeTag(of: release)
      inventory.composeTagBuilds = try buildSystem?.builds(taggedInto: tag) ?? []
      let protection = try buildSystem?.protection(of: tag)
      inventory.composeTagIsLocked =
        try protection?.isLocked == true && !ledger.knowsHubTag(tag)
      inventory.composeTagPermission = protection?.permission
    }
    inventory.liftedAdvisories = lifted.intersection(try ledger.documentHolds().map(\.document.key))
    try addDocuments(to: &inventory, for: release, asking: buildSystem != nil)
    if policy.gate.level(of: .contents) != .off {
      inventory.replaced = try replaced(by: inventory.builds, in: release)
    }
    if release != nil, policy.gate.level(of: .vanish) != .off {
      inventory.served = try servedContents()
      let decision = Retirement.decide(inventory.builds, RepositoryAssignment(policy: policy))
      let decided = Set(decision.retired.map(\.package))
        .union((inventory.blocked ?? []).map(\.package))
      inventory.obsoleted =
        try inventory.served.map {
          try obsoleted(of: $0, deciding: decided, by: decision.live)
        } ?? []
    }
    if let release {
      let (planned, resolves) = (inventory, policy.gate.level(of: .closure) != .off)
      (inventory.dependencies, inventory.upgradeFindings) = try Concurrently.both {
        resolves ? try dependencies(of: planned, for: release) : nil
      } _: {
        try upgradePath(of: planned)
      }
      if resolves, inventory.dependencies == nil { inventory.warnings.append(Self.unresolved) }
    }
    return inventory
  }

  /// The release that is pushed into, where a later one is current.
  private var earlierSubject: ReleaseID? {
    get throws {
      guard let subject, let current = try ledger.currentRelease()?.id else { return nil }
      return subject < current ? subject : nil
    }
  }

  /// Groups, modules and advisories, for all that will be listed.
  private func addDocuments(
    to inventory: inout Inventory, for release: ReleaseID?, asking: Bool
  ) throws {
    let live = inventory.builds.filter { release == nil || $0.marker == nil }.map(\.nvr)
    // Also what an undo may list again.
    let listed = release == nil ? inventory.updates.versions.values.joined().map(\.nvr) : []
    guard let id = release ?? inventory.current?.release else { return }
    let gathering = DocumentGathering(stream: self)
    let (documents, warnings) = try gathering.documents(
      for: id, listing: Set(live).union(listed), asking: asking,
      lifting: inventory.liftedAdvisories)
    inventory.documents = documents
    inventory.warnings += warnings
    guard let release else { return }
    (inventory.groups, inventory.modules) = try gathering.names(of: documents)
    guard policy.gate.level(of: .metadata) != .off else { return }
    let hasGroups = documents.comps != nil
    inventory.documentFindings = try gathering.findings(
      documents, listing: inventory.builds.filter { $0.marker == nil },
      beside: hasGroups ? try baseOffers(for: release) : nil,
      formerly: hasGroups && policy.gate.base.isEmpty ? try servedContents()?.names ?? [] : [])
  }

  /// `documents` as they are once `plan` is done: with the advisories of what is
  /// listed then.
  package func documents(
    _ documents: TreeDocuments, listedAfter plan: PushPlan, _ state: UpdatesState
  ) -> TreeDocuments {
    let gone = Set(plan.unlisted.map(\.nvr))
    let listed = Set(state.listed).subtracting(gone)
      .union(plan.builds.map(\.nvr)).union(plan.relisted.map(\.nvr)).map(\.description)
    var documents = documents
    documents.advisories = documents.advisories.compactMap { $0.limited(to: Set(listed)) }
    return documents
  }

  /// What is new in `documents` for users of the current release.
  package func news(_ documents: TreeDocuments, of release: ReleaseID) throws -> DocumentNews {
    guard let tree = policy.tree(.updates, of: release) else { return DocumentNews() }
    return try DocumentNews(
      documents, beside: Directory.open(root: locations.public).open(tree.path),
      knowing: ledger.advisories(), policy)
  }

  /// What the updates tree of `release` has been through.
  private func updatesState(of release: ReleaseID) throws -> UpdatesState {
    let documents = try ledger.documentChanges(of: release)
    return UpdatesState(
      versions: Dictionary(
        grouping: try ledger.builds(of: release).map {
          UpdatesState.Version(
            nvr: $0.nvr, evr: $0.evr, push: $0.push, unlisted: $0.unlisted,
            hasMarker: $0.marker != nil)
        }, by: \.nvr.name),
      pushes: try ledger.pushes(of: release).map {
        UpdatesState.Push(
          serial: $0.serial, at: $0.at, kind: $0.kind, undoes: $0.undoes, listed: $0.listed,
          unlisted: $0.unlisted, documents: documents[$0.serial] ?? [])
      })
  }

  private static let unresolved = Finding(
    code: "not-resolved",
    message: "what breaks is not known: a preview keeps no RPM that it downloads",
    remedy: "Mount the hub's top directory, or look at the checks of the compose")
}

extension BlockedEntry {
  /// What a plan shows of a package that the hub hides.
  package init(_ blocked: BlockedPackage) {
    self.init(
      package: blocked.package, nvr: blocked.nvr, marker: blocked.marker?.path,
      text: blocked.marker?.text, rpm: blocked.markerRPM, epoch: blocked.epoch)
  }
}
