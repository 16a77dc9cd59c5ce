package import ComposePlanning

/// Documents that are made from templates.
package struct ReleaseDocuments: Sendable {
  private let library: TemplateLibrary

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
    let repositories: [RepositorySection]
  }

  package func testRepository(
    title: String, release: String, repositories: [RepositorySection]
  ) throws -> String {
    try library.render(
      "test.repo",
      TestRepositoryValues(title: title, release: release, repositories: repositories))
  }

  private struct RedirectValues: Sendable {
    let publicPath: String
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
        publicPath: publicPath, archiveURL: archiveURL,
        trees: trees.map { .init(path: $0, pattern: $0.replacing(".", with: "\\.")) }))
  }

  /// The HTML preview of a plan: one page without anything from elsewhere.
  package func planPage(_ plan: Plan, title: String) throws -> String {
    try library.render("plan.html", PlanPage(plan, title: title))
  }
}
