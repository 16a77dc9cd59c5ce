package import ComposePolicy
package import ReleaseModel

/// What the ledger knows of one release, for questions about packages.
package struct ReleaseHistory: Sendable {
  /// The release that this is about.
  package let release: ReleaseID
  /// What the ledger says of it.
  package let state: ReleaseState
  /// Newest build of each package.
  package let newest: [String: ReleaseSnapshot.CarriedBuild]
  /// Packages that were left out, by name.
  package let retired: [String: RetiredEntry]
  /// Whole path of the tree that has the newest builds.
  package let treePath: String
  /// Whole path of the same tree in the archive; nil where it is not there.
  package let archivePath: String?
  /// When each push was made, seconds since 1970, by serial; those of older
  /// versions of the program are not known.
  package let pushTimes: [Int: Int]
  /// In which push each package first came; 0 for the cut.
  package let firstPush: [String: Int]

  /// - Parameter pushTimes: seconds since 1970, by serial.
  package init(
    release: ReleaseID, state: ReleaseState, newest: [String: ReleaseSnapshot.CarriedBuild],
    retired: [String: RetiredEntry], treePath: String, archivePath: String? = nil,
    pushTimes: [Int: Int] = [:], firstPush: [String: Int] = [:]
  ) {
    self.release = release
    self.state = state
    self.newest = newest
    self.retired = retired
    self.treePath = treePath
    self.archivePath = archivePath
    self.pushTimes = pushTimes
    self.firstPush = firstPush
  }

  /// Day of a push; nil for the cut, or where it is not known.
  package func day(ofPush serial: Int) -> CalendarDate? {
    pushTimes[serial].map { CalendarDate(secondsSince1970: $0) }
  }
}

