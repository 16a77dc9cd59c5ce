import BuildSystems
package import ComposePolicy
import DurableFiles
import RPMPackages
import RepoMetadata
package import ReleaseLedger
package import ReleaseModel

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
  package let record: ReleaseRecord
  package let builds: [BuildRecord]
}

/// Reads all trees of a stream, below every root.
package struct DiskSurveyor: Sendable {
  private let site: Site

  package init(site: Site) {
    self.site = site
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
        for path in try root.directories(like: components[...], below: nil) {
          guard let tree = try FoundTree(at: path, in: root, place, area, policy) else { continue }
          found.append(tree)
        }
      }
    }
    return found
  }

  /// Reads every file of every tree.
  package func survey() throws -> DiskSurvey {
    let found = try Self.trees(of: site.policy, at: site.locations)
    let links = try LinkState(policy: site.policy, locations: site.locations)
    var damage: [Finding] = []
    var releases: [SurveyedRelease] = []
    let wereCurrent = Set(found.compactMap(\.info.previous))
    for (id, trees) in Dictionary(grouping: found, by: \.name.release)
      .sorted(by: { $0.key < $1.key })
    {
      let isCurrent = links.deviations(current: id).isEmpty
      guard let state = state(of: trees, isCurrent: isCurrent, wasCurrent: wereCurrent.contains(id))
      else {
        damage.append(
          Finding(
            code: "half-moved",
            message: "the trees of \(id) are not all in one place: "
              + trees.map { "\($0.place.rawValue) \($0.name)" }.joined(separator: ", "),
            remedy: "Move the others there by hand, then try again"))
        continue
      }
      let problems = try trees.flatMap { try verify($0) }
      damage += problems
      if !problems.isEmpty { continue }
      releases.append(try release(id, state, trees, sequence: releases.count + 1))
    }
    damage += try danglingLinks(links, releases.map(\.record))
    return DiskSurvey(releases: releases, damage: damage, unproven: unproven(releases))
  }

  // MARK: One release

  private func state(
    of trees: [FoundTree], isCurrent: Bool, wasCurrent: Bool
  ) -> ReleaseState? {
    let wanted = Set(site.policy.areas.keys)
    func isWhole(_ place: TreeRecord.Place) -> Bool {
      Set(trees.filter { $0.place == place }.map(\.name.area)) == wanted
    }
    let places = Set(trees.map(\.place))
    switch places {
    case [.public] where isWhole(.public):
      return isCurrent ? .current : wasCurrent ? .superseded : .published
    case [.staging] where isWhole(.staging): return .staged
    case [.archive] where isWhole(.archive): return .archived
    case [.public, .archive] where isWhole(.public) && isWhole(.archive):
      return isCurrent ? .current : .archived
    default: return nil
    }
  }

  private func release(
    _ id: ReleaseID, _ state: ReleaseState, _ trees: [FoundTree], sequence: Int
  ) throws -> SurveyedRelease {
    let isArchived = trees.contains { $0.place == .archive }
    let located = trees.filter { $0.place != .archive || state == .archived }
      .sorted { $0.place.order < $1.place.order }
    var records: [Area: TreeRecord] = [:]
    for tree in located where records[tree.name.area] == nil {
      let revision = try tree.revision()
      records[tree.name.area] = try TreeRecord(
        of: tree.name, at: tree.place, isArchived: isArchived && state == .archived,
        directory: tree.directory, revision: revision)
    }
    let contents = try contents(located)
    let info = trees[0].info
    let wasPromoted = [.current, .superseded, .archived].contains(state)
    return SurveyedRelease(
      record: ReleaseRecord(
        id: id, sequence: sequence, state: state, since: site.time.now, respin: info.respin,
        previous: info.previous, composeTag: info.tag, planDigest: info.plan,
        allowUnsigned: !contents.isTrusted, checksPassed: nil,
        promotion: wasPromoted ? sequence : nil,
        pushes: contents.builds.map(\.push).max() ?? 0,
        trees: records.values.sorted { $0.name.area < $1.name.area }),
      builds: contents.builds)
  }

  /// What the RPMs say. A build that is in `updates` but not in `releases`
  /// was pushed; by which push is on no disk: all count as the first.
  private func contents(
    _ trees: [FoundTree]
  ) throws -> (builds: [BuildRecord], isTrusted: Bool) {
    var isTrusted = true
    var cut: Set<NVR> = []
    var records: [NVR: BuildRecord] = [:]
    let hasCut = trees.contains { $0.name.area == .releases }
    for tree in trees.sorted(by: { $0.name.area < $1.name.area }) {
      let files = try read(tree)
      isTrusted = isTrusted && files.allSatisfy(\.signature.isTrusted)
      for build in BuildGrouping.builds(of: files) where records[build.nvr] == nil {
        if tree.name.area == .releases || !hasCut { cut.insert(build.nvr) }
        let push = cut.contains(build.nvr) ? 0 : 1
        records[build.nvr] = BuildRecord(
          package: build.package, evr: build.evr, push: push,
          marker: push == 0
            ? nil
            : build.marker.map { MarkerRecord(marker: $0.marker, rpm: $0.rpm.nevra.fileName) })
      }
    }
    return (records.values.sorted { $0.nvr.description < $1.nvr.description }, isTrusted)
  }

  private func read(_ tree: FoundTree) throws -> [RPMFile] {
    let paths = try tree.directory.walk().map(\.path).filter { $0.name.hasSuffix(".rpm") }
    // A noarch RPM is in several repositories.
    let unique = Dictionary(paths.map { ($0.name, $0) }) { first, _ in first }
    site.activity.begin("Reading \(tree.directory.path)", total: unique.count, unit: "RPMs")
    defer { site.activity.end() }
    return try unique.values.sorted().map { path in
      try Interruption.check(remaining: "reading \(tree.directory.path)")
      site.activity.advance(by: 1)
      return try tree.directory.rpm(path, by: site.reader)
    }
  }

  private func verify(_ tree: FoundTree) throws -> [Finding] {
    try TreeVerification(activity: site.activity).findings(in: tree.directory, recorded: nil)
  }

  // MARK: Findings

  /// Links that lead to nothing that was proven.
  private func danglingLinks(
    _ links: LinkState, _ releases: [ReleaseRecord]
  ) throws -> [Finding] {
    links.deviations(current: releases.first { $0.state == .current }?.id)
  }

  private func unproven(_ releases: [SurveyedRelease]) -> [Finding] {
    if releases.isEmpty { return [] }
    func finding(_ message: String, _ remedy: String) -> Finding {
      Finding(code: "unproven", message: message, remedy: remedy)
    }
    var findings = [
      finding(
        "when releases entered their states: soak and grace times begin now", "Wait, or --skip-soak"
      ),
      finding("which packages releases left out as retired", "Look into the builds' own markers"),
      finding("which checks passed", "Run 'epel-compose check' on each release"),
      finding("the history before now, and the compose tags", "Restore a backup if you need them"),
    ]
    if releases.contains(where: { $0.record.pushes > 0 }) {
      findings.append(
        finding("by which push a build came: all count as the first", "Nothing needs to be done"))
    }
    if site.policy.areas[.releases] == nil {
      findings.append(
        finding(
          "which builds were pushed after the cut: all count as of the cut",
          "Nothing needs to be done"))
    }
    for release in releases where release.record.state == .published {
      findings.append(
        finding(
          "whether \(release.record.id) was current before: it counts as published",
          "Promote it, or abandon it"))
    }
    return findings
  }
}

