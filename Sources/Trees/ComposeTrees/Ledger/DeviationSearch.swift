import ComposePolicy
import ComposeStream
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Looks for trees that are not what the ledger recorded, and says of each which
/// of both is the newer.
struct DeviationSearch {
  let stream: StreamContext
  let releases: [ReleaseRecord]
  let reach: LedgerComparison.Reach?
  private(set) var found: [TreeDeviation] = []

  init(stream: StreamContext, releases: [ReleaseRecord], reach: LedgerComparison.Reach?) {
    self.stream = stream
    self.releases = releases
    self.reach = reach
  }

  // MARK: One tree

  mutating func compare(_ tree: TreeRecord, of release: ReleaseRecord) throws {
    guard tree.place != .gone, release.state != .composing else { return }
    // The operation that is open may have moved it, or taken it away.
    let isOpen = reach?.release == release.id
    guard let (place, directory) = try find(tree) else {
      if !isOpen {
        add(
          tree, .missing, "its tree is not there: \(stream.locations.path(of: tree) ?? "")",
          remedy: "Restore it from a mirror or backup")
      }
      return
    }
    if place != tree.place, !isOpen {
      // The copy is there, and the original is gone or going.
      if place == .archive, tree.isArchived { return }
      guard Self.order(place) > Self.order(tree.place) else {
        return add(
          tree, .ledgerIsAhead,
          "\(tree.name) is below the \(place.rawValue) root; the ledger has it below the "
            + "\(tree.place.rawValue) one",
          remedy: restoring("in the place that the ledger has", release))
      }
      return addBehind(
        tree,
        "\(tree.name) is below the \(place.rawValue) root; the ledger has it below the "
          + "\(tree.place.rawValue) one, where it is no longer")
    }
    try compareContents(of: directory, tree, release, isOpen: isOpen)
  }

  private mutating func compareContents(
    of directory: Directory, _ tree: TreeRecord, _ release: ReleaseRecord, isOpen: Bool
  ) throws {
    let recorded = TreeGeneration(of: tree, in: release)
    do {
      let checksum = try directory.openFile(RelativePath.of(Manifest.fileName)).sha256()
      if checksum == tree.manifest { return }
      let here = try TreeGeneration(of: directory, area: tree.name.area)
      switch here.isAhead(of: recorded) {
      case true?:
        if let allowed = reach?.trees[tree.name], here.isAhead(of: allowed) != true { return }
        addBehind(
          tree,
          "\(tree.name) is ahead of the ledger: it has \(here.sentence), the ledger "
            + "\(recorded.sentence)" + (try lacking(directory, tree, here, recorded)))
      case false?:
        add(
          tree, .ledgerIsAhead,
          "\(tree.name) is behind the ledger: it has \(here.sentence), the ledger "
            + "\(recorded.sentence)",
          remedy: restoring("that has \(recorded.sentence)", release))
      case nil:
        if isOpen { return }
        if try hasLostWhatExpired(directory, tree) {
          return addBehind(
            tree,
            "\(tree.name) is ahead of the ledger: files that the ledger has for clients that are "
              + "behind were removed when their time was over")
        }
        add(
          tree, .damaged,
          "the manifest of \(tree.name) is not what was recorded, at the same \(here.sentence)",
          remedy: verifying(release))
      }
    } catch let error as ComposeError where error.kind == .noInput || error.kind == .badData {
      if isOpen { return }
      add(
        tree, .damaged, "\(tree.name) cannot be compared: \(error.thing): \(error.cause)",
        remedy: verifying(release))
    }
  }

  /// Where the tree is: the recorded place first, then those that come later in its
  /// life, then the earlier ones.
  private func find(_ tree: TreeRecord) throws -> (TreeRecord.Place, Directory)? {
    let places: [TreeRecord.Place] = [.staging, .public, .archive]
    let (later, earlier) = (
      places.filter { Self.order($0) > Self.order(tree.place) },
      places.filter { Self.order($0) < Self.order(tree.place) }
    )
    for place in [tree.place] + later + earlier.reversed() {
      guard let path = stream.locations.root(place),
        let root = try Directory.openIfPresent(root: path),
        try root.status(of: tree.name.path)?.kind == .directory
      else { continue }
      return (place, try root.open(tree.name.path))
    }
    return nil
  }

  private static func order(_ place: TreeRecord.Place) -> Int {
    switch place {
    case .staging: 0
    case .public: 1
    case .archive: 2
    case .gone: 3
    }
  }

  /// What a tree has that the ledger lacks, for people: pushes by number, builds by
  /// name.
  private func lacking(
    _ directory: Directory, _ tree: TreeRecord, _ here: TreeGeneration, _ recorded: TreeGeneration
  ) throws -> String {
    var parts: [String] = []
    if here.respin == recorded.respin, let push = here.push, let known = recorded.push,
      push > known
    {
      let serials = known.addingClamped(1)...push
      parts.append(
        "push\(serials.count == 1 ? "" : "es") \(Finding.some(serials.lazy.map(String.init)))")
    }
    let known = Set(try releases.flatMap { try stream.ledger.builds(of: $0.id).map(\.nvr) })
    let builds = try UnknownBuilds(known: known, reader: stream.reader).names(in: directory)
    if !builds.isEmpty { parts.append(Finding.some(builds.map(\.description))) }
    return parts.isEmpty ? "" : "; the ledger lacks " + parts.joined(separator: ", and ")
  }

