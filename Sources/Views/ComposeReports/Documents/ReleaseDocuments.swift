package import ComposePlanning
package import ReleaseModel

/// Documents that are made from templates.
package struct ReleaseDocuments: Sendable {
  let library: TemplateLibrary

  /// Templates are read when a document is made, so their errors are found only
  /// then.
  package init(library: TemplateLibrary) {
    self.library = library
  }

  // The names of values in templates are an interface: release engineers have
  // edited copies, in which an unknown name is silently nothing.

  /// The .repo file for testing a staged release.
  package func testRepository(_ file: TestRepositoryFile) throws -> String {
    try library.render("test.repo", file)
  }

  /// What the templates of redirects get.
  private struct RedirectValues: Sendable {
    let publicPath: String
    /// Escaped for a regular expression.
    let publicPattern: String
    let archiveURL: String
    let trees: [Tree]
    /// What is answered with a text.
    let ended: [Ended]

    struct Tree: Sendable {
      let path: String
      /// Escaped for a regular expression.
      let pattern: String
    }

    struct Ended: Sendable {
      let path: String
      /// Escaped for a regular expression.
      let pattern: String
      /// Can stand between double quotes.
      let text: String
    }
  }

  /// Redirects for trees that are in the archive, one file a web server.
  package func redirects(_ redirects: ArchiveRedirects) throws -> [ArchiveRedirects.File] {
    let values = RedirectValues(
      publicPath: redirects.publicPath, publicPattern: Self.escaped(redirects.publicPath),
      archiveURL: redirects.archiveURL,
      trees: redirects.trees.map(\.description).map { .init(path: $0, pattern: Self.escaped($0)) },
      ended: redirects.ended.map {
        .init(
          path: $0.path.description, pattern: Self.escaped($0.path.description),
          text: Self.quotable($0.text))
      })
    return try ["apache", "nginx"].map { server in
      ArchiveRedirects.File(
        fileName: "\(server).conf", text: try library.render("redirects.\(server)", values))
    }
  }

  /// `text` as it can stand between double quotes in the configuration of a web server, on one
  /// line: what would end it, or be a variable there, is left out.
  private static func quotable(_ text: String) -> String {
    text.sanitizedForDisplay.filter { !"\"\\$%{}".contains($0) }
  }

  /// What users read of a stream that ended.
  package func ended(_ notice: EndNotice) throws -> String {
    try library.render("ended.txt", notice)
  }

  /// What is announced when a stream, or a release, ends.
  package func endAnnouncement(_ notice: EndNotice) throws -> String {
    try library.render("end.txt", notice)
  }

  /// The index page of the archive.
  package func archive(_ page: ArchivePage) throws -> String {
    try library.render("archive.html", page)
  }

  /// `text` as a regular expression (PCRE, as Apache and nginx have it) that matches
  /// just it, and is one word of their configuration: what is neither letter nor
  /// digit has a backslash or its number.
  static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        return String(Unicode.Scalar(byte))
      default: break
      }
      let character = String(Unicode.Scalar(byte))
      if byte < 0x80, "/_-~,:@=!%&".contains(character) { return character }
      if byte < 0x80, ".+*?()[]^$|".contains(character) { return "\\\(character)" }
      let digits = String(byte, radix: 16, uppercase: true)
      return "\\x" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }

  /// The HTML preview of a plan: one page without anything from elsewhere.
  ///
  /// - Parameters:
  ///   - acknowledged: builds whose retirement the release manager has agreed to.
  ///   - date: the day on which it was planned, `YYYY-MM-DD`.
  package func planPage(
    _ plan: Plan, names: PageNames, acknowledged: Set<NVR>, date: String
  ) throws -> String {
    try library.render(
      "plan.html", PlanPage(plan, names: names, acknowledged: acknowledged, asOf: date))
  }
}
