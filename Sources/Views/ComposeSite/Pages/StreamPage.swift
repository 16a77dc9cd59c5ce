import ComposePlanning
import ComposeReports
import ReleaseModel

/// The overview of a stream.
struct StreamPage: Sendable {
  let frame: PageFrame
  let title: String
  let asOf: String?
  let current: ReleaseStatus?
  /// How the stream ends; nil where that was not decided.
  let end: String?
  /// The first day without updates; likewise.
  let endDay: String?
  let links: [Link]
  let releases: [Release]
  let retiring: [PackageName]
  /// What leaves with the next release beside these: builds with markers that users do
  /// not have yet.
  let leaving: [PackageName]
  let next: String?
  let calendar: [SiteCalendarEntry]
  let timeline: Timeline
  let packages: String
  let pageLinks: [PageLink]

  /// A link that users follow.
  struct Link: Sendable {
    let path: String
    let target: String?
    /// When it came where it leads; nil where it moves with the leading release.
    let since: String?
    /// When it moves, a sentence; likewise.
    let moment: String?
    /// Newest first.
    let moves: [Move]

    init(_ link: SiteLink, amongOwn hasOwn: Bool) {
      path = link.path
      target = link.target
      since = link.own?.since?.description
      moment =
        link.own.map { "It \($0.moment)." }
        ?? (hasOwn ? "It moves with the release that is current." : nil)
      moves = (link.own?.moves ?? []).reversed().map {
        Move(at: $0.at.description, words: $0.words)
      }
    }
  }

  /// One move of a link.
  struct Move: Sendable {
    let at: String
    /// Such as `to 10.1, from 10.0`.
    let words: String
  }

  /// A row of the table of releases.
  struct Release: Sendable {
    let status: ReleaseStatus
    /// Paths of links that lead to it; empty where all lead to the current release.
    let links: [String]
    let cut: String?
    let packages: String
    let trees: [Tree]
    let retired: [PackageName]
    let retiredCount: Int
  }

  /// A tree with links to where users reach it.
  struct Tree: Sendable {
    let path: String
    let url: String?
    let archive: String?
    let archiveURL: String?

    init(_ tree: TreeStatus, _ places: SiteStream.Places) {
      path = tree.path ?? ""
      url = tree.path.flatMap(places.url)
      archive = tree.archive == tree.path ? nil : tree.archive
      archiveURL = tree.archive.flatMap(places.url)
    }
  }

  init(_ stream: StreamSite) {
    let contents = stream.contents
    frame = PageFrame(
      title: contents.shortTitle, stream: stream, here: .overview, data: "stream.json")
    title = contents.title
    asOf = contents.asOf
    current = contents.current?.status
    end = contents.endWords
    endDay = contents.end?.day
    let hasOwn = contents.links.contains { $0.own != nil }
    links = contents.links.map { Link($0, amongOwn: hasOwn) }
    let leading = contents.linksByRelease
    releases = contents.releases.reversed().map { release in
      Release(
        status: release.status, links: leading[release.release] ?? [], cut: release.cut,
        packages: release.packages.grouped,
        trees: release.trees.map { Tree($0, contents.places) },
        retired: release.retired.map { stream.name($0) }, retiredCount: release.retired.count)
    }
    let marked = contents.packages.filter { $0.state == .retiring }.map(\.package)
    retiring = marked.map { stream.name($0) }
    leaving = (contents.plan?.plan.departing ?? []).map(\.package)
      .filter { !marked.contains($0) }.map { stream.name($0) }
    next = contents.plan?.release
    calendar = contents.calendar
    timeline = Timeline(contents)
    packages = contents.packages.count(where: \.isOffered).grouped
    pageLinks = contents.pageLinks
  }
}
