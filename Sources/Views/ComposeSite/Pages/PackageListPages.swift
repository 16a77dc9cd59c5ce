import ComposeReports
import ReleaseModel

/// The page that leads to the lists of packages.
struct PackagesPage: Sendable {
  let frame: PageFrame
  let packages: Int
  let counts: [Count]
  let pages: [Page]

  struct Count: Sendable {
    let state: String
    let number: String
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
      title: "Packages · \(stream.contents.shortTitle)", stream: stream, here: .packages,
      data: "packages.json")
    packages = all.count
    counts = PackageStatus.State.allCases.map { state in
      (state, all.count { $0.state == state })
    }.filter { $0.1 > 0 }.map { Count(state: $0.rawValue, number: $1.grouped) }
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
  let label: String
  let ways: [PageFrame.Way]
  let packages: [Row]

  struct Row: Sendable {
    let name: PackageName
    let state: String
    let isEarly: Bool
    let version: String?
    let committedUntil: String?
    let owner: String?

    init(_ package: SitePackage, name: PackageName) {
      self.name = name
      state = package.state.rawValue
      isEarly = package.status.early
      version = package.newestServed.map { PackagePage.version($0.nvr) }
      committedUntil = package.status.committedUntil
      owner = package.status.owner
    }
  }

  init(_ stream: StreamSite, _ page: PackageListing.Page, of listing: PackageListing) {
    label = page.label
    frame = PageFrame(
      title: "Packages: \(page.label) · \(stream.contents.shortTitle)", stream: stream,
      here: .packages, depth: 1, data: "packages.json")
    ways = listing.pages.map {
      PageFrame.Way(label: $0.label, href: $0.file, isHere: $0.file == page.file)
    }
    packages = page.packages.map { Row($0, name: stream.name($0.package, depth: 1)) }
  }
}
