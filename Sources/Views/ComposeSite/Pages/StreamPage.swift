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
  let links: [SiteLink]
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

  /// A row of the table of releases.
  struct Release: Sendable {
    let status: ReleaseStatus
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
    links = contents.links
    releases = contents.releases.reversed().map { release in
      Release(
        status: release.status, cut: release.cut, packages: release.packages.grouped,
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
