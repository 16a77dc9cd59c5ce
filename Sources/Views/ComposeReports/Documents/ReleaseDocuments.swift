package import ComposePlanning

/// Documents that are made from templates.
package struct ReleaseDocuments: Sendable {
  let library: TemplateLibrary

  package init(library: TemplateLibrary) {
    self.library = library
  }

  /// One section of a .repo file.
  package struct RepositorySection: Sendable {
    let id: String
    let name: String
    let baseURL: String
    let enabled: Int

    package init(id: String, name: String, baseURL: String, isEnabled: Bool) {
      self.id = id
      self.name = name
      self.baseURL = baseURL
      enabled = isEnabled ? 1 : 0
    }
  }

  private struct TestRepositoryValues: Sendable {
    let title: String
    let release: String
    let gpgcheck: Int
    /// Separated by spaces, as .repo files have it; empty for none.
    let gpgkey: String
    let hasKey: Bool
    let repositories: [RepositorySection]
  }

  package func testRepository(
    title: String, release: String, keyURLs: [String], repositories: [RepositorySection]
  ) throws -> String {
    try library.render(
      "test.repo",
      TestRepositoryValues(
        title: title, release: release, gpgcheck: keyURLs.isEmpty ? 0 : 1,
        gpgkey: keyURLs.joined(separator: " "), hasKey: !keyURLs.isEmpty,
        repositories: repositories))
  }

  private struct RedirectValues: Sendable {
    let publicPath: String
    /// Escaped for a regular expression.
    let publicPattern: String
    let archiveURL: String
    let trees: [Tree]

    struct Tree: Sendable {
      let path: String
      /// Escaped for a regular expression.
      let pattern: String
    }
  }

  /// Redirects for trees that are in the archive.
  ///
  /// - Parameter server: `apache` or `nginx`.
  package func redirects(
    for server: String, publicPath: String, archiveURL: String, trees: [String]
  ) throws -> String {
    try library.render(
      "redirects.\(server)",
      RedirectValues(
        publicPath: publicPath, publicPattern: Self.escaped(publicPath), archiveURL: archiveURL,
        trees: trees.map { .init(path: $0, pattern: Self.escaped($0)) }))
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
