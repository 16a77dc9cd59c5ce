package import ComposePolicy
package import ReleaseModel

/// What the ledger knows of one release, for questions about packages.
package struct ReleaseHistory: Sendable {
  package let release: ReleaseID
  package let state: ReleaseState
  /// Newest build of each package.
  package let newest: [String: ReleaseSnapshot.CarriedBuild]
  /// Packages that were left out, by name.
  package let retired: [String: RetiredEntry]
  /// Whole path of the tree that has the newest builds.
  package let treePath: String

  package init(
    release: ReleaseID, state: ReleaseState, newest: [String: ReleaseSnapshot.CarriedBuild],
    retired: [String: RetiredEntry], treePath: String
  ) {
    self.release = release
    self.state = state
    self.newest = newest
    self.retired = retired
    self.treePath = treePath
  }
}

/// Retirement state and lifetime of one package.
package struct PackageStatus: Hashable, Encodable, Sendable {
  package enum State: String, Encodable, Sendable {
    /// In the current release or live, without a marker.
    case live
    /// The newest build has a marker: leaves with the next release.
    case retiring
    /// Left out of the current release by its marker.
    case retired
    case blocked
    /// No release ever had it.
    case unknown
  }

  package let package: String
  package let state: State
  /// Day until which its packager is committed, `YYYY-MM-DD`.
  @OrNull package var committedUntil: String?
  /// The release that began the state: that it first appeared in, or that it
  /// left with.
  @OrNull package var since: String?
  /// Path of the marker in its RPM.
  @OrNull package var marker: String?
  /// What the marker says.
  @OrNull package var text: String?
  /// Whole path of the last tree that has it.
  @OrNull package var lastTree: String?
  /// Where marker and block do not agree, one sentence; null where they do.
  @OrNull package var contradiction: String?
  /// Packages that cannot be installed without it; null where dependencies have
  /// not been resolved.
  @OrNull package var breaks: [String]?
  /// The same with owners and reasons.
  @OrNull package var breakage: [Breakage]?

  /// The same with what it carries.
  package func breaking(_ breakage: [Breakage]?) -> PackageStatus {
    var status = self
    status.breakage = breakage
    status.breaks = breakage?.map(\.package)
    return status
  }
}

/// Answers "is my package live, retiring, retired, and until when am I
/// committed". Pure: from the ledger's history and, where given, the live
/// builds.
package struct PackageDesk: Sendable {
  private let policy: Policy
  /// Oldest first; only releases that users could see.
  private let history: [ReleaseHistory]
  private let live: [String: Build]?
  /// Nil where nobody knows of blocks.
  private let blocked: [String: BlockedEntry]?

  /// - Parameter live: live builds by package, or nil where no build system
  ///   was asked: then the ledger alone answers.
  package init(
    policy: Policy, history: [ReleaseHistory], live: [Build]?, blocked: [BlockedEntry]? = nil
  ) {
    self.policy = policy
    self.history = history
    self.live = live.map { Dictionary($0.map { ($0.package, $0) }) { first, _ in first } }
    self.blocked = blocked.map { entries in
      Dictionary(entries.map { ($0.package, $0) }) { first, _ in first }
    }
  }

  /// Every package that any release or the build system knows, sorted.
  package var packages: [String] {
    var names = Set((blocked ?? [:]).keys)
    for release in history {
      names.formUnion(release.newest.keys)
      names.formUnion(release.retired.keys)
    }
    names.formUnion(live?.keys ?? [:].keys)
    return names.sorted()
  }

  package func status(of package: String) -> PackageStatus {
    let first = history.first { $0.newest[package] != nil }
    let lastIndex = history.lastIndex { $0.newest[package] != nil }
    let last = lastIndex.map { history[$0] }
    let current = history.last { $0.state == .current }
    let lifetime = first.flatMap { Lifetime(firstIn: $0.release, policy: policy) }
    let marker = markerNow(package, current)
    let state = state(of: package, current, hasMarker: marker != nil)
    let since: ReleaseID? =
      switch state {
      // The release that it left with: the first one after the last that had it.
      case .retired:
        history[(lastIndex.map { $0 + 1 } ?? 0)...].first { $0.retired[package] != nil }?.release
      default: first?.release
      }
    return PackageStatus(
      package: package, state: state,
      committedUntil: state == .live || state == .retiring ? lifetime?.until.description : nil,
      since: since?.description, marker: marker?.path, text: marker?.text,
      lastTree: last?.treePath,
      contradiction: contradiction(of: package, state, marker, last)?.message, breaks: nil)
  }

  private func contradiction(
    of package: String, _ state: PackageStatus.State, _ marker: RetirementMarker?,
    _ last: ReleaseHistory?
  ) -> BlockContradiction? {
    guard let blocked else { return nil }
    let carried = live?[package]?.nvr ?? last?.newest[package]?.nvr
    if let entry = blocked[package] {
      guard entry.marker == nil, marker == nil, let nvr = entry.nvr ?? carried?.description else {
        return nil
      }
      return .blockWithoutMarker(package, nvr: nvr)
    }
    let retired = history.last { $0.retired[package] != nil }?.retired[package]?.nvr
    guard marker != nil, state == .retiring || state == .retired,
      let nvr = live?[package]?.nvr.description ?? retired ?? carried?.description
    else { return nil }
    return .markerWithoutBlock(package, nvr: nvr)
  }

  private func state(
    of package: String, _ current: ReleaseHistory?, hasMarker: Bool
  ) -> PackageStatus.State {
    if blocked?[package] != nil { return .blocked }
    if current?.newest[package] != nil { return hasMarker ? .retiring : .live }
    if hasMarker || current?.retired[package] != nil {
      // A newer live build without a marker brings it back.
      return live?[package] != nil && !hasMarker ? .live : .retired
    }
    if live?[package] != nil { return .live }
    return history.contains { $0.newest[package] != nil } ? .retired : .unknown
  }

  /// The marker that counts: of the live build where one is known, else of
  /// the newest in the current release, else of the retirement.
  private func markerNow(_ package: String, _ current: ReleaseHistory?) -> RetirementMarker? {
    if let build = live?[package] { return build.marker?.marker }
    if let carried = current?.newest[package] { return carried.marker }
    return history.last { $0.retired[package] != nil }?.retired[package].map {
      RetirementMarker(path: $0.marker, text: $0.text)
    }
  }
}
