package import ComposePlanning
package import ReleaseModel

/// Documents that are made from templates.
package struct ReleaseDocuments: Sendable {
  let library: TemplateLibrary

  package init(library: TemplateLibrary) {
    self.library = library
  }

  /// The .repo file for testing a staged release.
  package func testRepository(_ file: TestRepositoryFile) throws -> String {
    try library.render("test.repo", file)
  }

  /// Redirects for trees that are in the archive, one file a web server.
  package func redirects(_ redirects: ArchiveRedirects) throws -> [ArchiveRedirects.File] {
    let page = RedirectPage(
      publicPath: redirects.publicPath, publicPattern: Self.escaped(redirects.publicPath),
      archiveURL: redirects.archiveURL,
      patterns: redirects.trees.map { Self.escaped($0.description) })
    return try ["apache", "nginx"].map { server in
      ArchiveRedirects.File(
        fileName: "\(server).conf", text: try library.render("redirects.\(server)", page))
    }
  }

  private struct RedirectPage: Sendable {
    let publicPath: String
    /// Escaped for a regular expression, as the next are.
    let publicPattern: String
    let archiveURL: String
    let patterns: [String]
  }

  /// `text` as a regular expression that matches just it.
  private static func escaped(_ text: String) -> String {
    text.map { ".+*?()[]{}^$|\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// The HTML preview of a plan: one page without anything from elsewhere.
  ///
  /// - Parameter acknowledged: NVRs whose retirement the release manager has
  ///   agreed to.
  package func planPage(
    _ plan: Plan, title: String, acknowledged: Set<String>
  ) throws -> String {
    try library.render("plan.html", PlanPage(plan, title: title, acknowledged: acknowledged))
  }
}
