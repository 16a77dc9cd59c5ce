import ReleaseModel

/// The page that leads to the lists of packages.
struct PackagesPage: Sendable {
  let frame: PageFrame
  let title: String
  let packages: Int
  let counts: [Count]
  let pages: [Page]

  struct Count: Sendable {
    let state: String
    let number: Int
  }

  struct Page: Sendable {
    let label: String
    let href: String
    let first: String
    let last: String
    let count: Int
  }

  init(_ stream: StreamSite, _ listing: PackageListing) {
    let all = stream.contents.packages
    frame = PageFrame(
      title: "Packages of \(stream.contents.title)", stream: stream, here: .packages,
      data: "packages.json")
    title = stream.contents.title
    packages = all.count
    counts = PackageStatus.State.allCases.map { state in
      Count(state: state.rawValue, number: all.count { $0.state == state })
    }.filter { $0.number > 0 }
    pages = listing.pages.map { page in
      Page(
        label: page.label, href: "packages/\(page.file)", first: page.first, last: page.last,
        count: page.packages.count)
    }
  }
}

/// One list of packages.
struct LetterPage: Sendable {
  let frame: PageFrame
  let title: String
  let label: String
  let ways: [PageFrame.Way]
  let packages: [Row]

  struct Row: Sendable {
    let name: PackageName
    let state: String
    let isEarly: Bool
    let nvr: String?
    let committedUntil: String?
    let owner: String?

    init(_ package: SitePackage, name: PackageName) {
      self.name = name
      state = package.state.rawValue
      isEarly = package.status.early
      nvr = package.newest?.nvr
      committedUntil = package.status.committedUntil
      owner = package.status.owner
    }
  }

  init(_ stream: StreamSite, _ page: PackageListing.Page, of listing: PackageListing) {
    label = page.label
    title = stream.contents.title
    frame = PageFrame(
      title: "Packages of \(stream.contents.title): \(page.label)", stream: stream,
      here: .packages, depth: 1, data: "packages.json")
    ways = listing.pages.map {
      PageFrame.Way(label: $0.label, href: $0.file, isHere: $0.file == page.file)
    }
    packages = page.packages.map { Row($0, name: stream.name($0.package, depth: 1)) }
  }
}
