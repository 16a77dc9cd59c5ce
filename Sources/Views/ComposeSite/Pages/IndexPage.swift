import ReleaseModel

/// The page of all streams.
struct IndexPage: Sendable {
  let frame: PageFrame
  let streams: [Stream]

  struct Stream: Sendable {
    let title: String
    let name: String
    let href: String
    let current: SiteRelease?
    let others: [SiteRelease]
    let links: [SiteLink]
    let packages: Int
    let retiring: Int
    let next: String?

    init(_ stream: StreamSite) {
      let contents = stream.contents
      title = contents.title
      name = contents.name
      href = stream.directory
      current = contents.current
      // What is under way or waits, with its clock; the past is on the
      // stream's own page.
      others = contents.releases.reversed().filter {
        $0.state != .current && ($0.clock != nil || $0.state == .staged || $0.state == .published)
      }
      links = contents.links
      packages = contents.packages.count(where: \.isOffered)
      retiring = contents.packages.count { $0.state == .retiring }
      next = contents.plan?.release
    }
  }

  init(_ streams: [StreamSite], generated: String?) {
    frame = PageFrame(title: "EPEL releases", generated: generated)
    self.streams = streams.map(Stream.init)
  }
}
