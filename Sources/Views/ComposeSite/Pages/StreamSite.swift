import ComposeReports
import ReleaseModel

/// A stream with what all of its pages ask for: its directory and the names of
/// its pages.
struct StreamSite: Sendable {
  let contents: SiteStream
  /// Title of the front page.
  let home: String
  let generated: String?
  /// The name of its directory.
  let directory: String
  /// How many architectures its packages are for.
  let arches: Int
  /// States of its releases by their IDs.
  let states: [String: ReleaseState]
  /// The page of each package, below `package/`.
  private let pages: [String: String]

  /// Throws `badData` where the names of the stream or a package cannot be
  /// those of files.
  init(_ contents: SiteStream, of site: SiteContents) throws {
    self.contents = contents
    home = site.title
    generated = site.generated
    directory = try FileName.of(contents.name)
    arches = contents.arches.count
    states = Dictionary(contents.releases.map { ($0.release, $0.state) }) { first, _ in first }
    var pages: [String: String] = [:]
    for package in contents.packages {
      pages[package.package] = try FileName.of(package.package) + ".html"
    }
    self.pages = pages
  }

  /// The page of `package` below the directory of the stream; nil for a
  /// package that the stream does not have.
  func page(_ package: String) -> String? {
    pages[package].map { "package/\($0)" }
  }

  /// `package` as a page shows it that is `depth` directories below that of
  /// the stream: with a link, where the site has a page of it.
  func name(_ package: String, depth: Int = 0) -> PackageName {
    PackageName(
      package: package, href: page(package).map { String(repeating: "../", count: depth) + $0 })
  }
}
