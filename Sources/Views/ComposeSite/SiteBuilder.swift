import ReleaseModel

/// Makes the files of the site out of its contents. It reads templates, and
/// writes nothing.
package struct SiteBuilder: Sendable {
  private let templates: SiteTemplates

  /// - Parameter directories: of templates, searched in order for
  ///   `site/NAME.mustache`, `site/site.css` and `site/site.js`.
  ///
  /// Throws `noInput` where none has one of them, `badData` where one is not
  /// valid.
  package init(templates directories: [String]) throws {
    templates = try SiteTemplates(directories: directories)
  }

  /// All files of the site, sorted by their paths. Equal contents make equal
  /// bytes.
  ///
  /// Throws `badData` where two streams or two packages of a stream have the
  /// same name, or one that cannot be that of a file.
  package func files(_ contents: SiteContents) throws -> [SiteFile] {
    let streams = try contents.streams.map {
      try StreamSite($0, of: contents)
    }
    var files = try frontFiles(streams, of: contents)
    for stream in streams {
      files += try overviewFiles(stream)
      files += try packageFiles(stream)
    }
    files.sort { $0.path.precedesByBytes($1.path) }
    for (one, other) in zip(files, files.dropFirst()) where one.path == other.path {
      throw ComposeError(
        .badData, one.path.sanitizedForDisplay, "two pages of the site would have that path",
        remedy: "Give streams and packages different names")
    }
    return files
  }

  private func frontFiles(_ streams: [StreamSite], of site: SiteContents) throws -> [SiteFile] {
    let index = SiteJSON.Index(
      generated: site.generated, streams: streams.map(SiteJSON.Summary.init))
    let search = try SiteJSON.text(SearchIndex(streams), isCompact: true)
    return [
      SiteFile("index.html", templates.render("index", IndexPage(streams, of: site))),
      SiteFile("index.json", try SiteJSON.text(index) + "\n"),
      SiteFile("search-index.js", SearchIndex.script(search)),
      SiteFile("search.json", search + "\n"),
      SiteFile("site.css", templates.style),
      SiteFile("site.js", templates.script),
    ]
  }

  private func overviewFiles(_ stream: StreamSite) throws -> [SiteFile] {
    let contents = stream.contents
    let pages = [
      ("index.html", templates.render("stream", StreamPage(stream))),
      ("next.html", templates.render("next", NextPage(stream))),
      ("retired.html", templates.render("retired", RetiredPage(stream))),
      ("timeline.svg", templates.render("timeline.svg", Timeline(contents))),
      (
        "retirements.atom",
        templates.render("retirements.atom", RetirementFeed(stream))
      ),
      ("stream.json", try SiteJSON.text(SiteJSON.Stream(contents)) + "\n"),
      (
        "packages.json",
        try SiteJSON.text(
          SiteJSON.Packages(
            stream: contents.name, major: contents.major, packages: contents.packages),
          isCompact: true) + "\n"
      ),
      (
        "next.json",
        try SiteJSON.text(
          SiteJSON.Next(stream: contents.name, major: contents.major, plan: contents.plan)) + "\n"
      ),
    ]
    return pages.map { SiteFile("\(stream.directory)/\($0.0)", $0.1) }
  }

  private func packageFiles(_ stream: StreamSite) throws -> [SiteFile] {
    let listing = PackageListing(stream.contents.packages)
    let front = SiteFile(
      "\(stream.directory)/packages.html",
      templates.render("packages", PackagesPage(stream, listing)))
    let lists = Concurrently.map(listing.pages) { page in
      SiteFile(
        "\(stream.directory)/packages/\(page.file)",
        templates.render("letter", LetterPage(stream, page, of: listing)))
    }
    let pages = Concurrently.map(stream.contents.packages) { package in
      SiteFile(
        "\(stream.directory)/\(stream.page(package.package) ?? "")",
        templates.render("package", PackagePage(package, stream)))
    }
    return [front] + lists + pages
  }
}
