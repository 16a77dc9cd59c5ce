/// What the .repo file of a staged release says: testers use the release with
/// it before it is published.
package struct TestRepositoryFile: Sendable {
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
