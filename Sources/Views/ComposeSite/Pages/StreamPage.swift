import ReleaseModel

/// The overview of a stream.
struct StreamPage: Sendable {
  let frame: PageFrame
  let name: String
  let title: String
  let current: SiteRelease?
  let links: [SiteLink]
  let releases: [Release]
  let retiring: [PackageName]
  let next: String?
  let calendar: [SiteCalendarEntry]
  let timeline: Timeline
  let packages: Int

  /// A row of the table of releases.
  struct Release: Sendable {
    let release: SiteRelease
    let retired: [PackageName]
    let retiredCount: Int
  }

  init(_ stream: StreamSite) {
    let contents = stream.contents
    frame = PageFrame(
      title: contents.title, stream: stream, here: .overview, data: "stream.json")
    name = contents.name
    title = contents.title
    current = contents.current
    links = contents.links
    releases = contents.releases.reversed().map { release in
      Release(
        release: release, retired: release.retired.map { stream.name($0) },
        retiredCount: release.retired.count)
    }
    retiring = contents.packages.filter { $0.state == .retiring }.map { stream.name($0.package) }
    next = contents.plan?.release
    calendar = contents.calendar
    timeline = Timeline(contents)
    packages = contents.packages.count(where: \.isOffered)
  }
}
