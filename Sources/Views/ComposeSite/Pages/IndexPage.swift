import ReleaseModel

/// The page of all streams.
struct IndexPage: Sendable {
  let frame: PageFrame
  let streams: [Stream]

  struct Stream: Sendable {
    let title: String
    let href: String
    let current: ReleaseStatus?
    let end: String?
    let others: [ReleaseStatus]
    let links: [SiteLink]
    let packages: String
    let retiring: String
    let next: String?
    let asOf: String?

    init(_ stream: StreamSite) {
      let contents = stream.contents
      title = contents.title
      href = stream.directory
      current = contents.current?.status
      end = contents.endWords
      // What is under way or waits, with its clock; the past is on the
      // stream's own page.
      others = contents.releases.reversed().map(\.status).filter {
        $0.state != .current && ($0.clock != nil || $0.state == .staged || $0.state == .published)
      }
      links = contents.links
      packages = contents.packages.count(where: \.isOffered).grouped
      retiring = contents.packages.count { $0.state == .retiring }.grouped
      next = contents.plan?.release
      asOf = contents.asOf
    }
  }

  init(_ streams: [StreamSite], of site: SiteContents) {
    frame = PageFrame(title: site.title, generated: site.generated)
    self.streams = streams.map(Stream.init)
  }
}
