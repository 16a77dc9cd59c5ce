import ComposeReports
import ReleaseModel

/// The page of one package.
struct PackagePage: Sendable {
  let frame: PageFrame
  let status: PackageStatus
  let streamTitle: String
  /// Version and rpmRelease of the newest build that users have or had; nil where no
  /// release had it.
  let version: String?
  /// The release that has that build, or had it last.
  let release: String?
  /// Whether it has left since.
  let hasLeft: Bool
  /// Whether there is anything to list of it.
  let hasFacts: Bool
  /// What the state means.
  let sentence: String
  /// What its packager is committed to, in a sentence.
  let commitment: String?
  /// Whether it is blocked beside its state.
  let isHidden: Bool
  let summary: String?
  let text: String?
  let license: String?
  let url: String?
  /// The same where it can be a link; else it is only text.
  let href: String?
  let subpackages: [Subpackage]
  let commands: [Command]
  let breaks: [Linked<Breakage>]
  let replacedBy: [PackageName]
  let needs: PageNameList
  let neededBy: PageNameList
  let links: [PageLink]
  /// Where users reach ``PackageStatus/lastTree`` and ``PackageStatus/archiveTree``; nil
  /// where nobody says.
  let lastTreeURL: String?
  let archiveTreeURL: String?
  /// Newest first.
  let versions: [Version]

  struct Subpackage: Sendable {
    let name: String
    let arches: String
  }

  /// A line for a terminal.
  struct Command: Sendable {
    let purpose: String
    let line: String
  }

  /// What one release has of the package.
  struct Version: Sendable {
    let release: String
    let state: ReleaseState?
    /// Paths of links that lead to the release; empty where all lead to the current one.
    let links: [String]
    /// Version and rpmRelease of the newest build; nil where it only left.
    let version: String?
    let events: [Event]
  }

  struct Event: Sendable {
    let kind: PackageEvent.Kind
    /// Such as `1.1-1.el7 by push 3, 2019-05-02`.
    let words: String
  }

  init(_ package: SitePackage, _ stream: StreamSite) {
    let contents = stream.contents
    status = package.status
    frame = PageFrame(
      title: "\(package.package) · \(contents.shortTitle)", stream: stream, here: nil,
      depth: 1, data: "packages.json")
    streamTitle = contents.title
    version = package.newestServed.map { Self.version($0.nvr) }
    release = package.newestServed?.release
    hasLeft = !package.isOffered
    sentence = package.state.sentence(retiredWith: package.retirement?.release)
    commitment = package.commitment
    isHidden = status.blocked && status.state != .blocked
    let description = package.description
    summary = description?.summary
    text = description?.text
    license = description?.license
    url = description?.url
    href = description?.url.flatMap { url in
      ["https://", "http://"].contains(where: url.lowercased().hasPrefix) ? url : nil
    }
    subpackages = (description?.subpackages ?? []).map { subpackage in
      Subpackage(
        name: subpackage.name,
        arches: subpackage.arches.count == stream.arches && stream.arches > 1
          ? "all architectures" : subpackage.arches.map(\.name).joined(separator: ", "))
    }
    commands = package.commands(major: contents.major)
    breaks = package.breaks.map { Linked(name: stream.name($0.package, depth: 1), entry: $0) }
    replacedBy = package.replacedBy.map { stream.name($0, depth: 1) }
    needs = PageNameList((description?.needs ?? []).map { stream.name($0, depth: 1) })
    neededBy = PageNameList((description?.neededBy ?? []).map { stream.name($0, depth: 1) })
    links = package.links
    hasFacts =
      !links.isEmpty
      || [license, url, status.owner, status.lastTree, status.archiveTree].contains { $0 != nil }
    lastTreeURL = status.lastTree.flatMap(contents.places.url)
    archiveTreeURL = status.archiveTree.flatMap(contents.places.url)
    versions = Self.versions(package.history, of: stream)
  }

  private static func versions(
    _ history: [PackageEvent], of stream: StreamSite
  ) -> [Version] {
    var releases: [String] = []
    for event in history where releases.last != event.release { releases.append(event.release) }
    let links = stream.contents.linksByRelease
    return releases.reversed().map { release in
      let events = history.filter { $0.release == release }
      let newest = events.last { $0.kind != .retired && !$0.nvr.isEmpty }
      return Version(
        release: release, state: stream.states[release], links: links[release] ?? [],
        version: newest.map { version($0.nvr) },
        events: events.reversed().map { event in
          Event(kind: event.kind, words: words(event, isOnly: events.count == 1))
        })
    }
  }

  private static func words(_ event: PackageEvent, isOnly: Bool) -> String {
    let moment = event.push.flatMap { $0 > 0 ? "by push \($0)" : nil } ?? "at the cut"
    let build = event.nvr.isEmpty || isOnly ? [] : [version(event.nvr)]
    return (build + [moment]).joined(separator: " ") + (event.date.map { ", \($0)" } ?? "")
  }

  /// Version and rpmRelease of `nvr`; all of a text that is none.
  static func version(_ nvr: String) -> String {
    NVR(nvr).map { "\($0.version)-\($0.rpmRelease)" } ?? nvr
  }
}

/// Names of packages; long lists are closed at first.
struct PageNameList: Sendable {
  let count: Int
  let isLong: Bool
  let names: [PackageName]

  /// How many names are shown unasked.
  private static let limit = 30

  init(_ names: [PackageName]) {
    count = names.count
    isLong = names.count > Self.limit
    self.names = names
  }
}
