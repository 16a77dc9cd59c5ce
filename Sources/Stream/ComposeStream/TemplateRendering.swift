package import ReleaseModel

/// Renders the files that operations write from templates, which people may edit.
/// Stream and Lifecycle know the values; a floor above knows how to render.
package protocol TemplateRendering: Sendable {
  /// The .repo file for testing a staged release.
  func testRepository(_ context: TestRepositoryContext) throws -> String

  /// Redirects for trees that moved to the archive, one file a web server.
  func redirects(_ context: RedirectContext) throws -> [RedirectFile]
}

/// What the template of the .repo file gets.
package struct TestRepositoryContext: Sendable {
  /// Such as `epel-7`.
  package let stream: String
  /// The release that is tested.
  package let release: ReleaseID
  /// What people call the stream.
  package let title: String
  /// URLs of the public keys; empty where RPMs without a signature by one of
  /// them were allowed in.
  package let keyURLs: [String]
  /// In the order of the file.
  package let repositories: [Repository]

  /// The `id`s of `repositories` must differ.
  package init(
    stream: String, release: ReleaseID, title: String, keyURLs: [String], repositories: [Repository]
  ) {
    self.stream = stream
    self.release = release
    self.title = title
    self.keyURLs = keyURLs
    self.repositories = repositories
  }

  /// One section of the .repo file.
  package struct Repository: Sendable {
    /// Repository id, unique in the file.
    package let id: String
    /// One line for people.
    package let name: String
    /// URL of the repository below the staging root.
    package let baseURL: String
    /// Whether dnf uses it unless it is told otherwise.
    package let isEnabled: Bool

    /// The values of one section.
    package init(id: String, name: String, baseURL: String, isEnabled: Bool) {
      self.id = id
      self.name = name
      self.baseURL = baseURL
      self.isEnabled = isEnabled
    }
  }
}

/// What the templates of the redirects get.
package struct RedirectContext: Sendable {
  /// Path below which the public root is served, such as `/pub/epel`.
  package let publicPath: String
  /// URL of the archive root.
  package let archiveURL: String
  /// Paths of the trees below both.
  package let trees: [RelativePath]

  /// - Parameter trees: paths below both roots, equal in both.
  package init(publicPath: String, archiveURL: String, trees: [RelativePath]) {
    self.publicPath = publicPath
    self.archiveURL = archiveURL
    self.trees = trees
  }
}

/// One rendered file of redirects.
package struct RedirectFile: Sendable {
  /// Such as `apache.conf`.
  package let fileName: String
  /// The whole file.
  package let text: String

  /// - Parameter fileName: one component, no directory.
  package init(fileName: String, text: String) {
    self.fileName = fileName
    self.text = text
  }
}
