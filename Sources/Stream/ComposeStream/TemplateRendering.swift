package import ReleaseModel

/// Texts that operations write and people may edit: made from templates by
/// the layer that knows how to render.
package protocol TemplateRendering: Sendable {
  /// The .repo file for testing a staged release.
  func testRepository(_ context: TestRepositoryContext) throws -> String

  /// Redirects for trees that moved to the archive, one file a web server.
  func redirects(_ context: RedirectContext) throws -> [RedirectFile]
}

package struct TestRepositoryContext: Sendable {
  package let stream: String
  package let release: ReleaseID
  package let title: String
  /// URLs of the public keys; empty where RPMs without a signature by one of
  /// them were allowed in.
  package let keyURLs: [String]
  package let repositories: [Repository]

  package init(
    stream: String, release: ReleaseID, title: String, keyURLs: [String], repositories: [Repository]
  ) {
    self.stream = stream
    self.release = release
    self.title = title
    self.keyURLs = keyURLs
    self.repositories = repositories
  }

  package struct Repository: Sendable {
    /// Repository id, unique in the file.
    package let id: String
    package let name: String
    package let baseURL: String
    package let isEnabled: Bool

    package init(id: String, name: String, baseURL: String, isEnabled: Bool) {
      self.id = id
      self.name = name
      self.baseURL = baseURL
      self.isEnabled = isEnabled
    }
  }
}

package struct RedirectContext: Sendable {
  /// Path below which the public root is served, such as `/pub/epel`.
  package let publicPath: String
  /// URL of the archive root.
  package let archiveURL: String
  /// Paths of the trees below both.
  package let trees: [RelativePath]

  package init(publicPath: String, archiveURL: String, trees: [RelativePath]) {
    self.publicPath = publicPath
    self.archiveURL = archiveURL
    self.trees = trees
  }
}

package struct RedirectFile: Sendable {
  package let fileName: String
  package let text: String

  package init(fileName: String, text: String) {
    self.fileName = fileName
    self.text = text
  }
}
