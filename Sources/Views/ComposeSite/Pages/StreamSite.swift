/// A stream with what all of its pages ask for: its directory and the names of
/// its pages.
struct StreamSite: Sendable {
  let contents: SiteStream
  let generated: String?
  /// The name of its directory.
  let directory: String
  /// The page of each package, below `package/`.
  private let pages: [String: String]

  /// Throws `badData` where the names of the stream or a package cannot be
  /// those of files.
  init(_ contents: SiteStream, generated: String?) throws {
    self.contents = contents
    self.generated = generated
    directory = try FileName.of(contents.name)
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

/// The name of a package with the link to its page, where there is one.
struct PackageName: Sendable {
  let package: String
  let href: String?
}

/// What a page says of a package, with the link to the page of it.
struct Linked<Entry: Sendable>: Sendable {
  let name: PackageName
  let entry: Entry
}