  /// Whether files are gone that a later update may have removed: the ledger still
  /// has them, and their grace time is over.
  private func hasLostWhatExpired(_ directory: Directory, _ tree: TreeRecord) throws -> Bool {
    let manifest = try directory.manifest().manifest
    let gone = try stream.ledger.unlistedFiles(of: tree.name).filter {
      manifest.checksums[$0.path] == nil
    }
    let expired = Set(try stream.expiredFiles(of: tree.name))
    return try !gone.isEmpty && gone.allSatisfy { expired.contains($0.path) }
      && directory.statuses(of: gone.map(\.path)).allSatisfy { $0 == nil }
  }

  // MARK: All places

  /// Looks for releases that the ledger does not know, and where the links lead.
  mutating func lookAround() throws {
    let trees = try FoundTree.all(of: stream.policy, at: stream.locations)
    let known = Dictionary(releases.map { ($0.id, $0) }) { first, _ in first }
    let byRelease = Dictionary(grouping: trees, by: \.name.release).filter {
      $0.key != reach?.release
    }
    for (id, trees) in byRelease.sorted(by: { $0.key < $1.key }) {
      guard let tree = trees.first else { continue }
      if known[id] == nil {
        addBehind(tree.name, "\(tree.name) is there, and the ledger does not know \(id)")
      } else if let record = known[id], record.state == .abandoned,
        let newer = trees.first(where: { $0.info.respin > record.respin })
      {
        addBehind(
          newer.name,
          "\(newer.name) was composed again (respin \(newer.info.respin)); the ledger has \(id) as "
            + "abandoned")
      }
    }
    try lookAtLinks(byRelease.mapValues { $0.filter { $0.place == .public } }, known)
  }

  /// Links that all lead to one release, which the ledger has never seen promoted.
  ///
  /// A link to an older release proves nothing by itself: `rollback` gives the tree
  /// that it goes to a newer revision, which ``compare(_:of:)`` sees.
  private mutating func lookAtLinks(
    _ trees: [ReleaseID: [FoundTree]], _ known: [ReleaseID: ReleaseRecord]
  ) throws {
    let current = releases.first { $0.state == .current }?.id
    let links: LinkState
    do {
      links = try LinkState(policy: stream.policy, locations: stream.locations)
    } catch let error as ComposeError where error.kind == .cannotCreate {
      return
    }
    guard !links.deviations(current: current).isEmpty else { return }
    let leading = trees.keys.sorted().last {
      trees[$0]?.isEmpty == false && links.deviations(current: $0).isEmpty
    }
    guard let leading, leading != current, let tree = trees[leading]?.last,
      known[leading]?.promotion == nil, current.map({ leading > $0 }) ?? true
    else { return }
    // Clients of the release before keep its files there: that is why it differs.
    found.removeAll { $0.release == leading && $0.cause == .damaged }
    addBehind(
      tree.name,
      "the links lead to \(leading); the ledger has "
        + (current.map { "\($0) as current" } ?? "no current release"))
  }

  // MARK: What is found

  private mutating func addBehind(_ tree: TreeRecord, _ message: String) {
    addBehind(tree.name, message)
  }

  private mutating func addBehind(_ tree: TreeName, _ message: String) {
    found.append(
      TreeDeviation(
        path: tree.path, release: tree.release, cause: .treeIsAhead,
        finding: Finding(
          code: "ledger-behind", message: message,
          remedy: "The ledger is an older copy: restore the newest one, or make it anew from what "
            + "the disk proves with: "
            + stream.commands.commandLine("status \(stream.policy.major) --from-disk"))))
  }

  private mutating func add(
    _ tree: TreeRecord, _ cause: TreeDeviation.Cause, _ message: String, remedy: String
  ) {
    let code =
      switch cause {
      case .treeIsAhead: "ledger-behind"
      case .ledgerIsAhead: "tree-behind"
      case .damaged: "manifest"
      case .missing: "missing"
      }
    found.append(
      TreeDeviation(
        path: tree.name.path, release: tree.name.release, cause: cause,
        finding: Finding(code: code, message: message, remedy: remedy)))
  }

  private func restoring(_ which: String, _ release: ReleaseRecord) -> String {
    "The tree is an older copy: restore it from a mirror or backup \(which), then look at it with: "
      + stream.commands.commandLine("verify \(release.id)")
  }

  private func verifying(_ release: ReleaseRecord) -> String {
    "Look at what is damaged with: " + stream.commands.commandLine("verify \(release.id)")
  }
}