/// A tree that says that it is one.
package struct FoundTree: Sendable {
  package let name: TreeName
  package let place: TreeRecord.Place
  let info: ComposeInfo.Identity
  let directory: Directory

  /// Nil where the directory is not a tree of this stream and area.
  init?(
    at path: RelativePath, in root: Directory, _ place: TreeRecord.Place, _ area: Area,
    _ policy: Policy
  ) throws {
    let directory = try root.open(path)
    let file = try RelativePath.of(ComposeInfo.fileName)
    guard try directory.status(of: file)?.kind == .file,
      let info = ComposeInfo.Identity(
        contents: try directory.openFile(file).contents(limit: 1 << 16)),
      info.stream == policy.stream, let name = policy.tree(area, of: info.release),
      name.path == path
    else { return nil }
    self.name = name
    self.place = place
    self.info = info
    self.directory = directory
  }

  /// The largest revision of its repositories.
  func revision() throws -> Int {
    try directory.manifest().manifest.repositories.map {
      try directory.repomd(of: $0).revision
    }.max() ?? 0
  }
}

extension TreeRecord.Place {
  /// Where a tree counts first that is in several places.
  fileprivate var order: Int {
    switch self {
    case .public: 0
    case .staging: 1
    case .archive, .gone: 2
    }
  }
}

extension Directory {
  /// Directories whose path has the form of a template: components with a
  /// placeholder match every name.
  fileprivate func directories(
    like components: ArraySlice<String>, below path: RelativePath?
  ) throws -> [RelativePath] {
    guard let component = components.first else { return path.map { [$0] } ?? [] }
    let here = try path.map { try open($0) } ?? self
    let names = component.contains("{") ? try here.names() : [component]
    return try names.filter { !$0.hasPrefix(Self.temporaryPrefix) }.flatMap { name in
      let child = try RelativePath.of(name)
      guard try here.status(of: child)?.kind == .directory else { return [RelativePath]() }
      return try directories(
        like: components.dropFirst(), below: path.map { $0.appending(child) } ?? child)
    }
  }
}