/// Answers "is my package live, retiring, retired, and until when am I
/// committed". Pure: from the ledger's history and, where given, the live
/// builds.
package struct PackageStatusLookup: Sendable {
  private let policy: Policy
  /// Oldest first; only releases that users could see.
  private let history: [ReleaseHistory]
  private let live: [String: Build]?
  /// Nil where nobody knows of blocks.
  private let blocked: [String: BlockedEntry]?
  private let acknowledged: [String: String]
  private let owners: [String: String]
  private let today: CalendarDate?
  private let end: CalendarDate?

  /// - Parameters:
  ///   - live: live builds by package, or nil where no build system was asked:
  ///     then the ledger alone answers.
  ///   - acknowledged: who acknowledged that a package retires, by its name.
  ///   - owners: who answers for packages, by name, where somebody knows.
  ///   - today: to tell commitments that are over; nil where nobody looked.
  ///   - end: the day on which the stream ends; nil where that was not decided.
  package init(
    policy: Policy, history: [ReleaseHistory], live: [Build]?, blocked: [BlockedEntry]? = nil,
    acknowledged: [String: String] = [:], owners: [String: String] = [:],
    today: CalendarDate? = nil, end: CalendarDate? = nil
  ) {
    self.end = end
    self.policy = policy
    self.history = history
    self.acknowledged = acknowledged
    self.owners = owners
    self.today = today
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

  /// State, commitment and marker of `package`; `unknown` for one that no
  /// release and no live build has.
  package func status(of package: String) -> PackageStatus {
    let first = history.first { $0.newest[package] != nil }
    let lastIndex = history.lastIndex { $0.newest[package] != nil }
    let last = lastIndex.map { history[$0] }
    let current = history.last { $0.state == .current }
    let lifetime = lifetime(of: package)
    let marker = markerNow(package, current)
    let state = state(of: package, current, hasMarker: marker != nil)
    let since: ReleaseID? =
      switch state {
      // The release that it left with: the first one after the last that had it.
      case .retired:
        left(package, after: lastIndex)
      default: first?.release
      }
    var status = PackageStatus(package: package, state: state)
    if state == .live || state == .retiring, let lifetime {
      status.committedSince = lifetime.since.description
      status.committedUntil = lifetime.until.description
      status.isCommitmentOver = today.map { $0 >= lifetime.until } ?? false
      status.rule = lifetime.rule.description
    }
    status.served = history.filter { $0.newest[package] != nil }.map(\.release.description)
    status.early = isEarly(package, state: state, lifetime: lifetime, hasMarker: marker != nil)
    status.returned = returned(package)?.description
    if state == .retiring || state == .retired { status.acknowledged = acknowledged[package] }
    status.owner = owners[package]
    status.since = since?.description
    status.blocked = blocked?[package] != nil
    status.marker = marker?.path
    status.text = marker?.text
    status.lastTree = last?.treePath
    status.archiveTree = last?.archivePath
    status.contradiction =
      contradiction(of: package, state: state, marker: marker, last: last)?.message
    return status
  }

  /// The release that retired it; where that is not recorded, because a block hid
  /// the marker from an earlier version of the program, the first without it.
  private func left(_ package: String, after last: Int?) -> ReleaseID? {
    let later = history[(last.map { $0 + 1 } ?? 0)...]
    return later.first { $0.retired[package] != nil }?.release
      ?? (last == nil || blocked?[package] == nil ? nil : later.first?.release)
  }

  /// The commitment that counts: since the package first came, or came back.
  package func lifetime(of package: String) -> Lifetime? {
    let from = returned(package)
    guard
      let first = history.first(where: { release in
        release.newest[package] != nil && from.map { release.release >= $0 } != false
      })
    else { return nil }
    let push = first.firstPush[package] ?? 0
    return Lifetime(
      firstIn: first.release, pushed: push == 0 ? nil : first.day(ofPush: push), policy: policy
    )?.ending(by: end)
  }

  /// The release that has a package again which was left out of it at its cut,
  /// or of an earlier one.
  private func returned(_ package: String) -> ReleaseID? {
    guard let gone = history.lastIndex(where: { $0.retired[package] != nil }) else { return nil }
    return history[gone...].first { $0.newest[package] != nil }?.release
  }

  /// Whether the marker came before the commitment had ended: by the day of the
  /// push that brought it, or by the release that it left with.
  private func isEarly(
    _ package: String, state: PackageStatus.State, lifetime: Lifetime?, hasMarker: Bool
  ) -> Bool {
    guard hasMarker, let lifetime else { return false }
    switch state {
    case .retiring:
      guard let current = history.last(where: { $0.state == .current }),
        let build = current.newest[package]
      else { return false }
      let day =
        build.marker == nil
        ? nil : current.day(ofPush: build.push) ?? Lifetime.cut(of: current.release, policy)
      return day.map { $0 < lifetime.until } ?? false
    case .retired:
      let left = history.last { $0.retired[package] != nil }
      return left.map { !lifetime.isOver(at: $0.release, policy) } ?? false
    case .live, .blocked, .unknown: return false
    }
  }

  private func contradiction(
    of package: String, state: PackageStatus.State, marker: RetirementMarker?,
    last: ReleaseHistory?
  ) -> BlockContradiction? {
    guard let blocked else { return nil }
    let carried = live?[package]?.nvr ?? last?.newest[package]?.nvr
    if let entry = blocked[package] {
      guard entry.marker == nil, marker == nil, let nvr = entry.nvr ?? carried else {
        return nil
      }
      return .blockWithoutMarker(package, nvr: nvr)
    }
    let retired = history.last { $0.retired[package] != nil }?.retired[package]?.nvr
    guard marker != nil, state == .retiring || state == .retired,
      let nvr = live?[package]?.nvr ?? retired ?? carried
    else { return nil }
    return .markerWithoutBlock(package, nvr: nvr)
  }

  private func state(
    of package: String, _ current: ReleaseHistory?, hasMarker: Bool
  ) -> PackageStatus.State {
    if blocked?[package] != nil, live?[package] == nil {
      // Whether it was blocked before it left or after: its packager's word stays.
      if current?.newest[package] != nil { return hasMarker ? .retiring : .blocked }
      return hasMarker || isRetired(package) ? .retired : .blocked
    }
    if blocked?[package] != nil { return .blocked }
    if current?.newest[package] != nil { return hasMarker ? .retiring : .live }
    if hasMarker || current?.retired[package] != nil {
      // A newer live build without a marker brings it back.
      return live?[package] != nil && !hasMarker ? .live : .retired
    }
    if live?[package] != nil { return .live }
    return history.contains { $0.newest[package] != nil } ? .retired : .unknown
  }

  /// Whether a release left it out by its marker, and none has had it since.
  private func isRetired(_ package: String) -> Bool {
    guard let gone = history.lastIndex(where: { $0.retired[package] != nil }) else { return false }
    return history[gone...].allSatisfy { $0.newest[package] == nil }
  }

  /// The marker that counts: of the live build where one is known, else of
  /// the newest in the current release, else of the retirement.
  private func markerNow(_ package: String, _ current: ReleaseHistory?) -> RetirementMarker? {
    if let build = live?[package] { return build.marker?.marker }
    let hidden = blocked?[package].flatMap { entry in
      entry.marker.map { RetirementMarker(path: $0, text: entry.text ?? "") }
    }
    if let carried = current?.newest[package] { return carried.marker ?? hidden }
    return history.last { $0.retired[package] != nil }?.retired[package].map {
      RetirementMarker(path: $0.marker, text: $0.text)
    } ?? hidden
  }
}
